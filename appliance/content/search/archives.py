# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding inside the ZIM archives of the shelf, with the search process's help."""

import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from appliance.content.search.hit import Hit
from appliance.content.search.query import Query
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
        patterns = [re.compile(word.pattern, re.IGNORECASE) for word in query.words]
        ranked = [
            [_hit(shelf[found.id], entry) for entry in _titles_first(found.entries, patterns)]
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

    def with_excerpts(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """These hits with the text around the match."""
        places = [(hit.id, hit.place) for hit in hits]
        excerpts = self._client.excerpts(query.pattern, places)
        return [
            msgspec.structs.replace(hit, segments=segments)
            for hit, segments in zip(hits, excerpts, strict=True)
        ]


def _words(query: Query) -> list[Word]:
    return [Word(word.typed, word.spellings, word.stems) for word in query.words]


def _targets(archives: Sequence[Hit]) -> list[Target]:
    # An archive that does not tell its language may be Tajik.
    return [
        Target(archive.id, tajik=not archive.languages or "tg" in archive.languages)
        for archive in archives
    ]


def _hit(archive: Hit, entry: Entry) -> Hit:
    return msgspec.structs.replace(archive, place=entry.path, place_title=entry.title)


def _titles_first(entries: Sequence[Entry], patterns: Sequence[re.Pattern[str]]) -> list[Entry]:
    best = sorted(
        entries[:_TITLES_FIRST],
        key=lambda entry: not all(pattern.search(entry.title) for pattern in patterns),
    )
    return [*best, *entries[_TITLES_FIRST:]]


def _in_turn(ranked: Iterable[Sequence[Hit]]) -> Iterable[Hit]:
    rows = itertools.zip_longest(*ranked)
    return (hit for row in rows for hit in row if hit is not None)
