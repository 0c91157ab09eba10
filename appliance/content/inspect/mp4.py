# SPDX-License-Identifier: GPL-3.0-or-later
"""The outermost structure of MP4 files: whether all of the file is there.

Format: ISO/IEC 14496-12, section 4.2: boxes of a 32-bit size and four letters; size 1 means that
64 bits follow, size 0 that the box goes to the end.
"""

import struct
from pathlib import Path

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")
_MOST_BOXES = 100_000
_FIRST = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"})


def is_mp4(path: Path) -> bool:
    """Whether the file begins as MP4 files do."""
    with path.open("rb") as file:
        return file.read(_HEADER.size)[4:] in _FIRST


def is_cut_short(path: Path) -> bool:
    """Whether the last box ends beyond the file, or the index of the tracks is missing."""
    size, position, seen = path.stat().st_size, 0, set[bytes]()
    with path.open("rb") as file:
        for _ in range(_MOST_BOXES):
            file.seek(position)
            header = file.read(_HEADER.size)
            if len(header) < _HEADER.size:
                break
            length, name = _HEADER.unpack(header)
            seen.add(name)
            if length == 1:
                large = file.read(_LARGE.size)
                length = _LARGE.unpack(large)[0] if len(large) == _LARGE.size else size + 1
            position += length or size - position
            if length and length < _HEADER.size:
                break  # not a box: something was put behind the film
    return position > size or b"moov" not in seen
