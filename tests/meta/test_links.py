# SPDX-License-Identifier: GPL-3.0-or-later
"""What is a link in the box's file system is one here, too.

A copy of the project that was made without links has a small file with the target's name in the
place of each. systemd takes such a file for an empty unit, and a service that should be off is on.
"""

from tests.meta.project import ROOT


def test_no_link_has_become_a_file() -> None:
    files = [one for one in (ROOT / "provisioning" / "roles").rglob("*") if one.is_file()]
    plain = [one for one in files if not one.is_symlink()]

    assert len(plain) < len(files)
    assert [one for one in plain if _is_target(one.read_bytes())] == []


def _is_target(content: bytes) -> bool:
    return content.startswith((b"/", b"../")) and b"\n" not in content
