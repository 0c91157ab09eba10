# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding in the catalogue: titles first, then text."""

import re
import sqlite3
import zlib
from collections.abc import Collection, Iterable

import msgspec

from appliance.content.catalog_row import titles_of
from appliance.content.item import Kind
from appliance.content.search.hit import Hit
from appliance.content.search.index import PASSAGES_OF_ITEM, Heading
from appliance.content.search.query import Query
from kiwix.snippet import snippet

# How many rows of the index are weighed at most, newest first: a word that half of the library
# has tells nothing, and must not make anybody wait.
MOST_ITEMS = 1000
MOST_PASSAGES = 1000

MOST_RESULTS = 500  # further ones are not looked for: nobody reads so far

_ITEM_WEIGHTS = "10.0, 4.0, 1.5"  # title, about, description
_PASSAGE_WEIGHTS = "0.5, 4.0, 1.0"  # about, chapter, body


class Scope(msgspec.Struct, frozen=True):
    """Which items count: those of one of these languages and kinds; empty means all.

    Attributes:
        item: the id of the only item that counts, or empty.
    """

    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    item: str = ""

    def condition(self, number: str) -> tuple[str, list[str]]:
        """The SQL that joins ``item`` by ``number`` and leaves out what does not count."""
        sql = f"JOIN item ON item.number = {number} AND item.hidden = 0"
        if self.kinds:
            sql += f" AND item.kind IN ({_marks(self.kinds)})"
        if self.languages:
            sql += (
                " AND EXISTS (SELECT 1 FROM item_language WHERE item_language.number = item.number"
                f" AND item_language.language IN ({_marks(self.languages)}))"
            )
        if self.item:
            sql += " AND item.id = ?"
        return sql, [*self.kinds, *self.languages, *([self.item] if self.item else [])]


class Found(msgspec.Struct, frozen=True):
    """A match in the catalogue.

    Attributes:
        number: ``item.number``.
        passage: ``passage.number``, or 0 where the item itself is the match.
    """

    number: int
    passage: int = 0


def find(connection: sqlite3.Connection, query: Query, scope: Scope) -> list[Found]:
    """All items that match, each once, best first.

    An item with every word in its title, authors, subject, collection or description comes before
    an item whose text has the words; of its passages the best is taken. Where only one item counts,
    each of its passages is a match.
    """
    if not query.words:
        return []
    if scope.item:
        passages = _passages(connection, query, scope)
        return [Found(passage // PASSAGES_OF_ITEM, passage) for passage in passages]
    found = [Found(number) for number in _items(connection, query, scope)]
    if len(found) >= MOST_RESULTS:
        return found
    known = {match.number for match in found}
    for passage in _passages(connection, query, scope):
        number = passage // PASSAGES_OF_ITEM
        if number not in known:
            known.add(number)
            found.append(Found(number, passage))
    return found


def _items(connection: sqlite3.Connection, query: Query, scope: Scope) -> Iterable[int]:
    join, values = scope.condition("item_words.rowid")
    rows = connection.execute(
        f"SELECT item_words.rowid, bm25(item_words, {_ITEM_WEIGHTS}) FROM item_words {join}"
        " WHERE item_words MATCH ? ORDER BY item_words.rowid DESC LIMIT ?",
        [*values, query.expression, MOST_ITEMS],
    ).fetchall()
    return _best_first(rows)


def _passages(connection: sqlite3.Connection, query: Query, scope: Scope) -> Iterable[int]:
    join, values = scope.condition(f"passage_words.rowid / {PASSAGES_OF_ITEM}")
    expression = f"{{chapter body}} : ({query.any_word})"
    if len(query.words) > 1:
        # Words of the title count with those of the passage: "physics grade 7 lens".
        expression = f"({expression}) AND {query.expression}"
    rows = connection.execute(
        f"SELECT passage_words.rowid, bm25(passage_words, {_PASSAGE_WEIGHTS})"
        f" FROM passage_words {join}"
        " WHERE passage_words MATCH ? ORDER BY passage_words.rowid DESC LIMIT ?",
        [*values, expression, MOST_PASSAGES],
    ).fetchall()
    return _best_first(rows)


def _best_first(rows: Iterable[tuple[int, float]]) -> list[int]:
    return [row[0] for row in sorted(rows, key=lambda row: (row[1], -row[0]))]


def archives(connection: sqlite3.Connection, scope: Scope) -> list[Hit]:
    """The ZIM archives that count, newest first, each as a hit without a place."""
    join, values = scope.condition("shelved.number")
    rows = connection.execute(
        f"SELECT shelved.id, shelved.title, shelved.languages FROM item AS shelved {join}"
        " WHERE shelved.kind = ? ORDER BY shelved.number DESC",
        [*values, Kind.ZIM],
    )
    return [Hit(row[0], Kind.ZIM, row[1], tuple(row[2].split())) for row in rows]


def describe(connection: sqlite3.Connection, found: Found, pattern: re.Pattern[str]) -> Hit | None:
    """What the page of results shows; None where the item has gone in the meantime."""
    row = connection.execute(
        "SELECT item.id, kind, title, languages, heading, record"
        " FROM item JOIN indexed_item USING (number) WHERE item.number = ?",
        (found.number,),
    ).fetchone()
    if row is None:
        return None
    place, place_title, text = "", "", msgspec.json.decode(row[4], type=Heading).description
    if found.passage:
        passage = connection.execute(
            "SELECT place, title, body FROM passage WHERE number = ?", (found.passage,)
        ).fetchone()
        if passage is None:
            return None
        place, place_title, text = passage[0], passage[1], zlib.decompress(passage[2]).decode()
    return Hit(
        id=row[0],
        kind=Kind(row[1]),
        title=row[2],
        languages=tuple(row[3].split()),
        place=place,
        place_title=place_title,
        segments=snippet(text, pattern),
        titles=titles_of(row[5]),
    )


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))
