# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles of the catalogue that fit what is being typed."""

import sqlite3

from appliance.content.search.fold import fold
from appliance.content.search.hit import Suggestion
from appliance.content.search.query import parse

_MOST_TITLES = 400  # weighed at most, newest first


def suggest(connection: sqlite3.Connection, typed: str, limit: int) -> list[Suggestion]:
    """Titles with all the words typed, the last of which may be unfinished.

    Titles that begin with what was typed come first, then short ones before long ones.
    """
    query = parse(typed, typing=True)
    if not query.words:
        return []
    rows = connection.execute(
        "SELECT item.id, item.title FROM item_words"
        " JOIN item ON item.number = item_words.rowid AND item.hidden = 0"
        " WHERE item_words MATCH ? ORDER BY item_words.rowid DESC LIMIT ?",
        (f"{{title}} : ({query.expression})", _MOST_TITLES),
    ).fetchall()
    begin = fold(typed).strip()
    found = sorted(rows, key=lambda row: (not fold(row[1]).startswith(begin), len(row[1])))
    return [Suggestion(title=row[1], id=row[0]) for row in found[:limit]]
