# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that was cut into volumes, read as the one that it was."""

import io
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.content.pack.regular_file import RegularFile
from appliance.content.payload import reading_failed, source_size
from appliance.errors import RefusalError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_VOLUME = re.compile(r"(.+\.zip)\.([0-9]{3})", re.IGNORECASE)


def volumes_of(path: Path) -> tuple[Path, ...]:
    """All volumes where the path is one of several (``….zip.001``); else the path alone.

    Raises:
        RefusalError: missing-part, drive-removed or unreadable.
    """
    named = _VOLUME.fullmatch(path.name)
    if not named:
        return (path,)
    try:
        names = [_VOLUME.fullmatch(one.name) for one in path.parent.iterdir()]
    except OSError as exc:
        raise reading_failed(exc) from exc
    found = {int(one[2]): one[0] for one in names if one and one[1] == named[1]}
    for number in range(1, max(found, default=1) + 1):
        if number not in found:
            raise RefusalError("missing-part", path=f"{named[1]}.{number:03}")
    return tuple(path.with_name(found[number]) for number in sorted(found) if number)


class Volumes(io.RawIOBase):
    """The bytes of several files, one after the other; one of them is open at a time.

    Attributes:
        size: bytes of all.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Look at the sizes of the volumes.

        Raises:
            RefusalError: drive-removed, unreadable or not-a-file.
        """
        super().__init__()
        self._paths = paths
        self._starts = [0, *accumulate(source_size(path) for path in paths)]
        self.size = self._starts[-1]
        self._place = 0
        self._number = -1
        self._file: RegularFile | None = None

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer, or a part of it; 0 at the end.

        Raises:
            RefusalError: drive-removed, unreadable, not-a-file or changed-while-read.
        """
        view = memoryview(buffer).cast("B")
        if self._place >= self.size or not view:
            return 0
        number = bisect_right(self._starts, self._place) - 1
        file = self._volume(number)
        file.seek(self._place - self._starts[number])
        count = file.readinto(view[: self._starts[number + 1] - self._place])
        if not count:
            raise RefusalError("changed-while-read")
        self._place += count
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go elsewhere."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(base + offset, 0)
        return self._place

    def tell(self) -> int:
        """Where it is."""
        return self._place

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Let the open volume go."""
        if self._file:
            self._file.close()
        super().close()

    def _volume(self, number: int) -> RegularFile:
        if self._file and self._number == number:
            return self._file
        if self._file:
            self._file.close()
        self._number, self._file = number, RegularFile(self._paths[number])
        if self._file.size != self._starts[number + 1] - self._starts[number]:
            raise RefusalError("changed-while-read")
        return self._file
