# SPDX-License-Identifier: GPL-3.0-or-later
"""What teachers ask of the records: who is how far, who needs help with what, who answered what.

Everything is read from ``progress``, which has a row for a person and an item, but for single
answers, which are found by the tries of the class. So no page looks at all answers of the school.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from appliance.content.quiz.quiz import Answer
from appliance.database import Database
from appliance.learning.course_line import CourseLine, course_lines
from appliance.learning.course_record import Courses
from appliance.learning.former import families
from appliance.learning.need import Need, count_needs, needs
from appliance.learning.person import Person
from appliance.learning.progress import better, rests_on_home
from appliance.learning.result_list import Result, result_list
from appliance.learning.state import LearningState
from appliance.learning.try_line import TryLine, try_lines

_MOST_LINES = 200
_MARK = "state, best, touched, clock_sure, school_best, school_completed"
_RANK = {state: rank for rank, state in enumerate(LearningState)}


class Mark(msgspec.Struct, frozen=True):
    """How far somebody is with an item.

    Attributes:
        best: share of the points of the best try, 0 to 1.
        touched: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        clock_sure: the clock was right then.
        school_best: as ``best``, of the tries made at school.
        school_completed: it was completed at school.
    """

    state: LearningState
    best: float | None = None
    touched: str = ""
    clock_sure: bool = False
    school_best: float | None = None
    school_completed: bool = False

    @property
    def at_home(self) -> bool:
        """The state or the points are what they are by a result made at home."""
        return rests_on_home(self.state, self.best, self.school_best, self.school_completed)


NOT_STARTED = Mark(LearningState.NOT_STARTED)


class Row(msgspec.Struct, frozen=True):
    """Somebody, and a mark for each item that was asked for, in that order."""

    person: Person
    marks: tuple[Mark, ...]

    def count(self, state: LearningState) -> int:
        """How many of the items are in this state."""
        return sum(mark.state is state for mark in self.marks)

    @property
    def at_home(self) -> int:
        """How many of the marks rest on a result made at home."""
        return sum(mark.at_home for mark in self.marks)


class Line(msgspec.Struct, frozen=True):
    """A line of somebody's story: an item and how far they are with it."""

    item_id: str
    mark: Mark
    share: float
    seconds: float
    tries: int


class QuestionCount(msgspec.Struct, frozen=True):
    """What a class answered to a question when it came first.

    Attributes:
        prompt: the question in words, where the box has no copy of the quiz.
        at_home: how many of the answers were given at home.
        wrong: each wrong answer, and by whom; the commonest first.
    """

    question_id: str
    prompt: str
    right: int
    wrong: tuple[tuple[Answer, tuple[Person, ...]], ...]
    at_home: int = 0

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

    def in_need(self, people: Sequence[Person], *, offset: int, limit: int) -> list[Need]:
        """Who needs help with what, the longest waiting first; so many after the first ones."""
        return needs(self._database.connection, people, offset=offset, limit=limit)

    def count_in_need(self, people: Sequence[Person]) -> int:
        """How often one of these needs help with something."""
        return count_needs(self._database.connection, people)

    def story(self, person_id: str) -> list[Line]:
        """Everything that somebody has begun, the latest first."""
        rows = self._database.connection.execute(
            f"SELECT item_id, {_MARK}, share, seconds, tries FROM progress"  # noqa: S608 - a constant
            " WHERE person_id = ? ORDER BY touched DESC LIMIT ?",
            (person_id, _MOST_LINES),
        )
        return [
            Line(row["item_id"], _mark(row), row["share"], row["seconds"], row["tries"])
            for row in rows
        ]

    def courses(self, person_id: str) -> list[CourseLine]:
        """How far somebody is in the courses that they have opened, the latest first."""
        return course_lines(self._database, person_id)

    def completed_courses(self, people: Sequence[Person], item_id: str) -> int:
        """How many of these have completed a course, in whichever of its editions."""
        found = Courses(self._database).of_people([person.id for person in people], item_id)
        return sum(one.passed for one in found.values())

    def tries(self, person_id: str, item_id: str) -> list[TryLine]:
        """Somebody's tries of a quiz, the latest first."""
        return try_lines(self._database.connection, person_id, item_id)

    def results(self, people: Sequence[Person], item_ids: Iterable[str]) -> list[Result]:
        """Everybody who has begun one of these items, item by item."""
        return result_list(self._database, people, item_ids)

    def questions(self, people: Sequence[Person], item_id: str) -> list[QuestionCount]:
        """What these people answered first to each question of a quiz, in its editions' words.

        The question that was answered wrongly most often comes first.
        """
        connection = self._database.connection
        by_id = {person.id: person for person in people}
        members = families(connection, [item_id])[item_id]
        rows = connection.execute(
            # CROSS JOIN keeps SQLite at this order: a class has few tries, the school many answers.
            "SELECT try.person_id, question_id, prompt, answer, is_right,"
            " EXISTS (SELECT * FROM home_code WHERE try_id = try.id) AS at_home FROM try"
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
        self.at_home = 0
        self.wrong: dict[Answer, dict[str, Person]] = {}

    def take(self, row: sqlite3.Row, people: Mapping[str, Person]) -> None:
        """Count an answer; the same wrong one of the same person counts once."""
        self.prompt = self.prompt or row["prompt"]
        self.at_home += row["at_home"]
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
        return QuestionCount(question_id, self.prompt, self.right, by_whom, self.at_home)


def _progress(
    connection: sqlite3.Connection, person_ids: Iterable[str], item_ids: Iterable[str]
) -> sqlite3.Cursor:
    return connection.execute(
        f"SELECT person_id, item_id, {_MARK} FROM progress"  # noqa: S608 - a constant
        " WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND item_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(person_ids)), json.dumps(list(item_ids))),
    )


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(
        *(LearningState(row["state"]), row["best"], row["touched"], bool(row["clock_sure"])),
        *(row["school_best"], bool(row["school_completed"])),
    )


def _further(one: Mark, other: Mark) -> Mark:
    """Of two editions the one with which somebody came further, with the better points."""
    ahead = max((one, other), key=lambda mark: _RANK[mark.state])
    return msgspec.structs.replace(
        ahead,
        best=better(one.best, other.best),
        school_best=better(one.school_best, other.school_best),
        school_completed=one.school_completed or other.school_completed,
    )
