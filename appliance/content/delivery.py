# SPDX-License-Identifier: GPL-3.0-or-later
"""What shall become an item: its files wherever they lie, and what is said of them."""

import hashlib

import msgspec

from appliance.content.item import Edition, Kind, Lesson, Metadata
from appliance.content.payload import Payload

# Unpacking needs room beside the file itself.
ROOM_FACTOR = {Kind.EPUB: 3, Kind.HTML: 4, Kind.H5P: 4}


class Delivery(msgspec.Struct, frozen=True):
    """What shall become one item.

    Attributes:
        source: what people know it by.
        files: as ``Candidate.files``, but the parts of an archive are one.
        companions: captions and a cover.
        said: what a sheet or a feed says; wins over what the files say.
        mark: tells the same content from other content before it is read, for going on with a
            copy that was broken off: 16 to 64 characters of ``a-z0-9``.
        fingerprint: of the source; empty: it is made of the copy.
    """

    source: str
    kind: Kind
    files: tuple[Payload, ...]
    companions: tuple[Payload, ...]
    size: int
    mark: str
    said: Metadata = Metadata()
    titles: dict[str, str] = {}
    edition: Edition | None = None
    lesson: Lesson | None = None
    fingerprint: str = ""

    @property
    def payloads(self) -> tuple[Payload, ...]:
        """All files."""
        return (*self.files, *self.companions)

    @property
    def room(self) -> int:
        """Bytes that it may need on the disk."""
        return room_of(self.kind, self.size)


def room_of(kind: Kind, size: int) -> int:
    """Bytes that so many of a kind may need on the disk."""
    return size * ROOM_FACTOR.get(kind, 1)


def mark_of(*parts: str) -> str:
    """A mark of a delivery that promises no hash."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
