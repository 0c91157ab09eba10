# SPDX-License-Identifier: GPL-3.0-or-later
"""Did you mean: the words of the library nearest to words that it does not have."""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from appliance.content.search.query import Query, Word
from appliance.content.search.terms import SHORTEST
from appliance.late_module import LateModule

if TYPE_CHECKING:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA
else:
    # Fifty modules, for words that nobody has written anywhere.
    process, OSA = LateModule("rapidfuzz.process"), LateModule("rapidfuzz.distance.OSA")

_LONG = 6  # letters from which two mistakes are forgiven
_CHOICES = 20
_LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюяabcdefghijklmnopqrstuvwxyz"  # as folding leaves them
_AFTER = "\U0010ffff"


class Dictionary(Protocol):
    """Words that the catalogue does not know, as those inside archives."""

    def has(self, word: Word) -> bool:
        """Whether it has this word."""

    def nearest(self, word: Word) -> str:
        """The word nearest to one that it does not have, or empty."""


def correct(connection: sqlite3.Connection, query: Query, dictionary: Dictionary) -> str:
    """The query with each unknown word replaced by the nearest word of the library.

    Words come in the spelling of the library ("ҳуқуқ"), not folded. Empty where no word needs
    or has a replacement.
    """
    found = [_corrected(connection, word, dictionary) for word in query.words]
    if all(new == word.typed for new, word in zip(found, query.words, strict=True)):
        return ""
    return " ".join(found)


def _corrected(connection: sqlite3.Connection, word: Word, dictionary: Dictionary) -> str:
    if word.whole or _known(connection, word) or dictionary.has(word):
        return word.typed
    long_enough = [spelling for spelling in word.spellings if len(spelling) >= SHORTEST]
    if not long_enough:
        return word.typed
    for spelling in long_enough:
        if near := _nearest(connection, spelling):
            return near
    return dictionary.nearest(word) or word.typed


def _known(connection: sqlite3.Connection, word: Word) -> bool:
    return any(
        connection.execute(sql, (word.expression,)).fetchone()
        for sql in (
            "SELECT 1 FROM item_words WHERE item_words MATCH ? LIMIT 1",
            "SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT 1",
        )
    )


def _nearest(connection: sqlite3.Connection, spelling: str) -> str:
    """The word of the library that takes fewest typing mistakes; the commonest of those."""
    mistakes = 2 if len(spelling) >= _LONG else 1
    words = dict(_alike(connection, spelling))
    found = process.extract(
        spelling, list(words), scorer=OSA.distance, score_cutoff=mistakes, limit=_CHOICES
    )
    choices = ((distance, -_items(connection, word), word) for word, distance, _ in found)
    _, _, best = min((choice for choice in choices if choice[1]), default=(0, 0, ""))
    return words.get(best, "")


def _alike(connection: sqlite3.Connection, spelling: str) -> Iterable[tuple[str, str]]:
    """Words with the same first letter, and those that differ from the spelling only in theirs."""
    begin, rest = spelling[0], spelling[1:]
    yield from connection.execute(
        "SELECT folded, written FROM word WHERE folded BETWEEN ? AND ?"
        " AND abs(length(folded) - ?) <= 2",
        (begin, begin + _AFTER, len(spelling)),
    )
    others = [rest, rest[0] + begin + rest[1:]]
    others += [letter + tail for letter in _LETTERS for tail in (rest, spelling)]
    for other in others:
        yield from connection.execute("SELECT folded, written FROM word WHERE folded = ?", (other,))


def _items(connection: sqlite3.Connection, word: str) -> int:
    """About how often the library has a word."""
    counts = connection.execute(
        "SELECT doc FROM item_vocabulary WHERE term = ?1"
        " UNION ALL SELECT doc FROM passage_vocabulary WHERE term = ?1",
        (word,),
    )
    return sum(count for (count,) in counts)
