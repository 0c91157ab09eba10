# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of a ZIM file, read without libzim: header, checksum and directory.

Format: https://wiki.openzim.org/wiki/ZIM_file_format. libzim can be crashed by damaged tables while
it opens a file, so these checks come first and use nothing but plain Python.
"""

import hashlib
import mmap
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiwix.errors import ChecksumError, CutShortError, DamagedError, NotAnArchiveError

_MAGIC = 72173914
# magic, major, minor, uuid, entries, clusters, then the positions of the path pointers, title
# pointers, cluster pointers and MIME list, main page, layout page, position of the checksum
_HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
_DIRENT = struct.Struct("<HBcI")
_MD5_SIZE = 16
_CHUNK = 1 << 20
_REDIRECT = 0xFFFF
_NO_CONTENT = (0xFFFE, 0xFFFD)  # link target and deleted entry: obsolete, and without numbers
_LONGEST_PATH = 65536
_LONGEST_MIME_LIST = 1 << 20


@dataclass(frozen=True)
class Header:
    """What the first 80 bytes say."""

    entries: int
    path_pointers: int
    mime_list: int
    checksum: int


@dataclass(frozen=True)
class Dirent:
    """An entry of the directory.

    Attributes:
        namespace: one letter.
        path: without the namespace; bytes that are no UTF-8 are kept as surrogates.
        mime: its type, or empty (a redirect has none).
    """

    namespace: str
    path: str
    mime: str


def read_header(path: Path) -> Header:
    """The header, its positions compared with the size of the file.

    Raises:
        NotAnArchiveError: it begins like something else.
        CutShortError: the file ends before its checksum.
        DamagedError: the header puts something outside the file.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_HEADER.size)
    if start[:4] != _MAGIC.to_bytes(4, "little"):
        raise NotAnArchiveError(path.name)
    if len(start) < _HEADER.size:
        raise CutShortError(path.name)
    _, _, _, _, entries, _, paths, _, clusters, mime_list, _, _, checksum = _HEADER.unpack(start)
    if _HEADER.size <= size < checksum + _MD5_SIZE and checksum < size * 1000:
        raise CutShortError(path.name)
    header = Header(entries, paths, mime_list, checksum)
    if checksum + _MD5_SIZE != size or max(paths + entries * 8, clusters, mime_list) > size:
        raise DamagedError(path.name)
    return header


def verify_checksum(path: Path, header: Header, progress: Callable[[float], None]) -> None:
    """Compare the MD5 in the last 16 bytes with that of all before them.

    Raises:
        ChecksumError: they differ.
    """
    digest = hashlib.md5(usedforsecurity=False)
    left = header.checksum
    with path.open("rb") as file:
        while left:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                raise ChecksumError(path.name)
            digest.update(chunk)
            left -= len(chunk)
            progress(1 - left / header.checksum)
        if file.read() != digest.digest():
            raise ChecksumError(path.name)


def directory(path: Path, header: Header) -> Iterator[Dirent]:
    """Every entry, in the order of the paths.

    Raises:
        DamagedError: an entry lies outside the file or has no end.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pointers = struct.iter_unpack(
            "<Q", data[header.path_pointers : header.path_pointers + header.entries * 8]
        )
        mimes = _mime_list(data, header.mime_list)
        for (offset,) in pointers:
            yield _dirent(data, offset, mimes)


def _mime_list(data: mmap.mmap, start: int) -> list[str]:
    end = data.find(b"\0\0", start, start + _LONGEST_MIME_LIST)
    if end < 0:
        raise DamagedError("the list of types has no end")
    return data[start:end].decode("latin-1").split("\0")


def _dirent(data: mmap.mmap, offset: int, mimes: list[str]) -> Dirent:
    try:
        mime, _, namespace, _ = _DIRENT.unpack_from(data, offset)
    except (struct.error, OverflowError) as exc:
        raise DamagedError("an entry lies outside the file") from exc
    numbers = 0 if mime in _NO_CONTENT else 4 if mime == _REDIRECT else 8
    start = offset + _DIRENT.size + numbers
    end = data.find(b"\0", start, start + _LONGEST_PATH)
    if end < 0:
        raise DamagedError("a path has no end")
    text = data[start:end].decode("utf-8", "surrogateescape")
    kind = mimes[mime] if mime < len(mimes) else ""
    return Dirent(namespace.decode("latin-1"), text, kind)
