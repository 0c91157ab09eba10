# SPDX-License-Identifier: GPL-3.0-or-later
"""Root at a shell leaves nothing of root's in the library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_BECOME = """
import os, sys
from pathlib import Path
from appliance.cli.owner import become_owner
become_owner(Path(sys.argv[1]))
Path(sys.argv[2]).touch()
print(os.getuid(), os.getgid(), len(os.getgroups()))
"""


def _becoming(path: Path, made: Path) -> str:
    said = subprocess.run(
        [sys.executable, "-c", _BECOME, path, made], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


def test_whoever_is_not_root_stays_who_they_are(tmp_path: Path) -> None:
    me = f"{os.getuid()} {os.getgid()} {len(os.getgroups())}"
    assert _becoming(tmp_path, tmp_path / "made") == me
    assert _becoming(tmp_path / "missing", tmp_path / "made") == me


@pytest.mark.root
def test_root_becomes_the_owner_for_good(tmp_path: Path) -> None:
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    folder = tmp_path / "store"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    said = _becoming(folder, folder / "made").split()
    assert said[:2] == ["65534", "65534"]
    made = (folder / "made").stat()
    assert (made.st_uid, made.st_mode & 0o777) == (65534, 0o640)
