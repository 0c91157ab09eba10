# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a drive: opened only if they are ordinary ones, below a folder and through no link."""

import errno
import io
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.content.payload import reading_failed
from appliance.errors import RefusalError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Windows has none of the first three, and needs the last.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
_FOLDER_FLAGS = _FLAGS | getattr(os, "O_DIRECTORY", 0)
_THROUGH_A_LINK = (errno.ELOOP, errno.ENOTDIR)
_BY_FOLDER = os.open in os.supports_dir_fd


class RegularFile(io.RawIOBase):
    """An ordinary file, opened for reading; it notices if it changes while it is read.

    Attributes:
        size: bytes, when it was opened.
    """

    def __init__(self, root: Path, parts: Sequence[str] = ()) -> None:
        """Open a file.

        Args:
            root: the file, or a folder above it.
            parts: the names below the folder, without ``..``.

        Raises:
            RefusalError: drive-removed, unreadable or not-a-file.
        """
        super().__init__()
        try:
            descriptor = _open(root, parts)
        except OSError as exc:
            # Opening a link or a socket fails, each in its own way.
            odd = exc.errno in _THROUGH_A_LINK or _is_odd(root.joinpath(*parts))
            raise RefusalError("not-a-file") if odd else reading_failed(exc) from exc
        self._before = os.fstat(descriptor)
        if not stat.S_ISREG(self._before.st_mode):
            os.close(descriptor)
            raise RefusalError("not-a-file")
        self._file = io.FileIO(descriptor, "rb")
        self.size = self._before.st_size
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer, or a part of it; 0 at the end.

        Raises:
            RefusalError: drive-removed, unreadable or changed-while-read.
        """
        try:
            count = self._file.readinto(buffer) or 0
            if not count and memoryview(buffer).nbytes:
                self._check_unchanged()
        except OSError as exc:
            raise reading_failed(exc) from exc
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go elsewhere."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where it is."""
        return self._file.tell()

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Let it go."""
        if hasattr(self, "_file"):
            self._file.close()
        super().close()

    def _check_unchanged(self) -> None:
        after = os.fstat(self._file.fileno())
        before = self._before
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise RefusalError("changed-while-read")


def _open(root: Path, parts: Sequence[str]) -> int:
    """Through no link on the way, where the system can promise it."""
    if not parts or not _BY_FOLDER:
        return os.open(root.joinpath(*parts), _FLAGS)
    folder = os.open(root, _FOLDER_FLAGS)
    try:
        for part in parts[:-1]:
            below = os.open(part, _FOLDER_FLAGS, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _is_odd(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
