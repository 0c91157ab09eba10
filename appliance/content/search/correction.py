# SPDX-License-Identifier: GPL-3.0-or-later
"""Did you mean: the words of the library nearest to words that it does not have."""

import sqlite3
import zlib

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from appliance.content.search.fold import words
from appliance.content.search.index import Heading
from appliance.content.search.query import Query, Word
from appliance.content.search.terms import STEM, plain

_SHORTEST = 3  # letters of a word worth correcting
_LONG = 6  # letters from which two mistakes are forgiven
_CHOICES = 20


def correct(connection: sqlite3.Connection, query: Query) -> str:
    """The query with each unknown word replaced by the nearest word of the library.

    Words come in the spelling of the library ("ҳуқуқ"), not folded. Empty where no word needs
    or has a replacement.
    """
    found = [_corrected(connection, word) for word in query.words]
    if all(new == word.typed for new, word in zip(found, query.words, strict=True)):
        return ""
    return " ".join(found)


def _corrected(connection: sqlite3.Connection, word: Word) -> str:
    if _known(connection, word) or word.whole:
        return word.typed
    for spelling in word.spellings:
        if len(spelling) >= _SHORTEST and (near := _nearest(connection, spelling)):
            return _as_written(connection, near) or word.typed
    return word.typed


def _known(connection: sqlite3.Connection, word: Word) -> bool:
    return any(
        connection.execute(sql, (word.expression,)).fetchone()
        for sql in (
            "SELECT 1 FROM item_words WHERE item_words MATCH ? LIMIT 1",
            "SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT 1",
        )
    )


def _nearest(connection: sqlite3.Connection, spelling: str) -> str:
    """The folded word of the library that takes fewest typing mistakes; the commonest of those."""
    mistakes = 2 if len(spelling) >= _LONG else 1
    # Words of headings from anywhere in the alphabet, words of texts with the same first letter:
    # texts have too many to look at all.
    terms: dict[str, int] = dict(
        connection.execute("SELECT term, doc FROM item_vocabulary WHERE term < ?", (STEM,))
    )
    begin = spelling[0]
    for term, documents in connection.execute(
        "SELECT term, doc FROM passage_vocabulary WHERE term >= ? AND term < ?",
        (begin, begin + STEM),
    ):
        terms[term] = terms.get(term, 0) + documents
    found = process.extract(
        spelling, list(terms), scorer=OSA.distance, score_cutoff=mistakes, limit=_CHOICES
    )
    return str(min(found, key=lambda choice: (choice[1], -terms[choice[0]]), default=("", 0, 0))[0])


def _as_written(connection: sqlite3.Connection, term: str) -> str:
    """A folded word as some title or text of the library writes it."""
    for sql in (
        "SELECT heading, NULL FROM item_words JOIN indexed_item"
        " ON indexed_item.number = item_words.rowid WHERE item_words MATCH ? LIMIT 1",
        "SELECT NULL, passage.body FROM passage_words JOIN passage"
        " ON passage.number = passage_words.rowid"
        " WHERE passage_words MATCH '{body} : ' || ? LIMIT 1",
    ):
        for heading, body in connection.execute(sql, (f'"{term}"',)):
            text = zlib.decompress(body).decode() if heading is None else _heading_text(heading)
            for match in words(text):
                if plain(match[0]) == term:
                    return match[0].lower()
    return ""


def _heading_text(heading: bytes) -> str:
    said = msgspec.json.decode(heading, type=Heading)
    return f"{said.title} {said.about} {said.description}"
