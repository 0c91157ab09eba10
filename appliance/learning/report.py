# SPDX-License-Identifier: GPL-3.0-or-later
"""What teachers ask of the records: who is how far, who needs help with what, who answered what.

Everything is read from ``progress``, which has a row for a person and an item, but for single
answers, which are found by the tries of the class. So no page looks at all answers of the school.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from appliance.content.quiz.quiz import Answer
from appliance.database import Database
from appliance.learning.former import families
from appliance.learning.home_copies import made_at_home
from appliance.learning.person import Person
from appliance.learning.state import LearningState

_MOST_LINES = 200
_RANK = {state: rank for rank, state in enumerate(LearningState)}


class Mark(msgspec.Struct, frozen=True):
    """How far somebody is with an item.

    Attributes:
        best: share of the points of the best try, 0 to 1.
        touched: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        clock_sure: the clock was right then.
    """

    state: LearningState
    best: float | None = None
    touched: str = ""
    clock_sure: bool = False


NOT_STARTED = Mark(LearningState.NOT_STARTED)


class Row(msgspec.Struct, frozen=True):
    """Somebody, and a mark for each item that was asked for, in that order."""

    person: Person
    marks: tuple[Mark, ...]

    def count(self, state: LearningState) -> int:
        """How many of the items are in this state."""
        return sum(mark.state is state for mark in self.marks)


class Need(msgspec.Struct, frozen=True):
    """Somebody who needs help with an item.

    Attributes:
        questions: ids of those that were answered wrongly in the last try, as often as they were.
        since: when it was touched last; UTC.
    """

    person: Person
    item_id: str
    questions: tuple[str, ...]
    since: str


class Line(msgspec.Struct, frozen=True):
    """A line of somebody's story: an item and how far they are with it."""

    item_id: str
    mark: Mark
    share: float
    seconds: float
    tries: int


class TryLine(msgspec.Struct, frozen=True):
    """A try of somebody's.

    Attributes:
        share: of the points, 0 to 1; nothing while it runs.
        answers: to its questions, in the order in which they came: question, answer, right.
        at_home: it came as a code, without answers.
    """

    number: int
    started: str
    clock_sure: bool
    finished: str
    share: float | None
    passed: bool | None
    answers: tuple[tuple[str, Answer, bool], ...]
    at_home: bool = False


class QuestionCount(msgspec.Struct, frozen=True):
    """What a class answered to a question when it came first.

    Attributes:
        prompt: the question in words, where the box has no copy of the quiz.
        wrong: each wrong answer, and by whom; the commonest first.
    """

    question_id: str
    prompt: str
    right: int
    wrong: tuple[tuple[Answer, tuple[Person, ...]], ...]

    @property
    def wrong_count(self) -> int:
        """How many answered wrongly."""
        return sum(len(people) for _, people in self.wrong)


