# SPDX-License-Identifier: GPL-3.0-or-later
"""One search over everything: what the portal and the command line ask.

The order of results: two of the catalogue, then one from inside an archive, and so on; when one of
them has no more, the other goes on. In the catalogue, what matches by its title comes before what
matches by its text; the archives take turns. So a page shows books and articles, and several
languages, side by side.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from appliance.content.item import Kind
from appliance.content.search.archives import Archives
from appliance.content.search.correction import correct
from appliance.content.search.hit import Hit, Results, Suggestion
from appliance.content.search.query import Query, parse
from appliance.content.search.shelf import MOST_RESULTS, Found, Scope, archives, describe, find
from appliance.content.search.suggestion import suggest
from appliance.database import Database

_SHELF_IN_TURN = 2
_SHORTEST = 2  # letters from which titles inside archives are suggested


class Search:
    """The search over the catalogue and inside its archives."""

    def __init__(self, database: Database, socket: Path) -> None:
        """Search what ``database``, the catalogue's, knows.

        Args:
            database: ``Catalog.database``.
            socket: where the search inside archives answers, ``Config.search_socket``; while
                nothing listens there, results are partial.
        """
        self._database = database
        self._archives = Archives(socket)

    def search(
        self,
        text: str,
        *,
        languages: Iterable[str] = (),
        kinds: Iterable[Kind] = (),
        within: str = "",
        offset: int = 0,
        limit: int = 20,
    ) -> Results:
        """A page of what is found for the words that a person typed, whatever they are.

        Args:
            text: as typed.
            languages: codes as in ``Metadata.languages``; only items in one of them; empty: all.
            kinds: only items of one of them; empty: all.
            within: the id of the only item to search in; empty: all.
            offset: how many results to leave out at the beginning.
            limit: how many results at most.
        """
        query = parse(text)
        if not query.words:
            return Results()
        connection = self._database.connection
        scope = Scope(tuple(languages), tuple(kinds), within)
        end = min(offset + limit, MOST_RESULTS)
        found = find(connection, query, scope)
        shelf = archives(connection, scope)
        inside = self._archives.find(query, shelf, max(end, limit))
        if not found and not inside.hits:
            meant = correct(connection, query, self._archives.dictionary(shelf))
            return Results(did_you_mean=meant, partial=inside.partial)
        page = list(itertools.islice(_merged(found, inside.hits), offset, end))
        return Results(
            hits=tuple(self._described(connection, query, page)),
            total_estimate=len(found) + inside.estimate,
            partial=inside.partial,
        )

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles that fit what is being typed, of items and inside archives."""
        connection = self._database.connection
        titles = suggest(connection, typed, limit)
        inside: list[Hit] = []
        if len(typed.strip()) >= _SHORTEST:
            query = parse(typed, typing=True)
            inside = self._archives.suggest(query, archives(connection, Scope()), limit)
        entries = [Suggestion(title=hit.place_title, id=hit.id, place=hit.place) for hit in inside]
        first = titles[: max(limit - len(entries), limit // 2)]
        return tuple([*first, *entries, *titles[len(first) :]][:limit])

    def _described(
        self, connection: sqlite3.Connection, query: Query, page: Sequence[Found | Hit]
    ) -> Iterator[Hit]:
        pattern = re.compile(query.pattern)
        inside = [match for match in page if isinstance(match, Hit)]
        excerpts = iter(self._archives.with_excerpts(query, inside))
        for match in page:
            hit = next(excerpts) if isinstance(match, Hit) else describe(connection, match, pattern)
            if hit is not None:
                yield hit


def _merged(shelf: Sequence[Found], inside: Sequence[Hit]) -> Iterator[Found | Hit]:
    shelf_left, inside_left = iter(shelf), iter(inside)
    for _ in range(len(shelf) + len(inside)):
        yield from itertools.islice(shelf_left, _SHELF_IN_TURN)
        yield from itertools.islice(inside_left, 1)
