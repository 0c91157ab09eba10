# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of one file as it shall lie on the shelf, wherever they come from."""

import errno
import os
import stat
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Protocol

from appliance.errors import RefusalError

CHUNK = 1024 * 1024
Chunks = Generator[bytes, None, None]
_GONE = {errno.ENODEV, errno.ENXIO, errno.ENOMEDIUM}


class Payload(Protocol):
    """A file to be copied.

    Attributes:
        name: as its maker calls it.
        size: bytes.
        sha256: as was promised, in hexadecimal; empty where nobody promised anything.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - told above

    @property
    def size(self) -> int: ...  # noqa: D102 - told above

    @property
    def sha256(self) -> str: ...  # noqa: D102 - told above

    def chunks(self, offset: int = 0) -> Chunks:
        """Its bytes from an offset on, at most ``CHUNK`` at a time.

        Raises:
            RefusalError: it is no ordinary file, cannot be read, or changed meanwhile.
        """


class LoosePayload:
    """A file of a folder, or the parts of one in order."""

    sha256 = ""

    def __init__(self, paths: Sequence[Path], name: str = "") -> None:
        """``name``: as it shall be called, where that is not the first path's name."""
        self.name = name or paths[0].name
        self._paths = tuple(paths)

    @property
    def size(self) -> int:
        """Bytes of all parts.

        Raises:
            RefusalError: as in ``source_size``.
        """
        return sum(source_size(path) for path in self._paths)

    def chunks(self, offset: int = 0) -> Chunks:
        """As ``Payload.chunks``."""
        for path in self._paths:
            size = source_size(path)
            if offset < size:
                yield from _chunks(path, size, offset)
            offset = max(0, offset - size)


def source_size(path: Path) -> int:
    """Bytes of an ordinary file.

    Raises:
        RefusalError: it is something else, or cannot be read.
    """
    try:
        status = path.lstat()
    except OSError as exc:
        raise reading_failed(exc) from exc
    if not stat.S_ISREG(status.st_mode):
        raise RefusalError("not-a-file")
    return status.st_size


def reading_failed(exc: OSError) -> RefusalError:
    """The refusal for a source that gives an error."""
    gone = exc.errno in _GONE or isinstance(exc, FileNotFoundError)
    return RefusalError("drive-removed" if gone else "unreadable")


def _chunks(source: Path, size: int, offset: int) -> Chunks:
    """Read just as many bytes as the file had at first, and see that it stayed the same."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as exc:
        raise reading_failed(exc) from exc
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise RefusalError("not-a-file")
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
        os.lseek(descriptor, offset, os.SEEK_SET)
        left = size - offset
        while left and (chunk := _read(descriptor, min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
        after = os.fstat(descriptor)
        if left or (after.st_size, after.st_mtime_ns) != (size, before.st_mtime_ns):
            raise RefusalError("changed-while-read")
    finally:
        os.close(descriptor)


def _read(descriptor: int, size: int) -> bytes:
    try:
        return os.read(descriptor, size)
    except OSError as exc:
        raise reading_failed(exc) from exc
