# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying from a source that may lie, change, break off or be pulled out."""

import errno
import hashlib
import os
import queue
import stat
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.errors import RefusalError

_CHUNK = 1024 * 1024
_CHUNKS_AHEAD = 8
_GONE = {errno.ENODEV, errno.ENXIO, errno.ENOMEDIUM}

Advance = Callable[[int], None]
"""Called with the number of bytes done since the last call; may raise to stop the work."""


def copy_hashed(sources: Sequence[Path], target: Path, advance: Advance) -> str:
    """Copy the sources, one after the other, into one new file; the SHA-256 of what was written.

    What is hashed is what is written, so a source that changes cannot make the two differ.
    The bytes are handed to the disk as they come, so that the flush at the end is short.

    Raises:
        RefusalError: a source is no ordinary file, cannot be read, or changed meanwhile.
        OSError: the target cannot be written (a full disk, for one).
    """
    with target.open("xb") as out, _Hasher() as hasher:
        for source in sources:
            _copy_one(source, out.fileno(), hasher, advance)
        os.fsync(out.fileno())
    return hasher.hexdigest


def hash_files(sources: Sequence[Path], advance: Advance) -> str:
    """The SHA-256 of the sources, one after the other, without copying them.

    Raises:
        RefusalError: as in ``copy_hashed``.
    """
    with _Hasher() as hasher:
        for source in sources:
            _copy_one(source, None, hasher, advance)
    return hasher.hexdigest


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
    """What to tell of a drive that did not give what was asked: it is gone, or it is failing."""
    gone = exc.errno in _GONE or isinstance(exc, FileNotFoundError)
    return RefusalError("drive-removed" if gone else "unreadable")


class _Hasher:
    """Hashes in a thread beside the reading and writing; hashlib lets other threads run."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._chunks: queue.Queue[bytes | None] = queue.Queue(_CHUNKS_AHEAD)
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> "_Hasher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._chunks.put(None)
        self._thread.join()

    def update(self, chunk: bytes) -> None:
        self._chunks.put(chunk)

    @property
    def hexdigest(self) -> str:
        return self._digest.hexdigest()

    def _work(self) -> None:
        while (chunk := self._chunks.get()) is not None:
            self._digest.update(chunk)


def _copy_one(source: Path, target: int | None, hasher: _Hasher, advance: Advance) -> None:
    """Read just as many bytes as the file had at first, and see that it stayed the same."""
    size = source_size(source)
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as exc:
        raise reading_failed(exc) from exc
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise RefusalError("not-a-file")
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
        left = size
        while left and (chunk := _read(descriptor, min(_CHUNK, left))):
            hasher.update(chunk)
            if target is not None:
                _write(target, chunk)
            left -= len(chunk)
            advance(len(chunk))
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


def _write(descriptor: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]
