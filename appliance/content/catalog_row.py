# SPDX-License-Identifier: GPL-3.0-or-later
"""How an item is written into the catalogue's tables, and a card read from them."""

import sqlite3

import msgspec

from appliance.content.item import Item, Kind
from appliance.errors import UnknownItemError


class Card(msgspec.Struct, frozen=True):
    """What a list shows of an item; the fields mean what they mean in ``Item``."""

    id: str
    kind: Kind
    title: str
    authors: tuple[str, ...]
    languages: tuple[str, ...]
    subject: str
    collection: str
    cover: str
    size: int
    added: str
    hidden: bool
    featured: bool
    titles: dict[str, str] = {}

    def title_in(self, language: str) -> str:
        """As ``Item.title_in``."""
        return self.titles.get(language) or self.title


class _Title(msgspec.Struct, frozen=True):
    title: str = ""


class _Titles(msgspec.Struct, frozen=True):
    """What of a record says which titles an item has."""

    metadata: _Title = _Title()
    edited: _Title | None = None
    titles: dict[str, str] = {}


def card_of(row: sqlite3.Row) -> Card:
    """What a list shows of a row."""
    return Card(
        id=row["id"],
        kind=Kind(row["kind"]),
        title=row["title"],
        authors=tuple(filter(None, row["authors"].split("\n"))),
        languages=tuple(row["languages"].split()),
        subject=row["subject"],
        collection=row["collection"],
        cover=row["cover"],
        size=row["size"],
        added=row["added"],
        hidden=bool(row["hidden"]),
        featured=bool(row["featured"]),
        titles=titles_of(row["record"]),
    )


def titles_of(record: bytes) -> dict[str, str]:
    """The titles by language; few items have them, and only those are parsed."""
    if b'"titles":{' not in record:
        return {}
    found = msgspec.json.decode(record, type=_Titles)
    renamed = found.edited is not None and found.edited.title != found.metadata.title
    return {} if renamed else found.titles


def _row(item: Item) -> dict[str, object]:
    metadata = item.shown
    return {
        "id": item.id,
        "kind": item.kind,
        "title": metadata.title,
        "sort_title": metadata.title.casefold(),
        "authors": "\n".join(metadata.authors),
        "languages": " ".join(metadata.languages),
        "date": metadata.date,
        "subject": metadata.subject,
        "collection": metadata.collection,
        "cover": item.cover,
        "size": item.size,
        "added": item.added,
        "hidden": item.hidden,
        "featured": item.featured,
        "name": item.details.name,
        "fingerprint": item.fingerprint,
        "identifier": item.edition.identifier if item.edition else "",
        "record": msgspec.json.encode(item),
    }


_COLUMNS = (
    "id",
    "kind",
    "title",
    "sort_title",
    "authors",
    "languages",
    "date",
    "subject",
    "collection",
    "cover",
    "size",
    "added",
    "hidden",
    "featured",
    "name",
    "fingerprint",
    "identifier",
    "record",
)
_INSERT = f"INSERT INTO item ({', '.join(_COLUMNS)}) VALUES (:{', :'.join(_COLUMNS)})"
_UPDATE = (
    f"UPDATE item SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)} WHERE number = :number"
)


def insert(connection: sqlite3.Connection, item: Item) -> int:
    """Write an item that the table lacks; its number."""
    number = connection.execute(_INSERT, _row(item)).lastrowid
    assert number is not None  # noqa: S101 - an INSERT always has one
    _put_choices(connection, number, item)
    return number


def update(connection: sqlite3.Connection, item: Item) -> None:
    """Write an item over what the table has of it.

    Raises:
        UnknownItemError: the table has nothing of it.
    """
    number = number_of(connection, item.id)
    connection.execute(_UPDATE, {**_row(item), "number": number})
    for column in (*_CHOICES, "former"):
        connection.execute(f"DELETE FROM item_{column} WHERE number = ?", (number,))
    _put_choices(connection, number, item)


_CHOICES = ("language", "grade", "audience")
"""Of which an item may have several."""


def _put_choices(connection: sqlite3.Connection, number: int, item: Item) -> None:
    """Write the values of which an item may have several, where there are none of it."""
    metadata = item.shown
    values = (metadata.languages, metadata.grades, metadata.audiences)
    for column, chosen in zip(_CHOICES, values, strict=True):
        connection.executemany(
            f"INSERT OR IGNORE INTO item_{column} (number, {column}) VALUES (?, ?)",
            [(number, value) for value in chosen],
        )
    connection.executemany(
        "INSERT OR IGNORE INTO item_former (id, number) VALUES (?, ?)",
        [(former, number) for former in item.former],
    )


def number_of(connection: sqlite3.Connection, item_id: str) -> int:
    """The row number of an item.

    Raises:
        UnknownItemError: the table has no such item.
    """
    row = connection.execute("SELECT number FROM item WHERE id = ?", (item_id,)).fetchone()
    if row is None:
        raise UnknownItemError(item_id)
    return int(row["number"])
