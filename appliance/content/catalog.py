# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: the shelf as lists, filters and counts need it."""

import sqlite3
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from appliance.content.catalog_row import Card, card_of, insert, update
from appliance.content.filters import Filters, condition
from appliance.content.item import PARTS, Item, Kind, Passage
from appliance.content.search.index import forget_item, index_item, update_item
from appliance.content.search.reindex import is_current, reindex
from appliance.database import Database
from appliance.errors import UnknownItemError

MIGRATIONS = "appliance.content.migrations"

# What was undone and came again has been its own heir's former.
_HEIR = """
    SELECT item.id FROM item_former JOIN item USING (number)
    WHERE item_former.id = :id AND item.id != :id ORDER BY number DESC LIMIT 1
"""


class Order(StrEnum):
    """In which order a list of items comes."""

    NEWEST = "newest"
    TITLE = "title"


class Facets(msgspec.Struct, frozen=True):
    """How many items each choice of a filter would leave, largest first."""

    kinds: dict[str, int]
    languages: dict[str, int]
    subjects: dict[str, int]
    grades: dict[int, int]
    audiences: dict[str, int]
    collections: dict[str, int]


class Catalog:
    """The catalogue's database."""

    def __init__(self, path: Path) -> None:
        """Open it, and make it where there is none.

        It may lose its last commits in a power cut: ``Shelf.repair`` mends that from the store.
        """
        self.database = Database(path, MIGRATIONS, synchronous="NORMAL")

    def add(self, item: Item, passages: Iterable[Passage] = ()) -> None:
        """Put an item in, or in place of what was known of it, with its text for the search."""
        self.exchange([(item, passages)])

    def exchange(
        self, coming: Iterable[tuple[Item, Iterable[Passage]]], gone: Iterable[str] = ()
    ) -> None:
        """Put items in, with their texts, and take others out, in one moment."""
        with self.database.transaction() as connection:
            for item_id in gone:
                _forget(connection, item_id)
            for item, passages in coming:
                _forget(connection, item.id)
                number = insert(connection, item)
                index_item(connection, number, item, passages)

    def update(self, item: Item) -> None:
        """Take over a changed record; the text for the search stays.

        Raises:
            UnknownItemError: the catalogue has no such item.
        """
        with self.database.transaction() as connection:
            update(connection, item)
            update_item(connection, item)

    def remove(self, *item_ids: str) -> None:
        """Take items out; nothing happens where there is none."""
        self.exchange((), item_ids)

    def refresh_index(self) -> None:
        """Make the search index again, if an update has changed the rules that it is made by."""
        if not is_current(self.database.connection):
            with self.database.transaction() as connection:
                reindex(connection)

    def get(self, item_id: str) -> Item:
        """The item's whole record.

        Raises:
            UnknownItemError: the catalogue has no such item; it tells who took its place.
        """
        # One statement: between two, an undo may bring it back and take its heir away.
        row = self.database.connection.execute(
            f"SELECT (SELECT record FROM item WHERE id = :id) AS record, ({_HEIR}) AS heir",
            {"id": item_id},
        ).fetchone()
        if row["record"] is None:
            raise UnknownItemError(item_id, row["heir"] or "")
        return msgspec.json.decode(row["record"], type=Item)

    def has(self, item_id: str) -> bool:
        """Whether the item is in it."""
        found = self.database.connection.execute("SELECT 1 FROM item WHERE id = ?", (item_id,))
        return found.fetchone() is not None

    def ids(self) -> set[str]:
        """The ids of all items."""
        return set(self.each_id())

    def each_id(self) -> Iterator[str]:
        """As ``ids``, one after the other."""
        return (row["id"] for row in self.database.connection.execute("SELECT id FROM item"))

    def cards(
        self,
        filters: Filters = Filters(),
        *,
        order: Order = Order.NEWEST,
        limit: int = 24,
        offset: int = 0,
        parts_last: bool = False,
    ) -> list[Card]:
        """A page of the items that the filters leave; by ``parts_last`` what stands whole first."""
        where, values = condition(filters)
        sorting = "added DESC, number DESC" if order is Order.NEWEST else "sort_title, number"
        if parts_last:
            sorting = f"kind IN ({','.join('?' * len(PARTS))}), {sorting}"
            values = [*values, *PARTS]
        rows = self.database.connection.execute(
            f"SELECT * FROM item WHERE {where} ORDER BY {sorting} LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return [card_of(row) for row in rows]

    def count(self, filters: Filters = Filters()) -> int:
        """How many items the filters leave."""
        where, values = condition(filters)
        row = self.database.connection.execute(
            f"SELECT count(*) FROM item WHERE {where}",
            values,
        ).fetchone()
        return int(row[0])

    def facets(self, filters: Filters = Filters()) -> Facets:
        """How the items that the filters leave divide."""
        where, values = condition(filters)

        def counts(column: str, source: str = "item") -> dict[str, int]:
            rows = self.database.connection.execute(
                f"SELECT {column}, count(*) AS items FROM {source} WHERE {where}"
                f" AND {column} != '' GROUP BY 1 ORDER BY items DESC, 1",
                values,
            )
            return {row[0]: row["items"] for row in rows}

        grades = counts("grade", "item JOIN item_grade USING (number)")
        return Facets(
            kinds=counts("kind"),
            languages=counts("language", "item JOIN item_language USING (number)"),
            subjects=counts("subject"),
            grades={int(grade): grades[grade] for grade in sorted(grades)},
            audiences=counts("audience", "item JOIN item_audience USING (number)"),
            collections=counts("collection"),
        )

    def by_fingerprint(self, fingerprint: str) -> list[str]:
        """The ids of the items that were made from sources of this fingerprint."""
        rows = self.database.connection.execute(
            "SELECT id FROM item WHERE fingerprint = ?", (fingerprint,)
        )
        return [row["id"] for row in rows]

    def by_name(self, name: str) -> list[Item]:
        """The ZIM archives of this ``Name``, oldest first."""
        rows = self.database.connection.execute(
            "SELECT record FROM item WHERE name = ? AND name != '' ORDER BY date, number", (name,)
        )
        return [msgspec.json.decode(row["record"], type=Item) for row in rows]

    def sources(self) -> list[tuple[str, str]]:
        """For each item its id and the file that it was brought as."""
        rows = self.database.connection.execute(
            "SELECT id, json_extract(CAST(record AS TEXT), '$.source') AS source FROM item"
        )
        return [(row["id"], row["source"] or "") for row in rows]

    def by_identifier(self, identifier: str) -> list[Item]:
        """The items that are this publication of a pack, in whatever edition, oldest first."""
        rows = self.database.connection.execute(
            "SELECT record FROM item WHERE identifier = ? AND identifier != '' ORDER BY number",
            (identifier,),
        )
        return [msgspec.json.decode(row["record"], type=Item) for row in rows]

    def heir(self, item_id: str) -> str:
        """The id of the item that took the place of one that is gone; empty if none did."""
        row = self.database.connection.execute(_HEIR, {"id": item_id}).fetchone()
        return str(row["id"]) if row else ""

    def formers(self) -> dict[str, str]:
        """For each item that is gone, the one that took its place."""
        rows = self.database.connection.execute(
            "SELECT item_former.id, item.id AS heir FROM item_former JOIN item USING (number)"
            " ORDER BY number"
        )
        return {row["id"]: row["heir"] for row in rows}

    def of_kind(self, kind: Kind) -> list[Item]:
        """The records of all items of one kind, hidden ones too."""
        rows = self.database.connection.execute(
            "SELECT record FROM item WHERE kind = ? ORDER BY number", (kind,)
        )
        return [msgspec.json.decode(row["record"], type=Item) for row in rows]


def open_catalog(path: Path) -> Catalog:
    """Open the catalogue; a damaged one is set aside, for it can be made again from the store."""
    try:
        return Catalog(path)
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.OperationalError):
            raise  # busy or out of space: nothing wrong with the file itself
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return Catalog(path)


def _forget(connection: sqlite3.Connection, item_id: str) -> None:
    forget_item(connection, item_id)
    connection.execute("DELETE FROM item WHERE id = ?", (item_id,))
