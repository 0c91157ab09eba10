# SPDX-License-Identifier: GPL-3.0-or-later
"""One search over everything: what the portal and the command line ask."""

import re
from collections.abc import Iterable
from pathlib import Path

from appliance.content.item import Kind
from appliance.content.search.correction import correct
from appliance.content.search.hit import Results, Suggestion
from appliance.content.search.query import parse
from appliance.content.search.shelf import Scope, describe, find
from appliance.content.search.suggestion import suggest
from appliance.database import Database


class Search:
    """The search over the catalogue and inside its archives."""

    def __init__(self, database: Database, socket: Path) -> None:
        """Search what ``database``, the catalogue's, knows.

        Args:
            database: ``Catalog.database``.
            socket: where the search inside archives answers, ``Config.search_socket``; nothing
                need be listening.
        """
        self._database = database
        self._socket = socket

    def search(
        self,
        text: str,
        *,
        languages: Iterable[str] = (),
        kinds: Iterable[Kind] = (),
        offset: int = 0,
        limit: int = 20,
    ) -> Results:
        """A page of what is found for the words that a person typed, whatever they are.

        Args:
            text: as typed.
            languages: codes as in ``Metadata.languages``; only items in one of them; empty: all.
            kinds: only items of one of them; empty: all.
            offset: how many results to leave out at the beginning.
            limit: how many results at most.
        """
        query = parse(text)
        connection = self._database.connection
        scope = Scope(tuple(languages), tuple(kinds))
        found = find(connection, query, scope)
        if not found:
            return Results(did_you_mean=correct(connection, query))
        pattern = re.compile(query.pattern, re.IGNORECASE)
        hits = (describe(connection, match, pattern) for match in found[offset : offset + limit])
        return Results(
            hits=tuple(hit for hit in hits if hit is not None), total_estimate=len(found)
        )

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles that fit what is being typed."""
        return tuple(suggest(self._database.connection, typed, limit))
