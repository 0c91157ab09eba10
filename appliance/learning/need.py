# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is stuck, and on what."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from appliance.learning.home_origin import owners
from appliance.learning.person import Person
from appliance.learning.state import LearningState

_STUCK = "FROM progress WHERE state = ? AND person_id IN (SELECT value FROM json_each(?))"


class Need(msgspec.Struct, frozen=True):
    """Somebody who needs help with an item.

    Attributes:
        questions: ids of those that were answered wrongly in the last try, as often as they were.
        since: when it was touched last; UTC.
        clock_sure: the clock was right then.
        at_home: the last try was made at home.
    """

    person: Person
    item_id: str
    questions: tuple[str, ...]
    since: str
    clock_sure: bool
    at_home: bool


def count_needs(connection: sqlite3.Connection, people: Iterable[Person]) -> int:
    """How often one of these needs help with something."""
    row = connection.execute(f"SELECT count(*) {_STUCK}", _stuck(people)).fetchone()
    return int(row[0])


def needs(
    connection: sqlite3.Connection, people: Sequence[Person], *, offset: int, limit: int
) -> list[Need]:
    """Who of these needs help with what, the longest waiting first; so many after the first ones.

    Three statements, however many they are.
    """
    by_id = {person.id: person for person in people}
    rows = connection.execute(
        "SELECT person_id, item_id, touched, clock_sure, (SELECT id FROM try"  # noqa: S608 - a constant
        " WHERE try.person_id = progress.person_id AND try.item_id = progress.item_id"
        f" ORDER BY number DESC LIMIT 1) AS last {_STUCK}"
        " ORDER BY touched, person_id, item_id LIMIT ? OFFSET ?",
        (*_stuck(people), limit, offset),
    ).fetchall()
    runs = [row["last"] for row in rows if row["last"] is not None]
    wrong, from_home = _wrong(connection, runs), owners(connection, runs)
    return [
        Need(
            *(by_id[row["person_id"]], row["item_id"], tuple(wrong.get(row["last"], ()))),
            since=row["touched"],
            clock_sure=bool(row["clock_sure"]),
            at_home=row["last"] in from_home,
        )
        for row in rows
    ]


def _stuck(people: Iterable[Person]) -> tuple[str, str]:
    return LearningState.NEEDS_HELP, json.dumps([person.id for person in people])


def _wrong(connection: sqlite3.Connection, try_ids: Iterable[int]) -> dict[int, list[str]]:
    """The questions that were answered wrongly in each try, the commonest first."""
    rows = connection.execute(
        "SELECT try_id, question_id FROM response WHERE NOT is_right"
        " AND try_id IN (SELECT value FROM json_each(?))"
        " GROUP BY try_id, question_id ORDER BY count(*) DESC, min(id)",
        (json.dumps(list(try_ids)),),
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["try_id"], []).append(row["question_id"])
    return found
