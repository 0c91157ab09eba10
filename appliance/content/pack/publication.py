# SPDX-License-Identifier: GPL-3.0-or-later
"""A publication of a pack: what becomes one item of the shelf."""

import msgspec

from appliance.content.item import Edition, Lesson, Metadata


class PayloadFile(msgspec.Struct, frozen=True):
    """A file of a publication as it shall lie on the shelf.

    Attributes:
        name: its file name there.
        parts: where its bytes lie in the bag (``data/…``, with ``/``), in order; more than one
            where the file was split for FAT32.
        size: bytes of the whole.
        sha256: of the whole, in lower-case hexadecimal.
    """

    name: str
    parts: tuple[str, ...]
    size: int
    sha256: str


class Publication(msgspec.Struct, frozen=True):
    """One entry of the feed.

    Attributes:
        identifier: the same in each version of the pack; a newer version's publication takes the
            place of the older one with this identifier.
        files: as ``Candidate.files``: a picture album has several, everything else one.
        captions: beside a film or sound.
        cover: a picture, or nothing.
        metadata: what the feed says; wins over what the file says of itself.
        titles: title by language code, where the feed brings several.
        lesson: its place in a course, where the feed says one.
        edition: as what it once came to the shelf that this pack was made of; nothing where the
            pack's own series and version are meant.
    """

    identifier: str
    files: tuple[PayloadFile, ...]
    captions: tuple[PayloadFile, ...] = ()
    cover: PayloadFile | None = None
    metadata: Metadata = Metadata()
    titles: dict[str, str] = {}
    lesson: Lesson | None = None
    edition: Edition | None = None

    @property
    def all_files(self) -> tuple[PayloadFile, ...]:
        """Every file of it, in the order in which an item's id is made of them."""
        return (*self.files, *self.captions, *((self.cover,) if self.cover else ()))

    @property
    def lasting(self) -> str:
        """What it is known by from one pack to the next."""
        return self.edition.identifier if self.edition else self.identifier

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.all_files)
