# SPDX-License-Identifier: GPL-3.0-or-later
"""An Ansible connection into a root file system on this machine: its host's name is the folder.

ansible-core has none; the collection that has one weighs two hundred times as much as the core.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: chroot
short_description: Run tasks in a chroot
description: Works as the local connection does, but below the folder that the host is named after.
author: Chashma
options: {}
extends_documentation_fragment: [connection_pipelining]
"""


class Connection(LocalConnection):
    """The local connection, moved below a folder."""

    transport = "chroot"
    has_pipelining = True

    def exec_command(
        self, cmd: str, in_data: bytes | None = None, sudoable: bool = True
    ) -> tuple[int, bytes, bytes]:
        """Run a command line in the chroot's own shell; code, output and errors."""
        inside = shlex.join(["chroot", self._root(), "/bin/sh", "-c", cmd])
        result: tuple[int, bytes, bytes] = super().exec_command(inside, in_data, sudoable)
        return result

    def put_file(self, in_path: str, out_path: str) -> None:
        """Copy a file into the chroot."""
        super().put_file(in_path, self._inside(out_path))

    def fetch_file(self, in_path: str, out_path: str) -> None:
        """Copy a file out of the chroot."""
        super().fetch_file(self._inside(in_path), out_path)

    def _root(self) -> str:
        return str(self._play_context.remote_addr)

    def _inside(self, path: str) -> str:
        return str(Path(self._root()) / path.lstrip("/"))
