# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters: which items of the shelf are meant."""

import msgspec

from appliance.content.item import Audience, Kind
from appliance.content.search.query import parse

_MATCHES = "number IN (SELECT rowid FROM item_words WHERE item_words MATCH ?)"


class Filters(msgspec.Struct, frozen=True):
    """Which items of the shelf are meant; an empty value means any.

    Attributes:
        languages: any of these.
        hidden: true: with hidden items; false: what students see.
        only_hidden: nothing but what students do not see; needs ``hidden``.
        words: as typed, found as the search finds them in titles and descriptions, for the lists
            of staff, who also look for what is hidden.
    """

    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    subject: str = ""
    grade: int | None = None
    audience: Audience | None = None
    collection: str = ""
    featured: bool = False
    hidden: bool = False
    only_hidden: bool = False
    words: str = ""


def condition(filters: Filters) -> tuple[str, list[object]]:
    """The condition in SQL, and the values for its placeholders."""
    clauses: list[str] = ["1"] if filters.hidden else ["hidden = 0"]
    values: list[object] = []
    for column, wanted in (("kind", filters.kinds), ("language", filters.languages)):
        if wanted:
            marks = ",".join("?" * len(wanted))
            inside = (
                f"kind IN ({marks})"
                if column == "kind"
                else f"number IN (SELECT number FROM item_language WHERE language IN ({marks}))"
            )
            clauses.append(inside)
            values.extend(wanted)
    for clause, value in (
        ("subject = ?", filters.subject),
        ("collection = ?", filters.collection),
        ("number IN (SELECT number FROM item_grade WHERE grade = ?)", filters.grade),
        ("number IN (SELECT number FROM item_audience WHERE audience = ?)", filters.audience),
        (_MATCHES, parse(filters.words, typing=True).expression),
        # Signs alone are no words for the search, but may stand in a title.
        ("instr(sort_title, ?) > 0", _signs(filters.words)),
        ("featured = ?", 1 if filters.featured else None),
        ("hidden = ?", 1 if filters.only_hidden else None),
    ):
        if value not in ("", None):
            clauses.append(clause)
            values.append(value)
    return " AND ".join(clauses), values


def _signs(words: str) -> str:
    """What was typed, if the search sees no word in it."""
    text = words.strip().casefold()
    return "" if parse(text, typing=True).words else text
