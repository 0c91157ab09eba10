# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory of a zip from a stranger, in little memory: PKWARE APPNOTE.TXT 6.3, section 4.3.

``zipfile`` keeps half a kilobyte for each entry and reads as many as a file claims to have. A pack
may have a hundred thousand, and the worker has 64 MB in all.
"""

import io
import stat
import struct
from array import array
from collections.abc import Iterator
from typing import Any

from appliance.content.inspect.unpack import LITTER, is_bomb
from appliance.content.pack.bag_path import decoded_path
from appliance.content.pack.manifest import MOST_FILES
from appliance.content.pack.path_table import PathTable, sorting
from appliance.content.pack.zip_member import (
    DEFLATED,
    FORBIDDEN_FLAGS,
    LOCAL_BYTES,
    LOCAL_MARK,
    STORED,
    Member,
)
from appliance.errors import RefusalError

MOST_ENTRIES = 2 * MOST_FILES
"""With the entries for folders."""

_CENTRAL = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
_CENTRAL_MARK = b"PK\x01\x02"
_END = struct.Struct("<4sHHHHLLH")
_END_MARK = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_MARK = b"PK\x06\x07"
_END_64 = struct.Struct("<4sQBBHLLQQQQ")
_END_64_MARK = b"PK\x06\x06"
_END_64_UNCOUNTED = 12
_FULL = 0xFFFFFFFF
_ZIP64 = 1
_UNIX = (3, 19)
_BUFFER = 1 << 16


class Directory:
    """The files of a zip by their paths below its one folder.

    Attributes:
        top: that folder, with a ``/`` at its end.
    """

    def __init__(self) -> None:
        self.top = ""
        self._names: list[str] = []
        self._paths = PathTable(())
        self._offsets, self._packed, self._sizes = array("Q"), array("Q"), array("Q")
        self._methods = bytearray()

    def files(self) -> Iterator[tuple[str, int]]:
        """Path and unpacked size of each."""
        for number, size in enumerate(self._sizes):
            yield self._paths[number], size

    def find(self, path: str) -> Member | None:
        """The entry of a path, if there is one."""
        number = self._paths.find(path)
        if number is None:
            return None
        numbers = (self._offsets[number], self._packed[number], self._sizes[number])
        return Member(f"{self.top}{path}".encode(), *numbers, self._methods[number])

    def take(self, member: Member) -> None:
        """Note an entry; folders and what systems leave behind are passed over.

        Raises:
            RefusalError: unsafe-names, unusual-zip or zip-bomb.
        """
        name = decoded_path(member.name.removesuffix(b"/"))
        if LITTER.search(name):
            return
        top, _, path = name.partition("/")
        self.top = self.top or f"{top}/"
        is_folder = member.name.endswith(b"/")
        if f"{top}/" != self.top or not (path or is_folder):
            raise RefusalError("unusual-zip")
        if is_folder:
            return
        if is_bomb(member.packed, member.size):
            raise RefusalError("zip-bomb", size=member.size)
        self._names.append(path)
        self._offsets.append(member.offset)
        self._packed.append(member.packed)
        self._sizes.append(member.size)
        self._methods.append(member.method)

    def close(self, start: int) -> None:
        """See that the entries lie one behind the other, and bring them into their order.

        Args:
            start: of the directory, where the entries must have ended.

        Raises:
            RefusalError: zip-bomb or duplicate-names.
        """
        end = 0
        shortest = LOCAL_BYTES + len(self.top)
        for number in sorted(range(len(self._names)), key=self._offsets.__getitem__):
            if self._offsets[number] < end:
                raise RefusalError("zip-bomb", size=sum(self._sizes))
            end = self._offsets[number] + shortest + self._packed[number]
        if end > start:
            raise RefusalError("damaged")
        if is_bomb(sum(self._packed), sum(self._sizes)):
            raise RefusalError("zip-bomb", size=sum(self._sizes))
        order = sorting(self._names)
        self._paths = PathTable([self._names[number] for number in order])
        self._names.clear()
        for column in (self._offsets, self._packed, self._sizes):
            column[:] = array("Q", (column[number] for number in order))
        self._methods = bytearray(self._methods[number] for number in order)


def read_directory(file: io.RawIOBase, size: int) -> Directory:
    """Read the directory of a zip, and see that it can be true.

    Args:
        file: the zip; seekable.
        size: its bytes.

    Raises:
        RefusalError: not-what-name-says, cut-short, damaged, unusual-zip, encrypted-zip,
            too-many-files, unsafe-names, duplicate-names, not-a-file, zip-bomb, or as reading.
    """
    buffered = io.BufferedReader(file, _BUFFER)
    try:
        if buffered.read(len(LOCAL_MARK)) != LOCAL_MARK:
            raise RefusalError("not-what-name-says", expected="ZIP")
        count, start, end = _extent(buffered, size)
        buffered.seek(start)
        directory = Directory()
        for _ in range(count):
            directory.take(_entry(buffered))
        if buffered.tell() != end:
            raise RefusalError("damaged")
        directory.close(start)
    finally:
        buffered.detach()
    return directory


def _extent(file: io.BufferedReader, size: int) -> tuple[int, int, int]:
    """How many entries the directory has, where it begins and where it ends."""
    end = size - _END.size
    mark, disk, first, here, count, length, start, comment = _at(file, end, _END)
    if mark != _END_MARK:
        raise RefusalError("cut-short")
    large = _at(file, end - _LOCATOR.size, _LOCATOR) if end > _LOCATOR.size else (b"",)
    if large[0] == _LOCATOR_MARK:
        locator, end = end - _LOCATOR.size, large[2]
        if end + _END_64.size > locator:
            raise RefusalError("damaged")
        mark, rest, _, _, _, disk, first, here, count, length, start = _at(file, end, _END_64)
        if mark != _END_64_MARK or end + _END_64_UNCOUNTED + rest != locator:
            raise RefusalError("damaged")
    if disk or first or here != count or comment:
        raise RefusalError("unusual-zip")
    if count > MOST_ENTRIES:
        raise RefusalError("too-many-files", count=count, limit=MOST_FILES)
    if start + length != end or length < count * _CENTRAL.size:
        raise RefusalError("damaged")
    return count, start, end


def _entry(file: io.BufferedReader) -> Member:
    """The next entry of the directory."""
    (mark, _, system, _, flags, method, _, _, _, packed, size) = (
        fields := _CENTRAL.unpack(_whole(file, _CENTRAL.size))
    )[:11]
    name_bytes, extra_bytes, comment_bytes, disk, _, attributes, offset = fields[11:]
    if mark != _CENTRAL_MARK:
        raise RefusalError("damaged")
    if flags & FORBIDDEN_FLAGS:
        raise RefusalError("encrypted-zip")
    if method not in (STORED, DEFLATED) or disk:
        raise RefusalError("unusual-zip")
    kind = stat.S_IFMT(attributes >> 16) if system in _UNIX else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RefusalError("not-a-file")
    name = _whole(file, name_bytes)
    size, packed, offset = _large(_whole(file, extra_bytes), [size, packed, offset])
    _whole(file, comment_bytes)
    if method == STORED and size != packed:
        raise RefusalError("damaged")
    return Member(name, offset, packed, size, method)


def _large(extra: bytes, numbers: list[int]) -> list[int]:
    """The numbers that did not fit into 32 bits, from the extra field that has them."""
    while len(extra) >= 4:  # noqa: PLR2004 an id and a length, of two bytes each
        field, length = struct.unpack_from("<HH", extra)
        values, extra = extra[4 : 4 + length], extra[4 + length :]
        if field != _ZIP64:
            continue
        for index, number in enumerate(numbers):
            if number == _FULL:
                if len(values) < 8:  # noqa: PLR2004 bytes of the number
                    raise RefusalError("damaged")
                numbers[index], values = int.from_bytes(values[:8], "little"), values[8:]
    return numbers


def _at(file: io.BufferedReader, place: int, form: struct.Struct) -> tuple[Any, ...]:
    if place < 0:
        raise RefusalError("cut-short")
    file.seek(place)
    return form.unpack(_whole(file, form.size))


def _whole(file: io.BufferedReader, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise RefusalError("damaged")
    return found
