# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody's tries of a quiz, as a teacher sees them."""

import json
import sqlite3

import msgspec

from appliance.content.quiz.quiz import Answer
from appliance.learning.home_origin import Owners, owners
from appliance.learning.person import Person


class TryLine(msgspec.Struct, frozen=True):
    """A try of somebody's.

    Attributes:
        share: of the points, 0 to 1; nothing while it runs.
        answers: to its questions, in the order in which they came: question, answer, right.
        at_home: it came as a code, without answers.
        file_of: who took home the file that gave the code, if it was another of the school.
    """

    number: int
    started: str
    clock_sure: bool
    finished: str
    share: float | None
    passed: bool | None
    answers: tuple[tuple[str, Answer, bool], ...]
    at_home: bool = False
    file_of: Person | None = None


def try_lines(connection: sqlite3.Connection, person_id: str, item_id: str) -> list[TryLine]:
    """All of them, the latest first."""
    runs = connection.execute(
        "SELECT * FROM try WHERE person_id = ? AND item_id = ? ORDER BY number DESC",
        (person_id, item_id),
    ).fetchall()
    home = owners(connection, [run["id"] for run in runs])
    return [_try_line(connection, run, home) for run in runs]


def _try_line(connection: sqlite3.Connection, run: sqlite3.Row, home: Owners) -> TryLine:
    answers = connection.execute(
        "SELECT question_id, answer, is_right FROM response WHERE try_id = ? AND place = 0"
        " ORDER BY id",
        (run["id"],),
    )
    owner = home.get(run["id"])
    return TryLine(
        run["number"],
        run["started"],
        bool(run["clock_sure"]),
        run["finished"],
        run["score"] / run["points"] if run["points"] else None,
        None if run["passed"] is None else bool(run["passed"]),
        tuple(
            (row["question_id"], tuple(json.loads(row["answer"])), bool(row["is_right"]))
            for row in answers
        ),
        run["id"] in home,
        None if owner is None or owner.id == run["person_id"] else owner,
    )
