# SPDX-License-Identifier: GPL-3.0-or-later
"""The search index of the catalogue: how items go into it and out of it.

Every function works inside the caller's transaction.
"""

import itertools
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

import msgspec

from appliance.content.catalog_row import number_of
from appliance.content.item import Item, Passage
from appliance.content.search.terms import spelled_words, terms
from appliance.content.subject import SUBJECTS
from appliance.language import UI_LANGUAGES, translations

_GRADE = ("синф", "класс", "grade")
PASSAGES_OF_ITEM = 1 << 20  # row numbers kept for the passages of one item


class Heading(msgspec.Struct, frozen=True):
    """What is said about an item, as its index rows were made from it."""

    title: str
    about: str
    description: str
    tajik: bool


def index_item(
    connection: sqlite3.Connection, number: int, item: Item, passages: Iterable[Passage] = ()
) -> None:
    """Put an item into the index, which holds nothing of it; ``number`` is that of its row."""
    heading = _heading(item)
    _put_heading(connection, number, item.id, heading)
    for row, passage in enumerate(itertools.islice(passages, PASSAGES_OF_ITEM)):
        place_number = number * PASSAGES_OF_ITEM + row
        connection.execute(
            "INSERT INTO passage (number, place, title, body) VALUES (?, ?, ?, ?)",
            (place_number, passage.place, passage.title, zlib.compress(passage.text.encode())),
        )
        _put_passage(connection, place_number, heading, passage)


def update_item(connection: sqlite3.Connection, item: Item) -> None:
    """Index what is said about an item anew; its passages stay.

    Raises:
        UnknownItemError: table ``item`` has no such item.
    """
    number = number_of(connection, item.id)
    old, new = _indexed_heading(connection, number), _heading(item)
    if old == new:
        return
    if old is not None:
        _delete_heading(connection, number, old)
    _put_heading(connection, number, item.id, new)
    if old is None or (old.about, old.title, old.tajik) == (new.about, new.title, new.tajik):
        return
    for place_number, passage in _passages(connection, number):
        _delete_passage(connection, place_number, old, passage)
        _put_passage(connection, place_number, new, passage)


def index_again(connection: sqlite3.Connection, item: Item) -> None:
    """Put an item and its passages into an index that was emptied, and kept the passages' text."""
    number = number_of(connection, item.id)
    heading = _heading(item)
    _put_heading(connection, number, item.id, heading)
    for place_number, passage in _passages(connection, number):
        _put_passage(connection, place_number, heading, passage)


def forget_item(connection: sqlite3.Connection, item_id: str) -> None:
    """Take an item out of the index; nothing happens where it is not in it."""
    row = connection.execute("SELECT number FROM indexed_item WHERE id = ?", (item_id,)).fetchone()
    if row is None:
        return
    number = int(row[0])
    heading = _indexed_heading(connection, number)
    if heading is not None:
        _delete_heading(connection, number, heading)
        for place_number, passage in _passages(connection, number):
            _delete_passage(connection, place_number, heading, passage)
    connection.execute("DELETE FROM passage WHERE number BETWEEN ? AND ?", _rows(number))


def _rows(number: int) -> tuple[int, int]:
    first = number * PASSAGES_OF_ITEM
    return first, first + PASSAGES_OF_ITEM - 1


def _heading(item: Item) -> Heading:
    shown = item.shown
    return Heading(
        title=" ".join(dict.fromkeys((shown.title, *item.titles.values()))),
        about=" ".join(
            (*shown.authors, *_names(shown.subject), shown.collection, *_grades(shown.grades))
        ),
        description=shown.description,
        tajik="tg" in shown.languages or not shown.languages,
    )


def _names(subject: str) -> list[str]:
    """A subject in every language of the box."""
    message = SUBJECTS.get(subject, "")
    if not message:
        return [subject]
    return [translations(language).gettext(message) for language in UI_LANGUAGES]


def _grades(grades: tuple[int, ...]) -> list[str]:
    """School grades as people ask for them: "7 синф"."""
    return [*map(str, grades), *_GRADE] if grades else []


def _indexed_heading(connection: sqlite3.Connection, number: int) -> Heading | None:
    row = connection.execute(
        "SELECT heading FROM indexed_item WHERE number = ?", (number,)
    ).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Heading)


def _passages(connection: sqlite3.Connection, number: int) -> Iterator[tuple[int, Passage]]:
    rows = connection.execute(
        "SELECT number, place, title, body FROM passage WHERE number BETWEEN ? AND ?",
        _rows(number),
    )
    for place_number, place, title, body in rows:
        yield place_number, Passage(place, zlib.decompress(body).decode(), title)


def _put_heading(
    connection: sqlite3.Connection, number: int, item_id: str, heading: Heading
) -> None:
    connection.execute(
        "INSERT INTO indexed_item (number, id, heading) VALUES (?, ?, ?)",
        (number, item_id, msgspec.json.encode(heading)),
    )
    connection.execute(
        "INSERT INTO item_words (rowid, title, about, description) VALUES (?, ?, ?, ?)",
        (number, *_heading_terms(heading)),
    )
    _put_words(connection, f"{heading.title} {heading.about} {heading.description}")


def _delete_heading(connection: sqlite3.Connection, number: int, heading: Heading) -> None:
    connection.execute("DELETE FROM indexed_item WHERE number = ?", (number,))
    connection.execute(
        "INSERT INTO item_words (item_words, rowid, title, about, description)"
        " VALUES ('delete', ?, ?, ?, ?)",
        (number, *_heading_terms(heading)),
    )


def _heading_terms(heading: Heading) -> tuple[str, str, str]:
    return (
        terms(heading.title, tajik=heading.tajik),
        terms(heading.about, tajik=heading.tajik),
        terms(heading.description, tajik=heading.tajik),
    )


def _put_words(connection: sqlite3.Connection, text: str) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO word (folded, written) VALUES (?, ?)", spelled_words(text)
    )


def _put_passage(
    connection: sqlite3.Connection, number: int, heading: Heading, passage: Passage
) -> None:
    connection.execute(
        "INSERT INTO passage_words (rowid, about, chapter, body) VALUES (?, ?, ?, ?)",
        (number, *_passage_terms(heading, passage)),
    )
    _put_words(connection, f"{passage.title} {passage.text}")


def _delete_passage(
    connection: sqlite3.Connection, number: int, heading: Heading, passage: Passage
) -> None:
    connection.execute(
        "INSERT INTO passage_words (passage_words, rowid, about, chapter, body)"
        " VALUES ('delete', ?, ?, ?, ?)",
        (number, *_passage_terms(heading, passage)),
    )


def _passage_terms(heading: Heading, passage: Passage) -> tuple[str, str, str]:
    return (
        terms(f"{heading.title} {heading.about}", tajik=heading.tajik),
        terms(passage.title, tajik=heading.tajik),
        terms(passage.text, tajik=heading.tajik),
    )
