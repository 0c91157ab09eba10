# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding inside the ZIM archives of the shelf, with the search process's help."""

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from appliance.content.search.hit import Hit
from appliance.content.search.query import Query
from appliance.content.search.query import Word as QueryWord
from kiwix.search_client import SearchClient
from kiwix.search_protocol import Entry, Target, Word

_TITLES_FIRST = 10  # of the best entries of an archive, those whose title matches come first


class Inside(msgspec.Struct, frozen=True):
    """What was found inside archives, in the order in which it is shown.

    Attributes:
        estimate: how much there is in all.
        partial: an archive did not answer in time.
    """

    hits: tuple[Hit, ...] = ()
    estimate: int = 0
    partial: bool = False


class Archives:
    """The searches inside archives."""

    def __init__(self, socket: Path) -> None:
        """Ask the search process at ``socket``, which need not be there."""
        self._client = SearchClient(socket)

    def find(self, query: Query, archives: Sequence[Hit], limit: int) -> Inside:
        """Entries of these archives that have every word: the best of each, then the second..."""
        reply = self._client.search(_words(query), _targets(archives), limit)
        shelf = {archive.id: archive for archive in archives}
        ranked = [
            [_hit(shelf[found.id], entry) for entry in _titles_first(found.entries, query)]
            for found in reply.found
            if found.id in shelf
        ]
        return Inside(
            hits=tuple(_in_turn(ranked)),
            estimate=sum(found.estimate for found in reply.found),
            partial=bool(reply.missing),
        )

    def suggest(self, query: Query, archives: Sequence[Hit], limit: int) -> list[Hit]:
        """Entries whose title fits what is being typed, each title of an archive once."""
        reply = self._client.suggest(_words(query), _targets(archives), limit)
        shelf = {archive.id: archive for archive in archives}
        ranked = [
            [_hit(shelf[found.id], entry) for entry in found.entries]
            for found in reply.found
            if found.id in shelf
        ]
        titles: dict[tuple[str, str], Hit] = {}
        for hit in _in_turn(ranked):
            titles.setdefault((hit.id, hit.place_title), hit)
        return list(itertools.islice(titles.values(), limit))

    def dictionary(self, archives: Sequence[Hit]) -> "ArchiveWords":
        """The words of these archives."""
        return ArchiveWords(self._client, _targets(archives))

    def with_excerpts(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """These hits with the text around the match."""
        places = [(hit.id, hit.place) for hit in hits]
        excerpts = self._client.excerpts(query.pattern, places)
        return [
            msgspec.structs.replace(hit, segments=segments)
            for hit, segments in zip(hits, excerpts, strict=True)
        ]


class ArchiveWords:
    """The words inside some archives, for correcting what was mistyped."""

    def __init__(self, client: SearchClient, targets: Sequence[Target]) -> None:
        """Ask ``client`` about ``targets``."""
        self._client = client
        self._targets = targets

    def has(self, word: QueryWord) -> bool:
        """Whether an archive has this word."""
        reply = self._client.search([_word(word)], self._targets, 0)
        return any(found.estimate for found in reply.found)

    def nearest(self, word: QueryWord) -> str:
        """A word of the archives one mistake away, or empty."""
        return self._client.nearest(_word(word), self._targets)


def _words(query: Query) -> list[Word]:
    return [_word(word) for word in query.words]


def _word(word: QueryWord) -> Word:
    return Word(word.typed, word.spellings, word.stems)


def _targets(archives: Sequence[Hit]) -> list[Target]:
    # An archive that does not tell its language may be Tajik.
    return [
        Target(archive.id, tajik=not archive.languages or "tg" in archive.languages)
        for archive in archives
    ]


def _hit(archive: Hit, entry: Entry) -> Hit:
    return msgspec.structs.replace(archive, place=entry.path, place_title=entry.title)


def _titles_first(entries: Sequence[Entry], query: Query) -> list[Entry]:
    best = sorted(entries[:_TITLES_FIRST], key=lambda entry: not query.describes(entry.title))
    return [*best, *entries[_TITLES_FIRST:]]


def _in_turn(ranked: Iterable[Sequence[Hit]]) -> Iterable[Hit]:
    rows = itertools.zip_longest(*ranked)
    return (hit for row in rows for hit in row if hit is not None)
