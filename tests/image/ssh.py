# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's own SSH client before a box."""

import subprocess
from pathlib import Path

_SECONDS = 600


class Ssh:
    """A port of this computer that leads to a box's SSH server, if it has one."""

    def __init__(self, port: int) -> None:
        self._port = port

    def run(self, command: str, key: Path | None, *options: str) -> tuple[int, str]:
        """Run a command as root; its exit status, 255 where nobody gets in, and what was said."""
        ran = subprocess.run(
            [
                *("ssh", "-F", "none", "-p", str(self._port), "-o", "BatchMode=yes"),
                *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
                *("-o", "LogLevel=ERROR", "-o", f"ConnectTimeout={_SECONDS}"),
                *("-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"),
                *(("-i", str(key)) if key else ("-o", "PubkeyAuthentication=no")),
                *options,
                *("root@127.0.0.1", command),
            ],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
        )
        return ran.returncode, ran.stdout.strip()


def new_key(file: Path) -> Path:
    """A pair of keys; the public one beside it ends in ``.pub``."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(file)], check=True
    )
    return file
