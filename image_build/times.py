# SPDX-License-Identifier: GPL-3.0-or-later
"""Times in a root and in its file system, so that two builds give the same bytes."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

_ROOT_INODE, _FIRST_INODE = 2, 11
_FREE = re.compile(r"^  Free inodes: (.+)$", re.MULTILINE)


def clamp(root: Path, epoch: int) -> None:
    """Make everything below and with ``root`` no newer than ``epoch``, seconds since 1970.

    A name without a file behind it keeps its own time; no link is followed.
    """
    for folder, names, files in os.walk(root, topdown=False):
        for name in (*names, *files):
            _no_newer(os.path.join(folder, name), epoch)  # noqa: PTH118 # a Path each takes minutes
    _no_newer(os.fspath(root), epoch)


def _no_newer(path: str, epoch: int) -> None:
    modified = min(os.lstat(path).st_mtime_ns // 10**9, epoch)
    os.utime(path, (modified, modified), follow_symlinks=False)


def freeze(image: Path, epoch: int) -> None:
    """Set when the inodes of an ext4 image were made, read and changed to ``epoch``.

    mke2fs copies them from the folder, where nobody can set the time of the last change. Newer
    ones than Debian 12's heed SOURCE_DATE_EPOCH; for those this changes nothing.

    Raises:
        subprocess.CalledProcessError: this is no ext4.
    """
    changes = "".join(
        f"set_inode_field <{inode}> {field} @{epoch}\n"
        for inode in _inodes(image)
        for field in ("atime", "ctime", "crtime")
    )
    subprocess.run(
        ["debugfs", "-w", "-f", "-", image],
        input=changes,
        check=True,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # Else the superblock would say when this was done.
        env=os.environ | {"E2FSPROGS_FAKE_TIME": str(epoch), "SOURCE_DATE_EPOCH": str(epoch)},
    )


def _inodes(image: Path) -> Iterator[int]:
    """Numbers of the inodes in use, but for the file system's own."""
    said = subprocess.run(["dumpe2fs", image], check=True, capture_output=True, text=True).stdout
    count = int(_value(said, "Inode count"))
    free: set[int] = set()
    for line in _FREE.findall(said):
        for numbers in line.split(", "):
            first, _, last = numbers.partition("-")
            free.update(range(int(first), int(last or first) + 1))
    yield _ROOT_INODE
    yield from (inode for inode in range(_FIRST_INODE, count + 1) if inode not in free)


def _value(said: str, name: str) -> str:
    found = re.search(rf"^{name}: +(\S+)$", said, re.MULTILINE)
    return found[1] if found else "0"
