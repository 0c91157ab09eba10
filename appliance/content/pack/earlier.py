# SPDX-License-Identifier: GPL-3.0-or-later
"""What older packs of a series brought, to leave it out of a new one."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from appliance.content.item import Lesson, Metadata
from appliance.content.pack.compose import compose_metadata
from appliance.content.pack.draft import Draft
from appliance.content.pack.feed_metadata import FeedMetadata, lesson_of, metadata_of, titles_of
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.pack.publication import Publication
from appliance.content.pack.source import sha256_of


class _Mark(msgspec.Struct, frozen=True):
    """A publication in few bytes: the sizes of its files, and a hash of all that it is."""

    sizes: tuple[int, ...]
    digest: bytes


class Earlier:
    """The publications of older packs; of two with one identifier the newer pack's.

    Attributes:
        packs: what the packs say of themselves, the newest last.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Read the packs.

        Raises:
            RefusalError: one of them cannot be read.
        """
        packs = sorted((read_pack(path) for path in paths), key=lambda pack: pack.info.version)
        self.packs: tuple[PackInfo, ...] = tuple(pack.info for pack in packs)
        self._marks: dict[str, _Mark] = {}
        for pack in packs:
            for retired in pack.info.retires:
                self._marks.pop(retired, None)
            for one in pack.publications:
                self._marks[one.identifier] = _mark_of(one)

    @property
    def identifiers(self) -> frozenset[str]:
        """What a box has that installed all of them."""
        return frozenset(self._marks)

    def is_new(self, draft: Draft, advance: Callable[[int], None]) -> bool:
        """Whether no older pack brought the very same; reads it only where its sizes are the same.

        Raises:
            RefusalError: it cannot be read.
            OSError: likewise.
        """
        mark = self._marks.get(draft.identifier)
        sizes = tuple(file.size for file in draft.all_files)
        if mark is None or mark.sizes != sizes:
            return True
        hashes = [sha256_of(file.sources, advance) for file in draft.all_files]
        names = [file.name for file in draft.all_files]
        return mark.digest != _digest(names, hashes, *_as_read(draft))


def _mark_of(one: Publication) -> _Mark:
    files = (*one.files, *one.captions, *((one.cover,) if one.cover else ()))
    names, hashes = [file.name for file in files], [file.sha256 for file in files]
    digest = _digest(names, hashes, one.metadata, one.titles, one.lesson)
    return _Mark(tuple(file.size for file in files), digest)


def _as_read(draft: Draft) -> tuple[Metadata, dict[str, str], Lesson | None]:
    """What is said of it as it comes out of a feed: shortened and in one line, for instance."""
    written = compose_metadata(draft.identifier, draft.metadata, draft.titles, draft.lesson)
    read = msgspec.json.decode(msgspec.json.encode(written), type=FeedMetadata)
    return metadata_of(read), titles_of(read.title), lesson_of(read)


def _digest(
    names: Sequence[str],
    hashes: Sequence[str],
    metadata: Metadata,
    titles: dict[str, str],
    lesson: Lesson | None,
) -> bytes:
    content = (names, hashes, metadata, sorted(titles.items()), lesson)
    return hashlib.sha256(msgspec.json.encode(content)).digest()
