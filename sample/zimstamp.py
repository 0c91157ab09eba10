# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a ZIM file an identity that follows from its name instead of from chance.

libzim invents an identifier at every run, and so does Xapian for each index inside. The layout
is that of https://wiki.openzim.org/wiki/ZIM_file_format (header: identifier at byte 8, position
of the checksum at byte 72; the file ends with the MD5 of all before it), and of Xapian's glass
version file (a magic word, two bytes of format, then the identifier).
"""

import hashlib
import struct
import uuid
from pathlib import Path

_IDENTIFIER = slice(8, 24)
_CHECKSUM_POSITION = 72
_GLASS = b"\x0f\x0dXapian Glass"


def stamp(file: Path, name: str) -> None:
    """Write identifiers made from ``name`` into the archive and set its checksum right."""
    data = bytearray(file.read_bytes())
    identifier = uuid.uuid5(uuid.NAMESPACE_DNS, name).bytes
    data[_IDENTIFIER] = identifier
    place = data.find(_GLASS)
    while place >= 0:
        start = place + len(_GLASS) + 2
        data[start : start + 16] = identifier
        place = data.find(_GLASS, start)
    (end,) = struct.unpack_from("<Q", data, _CHECKSUM_POSITION)
    data[end:] = hashlib.md5(data[:end], usedforsecurity=False).digest()
    file.write_bytes(data)
