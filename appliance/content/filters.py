# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters: which items of the shelf are meant."""

import msgspec

from appliance.content.item import Audience, Kind


class Filters(msgspec.Struct, frozen=True):
    """Which items of the shelf are meant; an empty value means any.

    Attributes:
        languages: any of these.
        hidden: true: with hidden items; false: what students see.
        words: letters that the title holds, for staff's short lists (students have the search).
    """

    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    subject: str = ""
    grade: int | None = None
    audience: Audience | None = None
    collection: str = ""
    featured: bool = False
    hidden: bool = False
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
        ("instr(sort_title, ?) > 0", filters.words.casefold()),
        ("featured = ?", 1 if filters.featured else None),
    ):
        if value not in ("", None):
            clauses.append(clause)
            values.append(value)
    return " AND ".join(clauses), values
