# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of a zip: PKWARE APPNOTE.TXT 6.3, sections 4.3.7 and 4.4."""

import io
import struct
import zlib
from typing import TYPE_CHECKING

import msgspec

from appliance.errors import RefusalError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STORED, DEFLATED = 0, 8
# Encrypted, strongly encrypted, a directory that is; and a patch for another file.
FORBIDDEN_FLAGS = 0x1 | 0x40 | 0x2000
LOCAL_MARK = b"PK\x03\x04"
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
LOCAL_BYTES = _LOCAL.size
_CHUNK = 1 << 18


class Member(msgspec.Struct, frozen=True):
    """An entry, as the directory describes it.

    Attributes:
        name: as the zip has it.
        offset: of its local header.
        packed: bytes in the zip; ``size``: bytes that come out.
        method: stored or deflated.
    """

    name: bytes
    offset: int
    packed: int
    size: int
    method: int


def open_member(file: io.RawIOBase, member: Member) -> io.RawIOBase:
    """The bytes of an entry; closing them closes the zip.

    Args:
        file: the zip; seekable, nobody else reads it.
        member: of its directory.

    Raises:
        RefusalError: damaged, encrypted-zip, or as reading the zip.
    """
    file.seek(member.offset)
    header = _whole(file, LOCAL_BYTES)
    mark, _, flags, method, _, _, _, _, _, name_bytes, extra_bytes = _LOCAL.unpack(header)
    if flags & FORBIDDEN_FLAGS:
        raise RefusalError("encrypted-zip")
    if mark != LOCAL_MARK or method != member.method or _whole(file, name_bytes) != member.name:
        raise RefusalError("damaged")
    start = member.offset + LOCAL_BYTES + name_bytes + extra_bytes
    packed = _Slice(file, start, member.packed)
    return packed if method == STORED else _Inflated(packed, member.size)


def _whole(file: io.RawIOBase, size: int) -> bytes:
    found = b""
    while len(found) < size and (chunk := file.read(size - len(found))):
        found += chunk
    if len(found) < size:
        raise RefusalError("damaged")
    return found


class _Slice(io.RawIOBase):
    """A stretch of a file."""

    def __init__(self, file: io.RawIOBase, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size = file, start, size
        self._place = 0
        file.seek(start)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")[: max(self._size - self._place, 0)]
        if not view:
            return 0
        count = self._file.readinto(view) or 0
        if not count:  # the directory speaks of bytes behind the end
            raise RefusalError("damaged")
        self._place += count
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        self._place = offset
        self._file.seek(self._start + offset)
        return offset

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()


class _Inflated(io.RawIOBase):
    """What a deflated stretch becomes: never more than was announced, and never less."""

    def __init__(self, packed: _Slice, size: int) -> None:
        super().__init__()
        self._packed, self._left = packed, size
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self._left)
        if not wanted:
            return 0
        chunk = b""
        while not chunk:
            fed = self._inflater.unconsumed_tail or self._packed.read(_CHUNK)
            try:
                chunk = self._inflater.decompress(fed or b"", wanted)
            except zlib.error as exc:
                raise RefusalError("damaged") from exc
            if not chunk and (not fed or self._inflater.eof):
                raise RefusalError("damaged")
        view[: len(chunk)] = chunk
        self._left -= len(chunk)
        return len(chunk)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._packed.close()
        super().close()
