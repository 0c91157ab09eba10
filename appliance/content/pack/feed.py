# SPDX-License-Identifier: GPL-3.0-or-later
"""The feed of a pack: OPDS 2.0 (https://drafts.opds.io/opds-2.0), as docs/packs.md narrows it.

Properties that are not known here are passed over; those that are known and have another type make
the feed wrong.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import overload

import msgspec

from appliance.content.file_name import shown_name
from appliance.content.pack.bag import Bag
from appliance.content.pack.feed_metadata import (
    NAME,
    SERIES,
    TERMS,
    FeedMetadata,
    edition_of,
    lesson_of,
    metadata_of,
    titles_of,
)
from appliance.content.pack.href import payload_path
from appliance.content.pack.info import FEED_NAME
from appliance.content.pack.publication import PayloadFile, Publication
from appliance.errors import RefusalError

MOST_BYTES = 64 * 1024 * 1024
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
CAPTIONS = f"{TERMS}captions"
_MOST_PARTS = 999
_BLOCK = 256


class _Properties(msgspec.Struct):
    size: int
    sha256: str
    parts: list[str] = []


class _Link(msgspec.Struct):
    href: str
    rel: str | list[str] = ""
    properties: msgspec.Raw = msgspec.Raw(b"{}")

    def has(self, rel: str) -> bool:
        return rel in ([self.rel] if isinstance(self.rel, str) else self.rel)


class _Entry(msgspec.Struct):
    metadata: FeedMetadata
    links: list[_Link] = []
    images: list[_Link] = []


class _Head(msgspec.Struct):
    identifier: str = ""


class _Feed(msgspec.Struct):
    publications: list[msgspec.Raw]
    metadata: _Head = msgspec.field(default_factory=_Head)


class Publications(Sequence[Publication]):
    """The publications of a feed that was checked, each decoded when it is asked for.

    Their text stays compressed in blocks: a feed of 50 MB takes some five.
    """

    def __init__(self, entries: Sequence[msgspec.Raw], reader: "_Reader") -> None:
        self._length = len(entries)
        self._reader = reader
        self._blocks = [
            zlib.compress(msgspec.json.encode(entries[start : start + _BLOCK]), 1)
            for start in range(0, len(entries), _BLOCK)
        ]
        self._last: tuple[int, list[msgspec.Raw]] = (-1, [])

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Publication: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Publication]: ...

    def __getitem__(self, index: int | slice) -> Publication | Sequence[Publication]:
        numbers = range(self._length)[index]
        if isinstance(numbers, range):
            return [self[number] for number in numbers]
        block, place = divmod(numbers, _BLOCK)
        if self._last[0] != block:
            content = zlib.decompress(self._blocks[block])
            self._last = (block, msgspec.json.decode(content, type=list[msgspec.Raw]))
        return self._reader.publication(self._last[1][place])


def read_feed(content: bytes, bag: Bag, series: str) -> Publications:
    """The publications of a feed.

    Args:
        content: ``data/catalog.json``.
        bag: that it lies in; every file that it speaks of is looked up there.
        series: id of the pack's series.

    Raises:
        RefusalError: pack-feed-wrong, pack-file-missing, pack-file-twice or unsafe-names.
    """
    with _as_refusal(FEED_NAME):
        feed = msgspec.json.decode(content, type=_Feed)
    if feed.metadata.identifier not in ("", f"{SERIES}{series}"):
        raise _wrong(feed.metadata.identifier)
    reader = _Reader(bag, series)
    used = bytearray(len(bag.manifest.paths))
    known: set[int] = set()
    for raw in feed.publications:
        publication = reader.publication(raw)
        mark = hash(publication.identifier)
        if mark in known:
            raise _wrong(publication.identifier)
        known.add(mark)
        for path in _paths(publication):
            number = bag.manifest.paths.find(path)
            if number is None or used[number]:
                raise RefusalError("pack-file-twice", path=shown_name(path))
            used[number] = 1
    return Publications(feed.publications, reader)


class _Reader:
    """Makes publications of what the feed says, and compares it with the bag."""

    def __init__(self, bag: Bag, series: str) -> None:
        self._manifest = bag.manifest
        self._prefix = f"{SERIES}{series}:"

    def publication(self, raw: msgspec.Raw) -> Publication:
        with _as_refusal(FEED_NAME):
            entry = msgspec.json.decode(raw, type=_Entry)
        identifier = entry.metadata.identifier
        name = identifier.removeprefix(self._prefix)
        files = tuple(self._file(link) for link in entry.links if link.has(OPEN_ACCESS))
        if name == identifier or not NAME.fullmatch(name) or not files:
            raise _wrong(identifier)
        return Publication(
            identifier=identifier,
            files=files,
            captions=tuple(self._file(link) for link in entry.links if link.has(CAPTIONS)),
            cover=next((self._file(link) for link in islice(entry.images, 1)), None),
            metadata=metadata_of(entry.metadata),
            titles=titles_of(entry.metadata.title),
            lesson=lesson_of(entry.metadata),
            edition=edition_of(entry.metadata),
        )

    def _file(self, link: _Link) -> PayloadFile:
        whole = payload_path(link.href)
        with _as_refusal(whole):
            said = msgspec.json.decode(link.properties, type=_Properties)
        parts = tuple(payload_path(part) for part in said.parts) or (whole,)
        if len(parts) > _MOST_PARTS:
            raise _wrong(whole)
        numbers = [self._number(part) for part in parts]
        size = sum(self._manifest.sizes[number] for number in numbers)
        one = len(parts) == 1
        if size != said.size or (one and self._manifest.digest(numbers[0]) != said.sha256):
            raise RefusalError("pack-feed-disagrees", path=shown_name(whole))
        if not re.fullmatch("[0-9a-f]{64}", said.sha256):
            raise _wrong(whole)
        return PayloadFile(whole.rpartition("/")[2], parts, size, said.sha256)

    def _number(self, path: str) -> int:
        number = self._manifest.paths.find(path)
        if number is None:
            raise RefusalError("pack-file-missing", path=shown_name(path))
        return number


def _paths(publication: Publication) -> Iterator[str]:
    cover = (publication.cover,) if publication.cover else ()
    for file in (*publication.files, *publication.captions, *cover):
        yield from file.parts


@contextmanager
def _as_refusal(path: str) -> Iterator[None]:
    """JSON that is none, is nested without end, or has other types than it should."""
    try:
        yield
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise _wrong(path) from exc


def _wrong(path: str) -> RefusalError:
    return RefusalError("pack-feed-wrong", path=shown_name(path))
