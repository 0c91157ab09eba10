# SPDX-License-Identifier: GPL-3.0-or-later
"""A try and its answers, as the database holds them."""

import sqlite3

import msgspec

from appliance.content.quiz.quiz import Answer, Mastery, Quiz
from appliance.errors import ApplianceError
from appliance.learning.when import When

GRACE_SECONDS = 10
"""A page that was sent in time may take this long to arrive."""


class UnknownTryError(ApplianceError):
    """There is no such try, or it is another person's."""


class Try(msgspec.Struct, frozen=True):
    """Somebody's nth go at a quiz.

    Attributes:
        number: from 1.
        mastery: the rule, as it was when the try began; ``time_limit`` in seconds likewise (0:
            none).
        seed: for ``appliance.content.quiz.grade.shuffled``.
        started: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; ``finished`` likewise, empty while it runs.
        score: points reached, of ``points``; nothing while it runs, likewise ``passed``.
        wrong: wrong answers so far, corrections too.
    """

    id: int
    person_id: str
    item_id: str
    number: int
    mastery: Mastery
    seed: int
    time_limit: int
    boot: str
    second: float
    started: str
    clock_sure: bool
    finished: str
    finished_sure: bool
    score: float | None
    points: float | None
    passed: bool | None
    wrong: int

    @property
    def share(self) -> float | None:
        """Of the points, 0 to 1; nothing while it runs."""
        return None if self.score is None else self.score / self.points if self.points else 1.0


class Response(msgspec.Struct, frozen=True):
    """An answer as it came.

    Attributes:
        round: from 0; above where the question came again.
        place: 0 is the first answer, which counts; what comes after corrects it.
        late: it came after the deadline, and does not count.
        prompt: the question in words, where the player is not ours.
        elapsed: seconds since the start of the try.
    """

    id: int
    try_id: int
    question_id: str
    round: int
    place: int
    late: bool
    answer: Answer
    prompt: str
    score: float
    is_right: bool
    hints: int
    elapsed: float
    at: str
    clock_sure: bool


def try_of(row: sqlite3.Row) -> Try:
    """A row of ``try``."""
    mastery = msgspec.json.decode(row["mastery"], type=Mastery)
    return msgspec.convert({**dict(row), "mastery": mastery}, Try, strict=False)


def response_of(row: sqlite3.Row) -> Response:
    """A row of ``response``."""
    answer = msgspec.json.decode(row["answer"])
    return msgspec.convert({**dict(row), "answer": answer}, Response, strict=False)


def read_responses(connection: sqlite3.Connection, try_id: int) -> list[Response]:
    """All answers of a try, in the order in which they came."""
    rows = connection.execute("SELECT * FROM response WHERE try_id = ? ORDER BY id", (try_id,))
    return [response_of(row) for row in rows]


def latest_try(connection: sqlite3.Connection, person_id: str, item_id: str) -> Try | None:
    """Somebody's last try of a quiz."""
    row = connection.execute(
        "SELECT * FROM try WHERE person_id = ? AND item_id = ? ORDER BY number DESC LIMIT 1",
        (person_id, item_id),
    ).fetchone()
    return try_of(row) if row else None


def more_tries(connection: sqlite3.Connection, person_id: str, item_id: str) -> int:
    """How many tries a teacher has given somebody beyond those of the quiz."""
    row = connection.execute(
        "SELECT tries FROM more_tries WHERE person_id = ? AND item_id = ?", (person_id, item_id)
    ).fetchone()
    return int(row["tries"]) if row else 0


def insert_try(
    connection: sqlite3.Connection,
    person_id: str,
    item_id: str,
    number: int,
    mastery: Mastery,
    when: When,
    *,
    seed: int = 0,
    seconds: int = 0,
) -> int:
    """Write a try that begins; the id of its row. The arguments are those of ``Try``."""
    cursor = connection.execute(
        "INSERT INTO try (person_id, item_id, number, mastery, seed, time_limit, boot, second,"
        " started, clock_sure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(person_id, item_id, number, msgspec.json.encode(mastery).decode(), seed, seconds),
            *(when.moment.boot, when.moment.second, when.at, when.sure),
        ),
    )
    return int(cursor.lastrowid or 0)


def end_try(
    connection: sqlite3.Connection,
    try_id: int,
    when: When,
    *,
    score: float,
    points: float,
    passed: bool | None,
    wrong: int,
) -> None:
    """Write that a try is over, and how it went. The arguments are those of ``Try``."""
    connection.execute(
        "UPDATE try SET finished = ?, finished_sure = ?, score = ?, points = ?, passed = ?,"
        " wrong = ? WHERE id = ?",
        (when.at, when.sure, score, points, passed, wrong, try_id),
    )


def try_by_id(connection: sqlite3.Connection, try_id: int) -> Try:
    """A try.

    Raises:
        UnknownTryError: there is none.
    """
    row = connection.execute("SELECT * FROM try WHERE id = ?", (try_id,)).fetchone()
    if row is None:
        raise UnknownTryError(str(try_id))
    return try_of(row)


def read_quiz(connection: sqlite3.Connection, item_id: str) -> Quiz:
    """The quiz as it was when somebody first tried it.

    Raises:
        UnknownTryError: nobody has.
    """
    row = connection.execute("SELECT content FROM quiz WHERE item_id = ?", (item_id,)).fetchone()
    if row is None:
        raise UnknownTryError(item_id)
    return msgspec.json.decode(row["content"], type=Quiz)


def elapsed_seconds(run: Try, answers: list[Response], when: When) -> float:
    """How long a try has lasted, at least; neither the clock nor a restart shortens it.

    After a restart of the box nobody knows how long it was off: what is known is when the last
    answer came, and how long the box is on again.
    """
    passed = when.moment.seconds_since(run.boot, run.second)
    if when.moment.boot == run.boot:
        return passed
    return passed + max((answer.elapsed for answer in answers), default=0.0)


def seconds_left(run: Try, answers: list[Response], when: When) -> float | None:
    """Until the deadline, below zero after it; nothing where there is none."""
    return run.time_limit - elapsed_seconds(run, answers, when) if run.time_limit else None


def is_late(run: Try, answers: list[Response], when: When) -> bool:
    """Whether an answer that comes now is too late."""
    left = seconds_left(run, answers, when)
    return left is not None and left < -GRACE_SECONDS
