# SPDX-License-Identifier: GPL-3.0-or-later
"""Making the search index again, when an update has changed how words are folded or stemmed."""

import sqlite3

import msgspec
import Stemmer

from appliance.content.item import Item
from appliance.content.search.index import index_again

# To be counted up with every change of what goes into the index.
_RULES = 2
VERSION = f"{_RULES} snowball {Stemmer.version()}"


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by the rules of this program."""
    row = connection.execute("SELECT version FROM index_version").fetchone()
    return row is not None and row[0] == VERSION


def reindex(connection: sqlite3.Connection) -> None:
    """Make the index again from the catalogue's own tables, inside the caller's transaction.

    Takes about as long as an index of the same size took when it was first made; searches go on
    meanwhile with the old one.
    """
    for statement in (
        "INSERT INTO item_words (item_words) VALUES ('delete-all')",
        "INSERT INTO passage_words (passage_words) VALUES ('delete-all')",
        "DELETE FROM indexed_item",
        "DELETE FROM word",
        "DELETE FROM index_version",
    ):
        connection.execute(statement)
    for (record,) in connection.execute("SELECT record FROM item ORDER BY number").fetchall():
        index_again(connection, msgspec.json.decode(record, type=Item))
    connection.execute("INSERT INTO index_version (version) VALUES (?)", (VERSION,))
