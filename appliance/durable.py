# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes that a power cut cannot undo."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from appliance.late_module import LateModule

if TYPE_CHECKING:
    import ctypes
else:
    # For whoever brings many files; the web, which never does, starts without.
    ctypes = LateModule("ctypes")


class Disk:
    """A file system that is flushed whole: for many small files one flush instead of hundreds.

    Open it before what shall be flushed is written. From then on the kernel tells of every write
    that failed, also one of its own accord (syncfs(2), since Linux 5.8).
    """

    def __init__(self, folder: Path) -> None:
        """Take the file system that the folder lies on."""
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def flush(self) -> None:
        """Flush everything that was written so far, files and names.

        Raises:
            OSError: something could not be written.
        """
        if _libc().syncfs(self._descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))


def sync_file(path: Path) -> None:
    """Flush a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def flushing(path: Path) -> Iterator[None]:
    """Have a file's bytes flushed while the block does something else.

    Raises:
        OSError: they could not be written.
    """
    failed: list[OSError] = []
    descriptor = os.open(path, os.O_RDONLY)

    def flush() -> None:
        try:
            os.fsync(descriptor)
        except OSError as exc:
            failed.append(exc)

    thread = threading.Thread(target=flush, name="flush", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        os.close(descriptor)
    if failed:
        raise failed[0]


def sync_folder(path: Path) -> None:
    """Flush a folder's entries (names, renames) to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below, and the folder itself, to the disk."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(parent, name))
        sync_folder(Path(parent))


def write_file(path: Path, content: bytes, *, mode: int = 0o640, disk: Disk | None = None) -> None:
    """Put a file in place whole, or not at all: a power cut leaves the old one or the new one.

    Args:
        path: where it shall lie; its folder exists.
        content: all of it.
        mode: its permissions.
        disk: flushed later by whoever calls; by default the file is flushed here.

    Raises:
        OSError: it could not be written; what was there before still is.
    """
    temporary = path.with_name(f".{path.name}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        if disk is None:
            os.fsync(file.fileno())
    temporary.replace(path)
    if disk is None:
        sync_folder(path.parent)


@cache
def _libc() -> "ctypes.CDLL":
    return ctypes.CDLL(None, use_errno=True)