class Reports:
    """Reads ``school.db``; writes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def grid(self, people: Sequence[Person], item_ids: Sequence[str]) -> list[Row]:
        """Each of the people against each of the items; all editions of an item count."""
        connection = self._database.connection
        members = families(connection, item_ids)
        columns: dict[str, list[int]] = {}
        for at, item in enumerate(item_ids):
            for member in members[item]:
                columns.setdefault(member, []).append(at)
        marks = {person.id: [NOT_STARTED] * len(item_ids) for person in people}
        for row in _progress(connection, marks, columns):
            mark, of_person = _mark(row), marks[row["person_id"]]
            for at in columns[row["item_id"]]:
                of_person[at] = _further(of_person[at], mark)
        return [Row(person, tuple(marks[person.id])) for person in people]

    def in_need(self, people: Sequence[Person]) -> list[Need]:
        """Who needs help with what, the longest waiting first."""
        by_id = {person.id: person for person in people}
        connection = self._database.connection
        rows = connection.execute(
            "SELECT person_id, item_id, touched FROM progress WHERE state = ?"
            " AND person_id IN (SELECT value FROM json_each(?)) ORDER BY touched LIMIT ?",
            (LearningState.NEEDS_HELP, json.dumps(list(by_id)), _MOST_LINES),
        ).fetchall()
        return [
            Need(
                by_id[row["person_id"]],
                row["item_id"],
                _stumbled(connection, row["person_id"], row["item_id"]),
                row["touched"],
            )
            for row in rows
        ]

    def story(self, person_id: str) -> list[Line]:
        """Everything that somebody has begun, the latest first."""
        rows = self._database.connection.execute(
            "SELECT item_id, state, best, touched, clock_sure, share, seconds, tries FROM progress"
            " WHERE person_id = ? ORDER BY touched DESC LIMIT ?",
            (person_id, _MOST_LINES),
        )
        return [
            Line(row["item_id"], _mark(row), row["share"], row["seconds"], row["tries"])
            for row in rows
        ]

    def tries(self, person_id: str, item_id: str) -> list[TryLine]:
        """Somebody's tries of a quiz, the latest first."""
        connection = self._database.connection
        runs = connection.execute(
            "SELECT * FROM try WHERE person_id = ? AND item_id = ? ORDER BY number DESC",
            (person_id, item_id),
        ).fetchall()
        home = made_at_home(connection, [run["id"] for run in runs])
        return [_try_line(connection, run, at_home=run["id"] in home) for run in runs]

    def questions(self, people: Sequence[Person], item_id: str) -> list[QuestionCount]:
        """What these people answered first to each question of a quiz, in its editions' words.

        The question that was answered wrongly most often comes first.
        """
        connection = self._database.connection
        by_id = {person.id: person for person in people}
        members = families(connection, [item_id])[item_id]
        rows = connection.execute(
            # CROSS JOIN keeps SQLite at this order: a class has few tries, the school many answers.
            "SELECT try.person_id, question_id, prompt, answer, is_right FROM try"
            " CROSS JOIN response ON response.try_id = try.id"
            " WHERE try.person_id IN (SELECT value FROM json_each(?))"
            " AND try.item_id IN (SELECT value FROM json_each(?))"
            " AND response.place = 0 AND NOT response.late",
            (json.dumps(list(by_id)), json.dumps(members)),
        )
        found: dict[str, _Tally] = {}
        for row in rows:
            found.setdefault(row["question_id"], _Tally()).take(row, by_id)
        counts = [tally.count(question_id) for question_id, tally in found.items()]
        return sorted(counts, key=lambda one: -one.wrong_count)

    def quizzes(self, item_ids: Iterable[str]) -> set[str]:
        """Which of these items somebody has tried as a quiz."""
        rows = self._database.connection.execute(
            "SELECT item_id FROM quiz WHERE item_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(item_ids)),),
        )
        return {row["item_id"] for row in rows}


class _Tally:
    """Counts the answers to a question."""

    def __init__(self) -> None:
        self.right = 0
        self.prompt = ""
        self.wrong: dict[Answer, dict[str, Person]] = {}

    def take(self, row: sqlite3.Row, people: Mapping[str, Person]) -> None:
        """Count an answer; the same wrong one of the same person counts once."""
        self.prompt = self.prompt or row["prompt"]
        if row["is_right"]:
            self.right += 1
        else:
            answer: Answer = tuple(map(str, json.loads(row["answer"])))
            self.wrong.setdefault(answer, {})[row["person_id"]] = people[row["person_id"]]

    def count(self, question_id: str) -> QuestionCount:
        """What was counted."""
        wrong = sorted(self.wrong.items(), key=lambda one: (-len(one[1]), one[0]))
        by_whom = tuple(
            (answer, tuple(sorted(people.values(), key=lambda one: one.name)))
            for answer, people in wrong
        )
        return QuestionCount(question_id, self.prompt, self.right, by_whom)


def _progress(
    connection: sqlite3.Connection, person_ids: Iterable[str], item_ids: Iterable[str]
) -> sqlite3.Cursor:
    return connection.execute(
        "SELECT person_id, item_id, state, best, touched, clock_sure FROM progress"
        " WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND item_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(person_ids)), json.dumps(list(item_ids))),
    )


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(LearningState(row["state"]), row["best"], row["touched"], bool(row["clock_sure"]))


def _further(one: Mark, other: Mark) -> Mark:
    """Of two editions the one with which somebody came further, with the better points."""
    ahead = max((one, other), key=lambda mark: _RANK[mark.state])
    bests = [mark.best for mark in (one, other) if mark.best is not None]
    return msgspec.structs.replace(ahead, best=max(bests, default=None))


def _stumbled(connection: sqlite3.Connection, person_id: str, item_id: str) -> tuple[str, ...]:
    """The questions that somebody answered wrongly in the last try, the commonest first."""
    rows = connection.execute(
        "SELECT question_id FROM response WHERE NOT is_right AND try_id ="
        " (SELECT id FROM try WHERE person_id = ? AND item_id = ? ORDER BY number DESC LIMIT 1)",
        (person_id, item_id),
    )
    return tuple(name for name, _ in Counter(row["question_id"] for row in rows).most_common())


def _try_line(connection: sqlite3.Connection, run: sqlite3.Row, *, at_home: bool) -> TryLine:
    answers = connection.execute(
        "SELECT question_id, answer, is_right FROM response WHERE try_id = ? AND place = 0"
        " ORDER BY id",
        (run["id"],),
    )
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
        at_home,
    )
