# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries of quizzes. An answer that was acknowledged is on the disk."""

import secrets

import msgspec

from appliance.content.quiz.grade import grade
from appliance.content.quiz.quiz import Answer, Quiz
from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.answering import Answered, Arrival, finish_try, take_answer
from appliance.learning.record import take_step
from appliance.learning.try_row import (
    Response,
    Try,
    UnknownTryError,
    elapsed_seconds,
    insert_try,
    is_late,
    latest_try,
    more_tries,
    read_quiz,
    read_responses,
    seconds_left,
    try_by_id,
    try_of,
)
from appliance.learning.when import Watch, unsure

_QUIZZES_KEPT = 16
_SEEDS = 2**31


class UnknownQuestionError(ApplianceError):
    """The quiz has no such question."""


class QuizCopy(msgspec.Struct, frozen=True):
    """A quiz as it was when somebody first tried it."""

    title: str
    quiz: Quiz


class NoTriesLeftError(ApplianceError):
    """All tries that a person has are used up."""


class Tries:
    """The tries in ``school.db``."""

    def __init__(self, database: Database, watch: Watch = unsure) -> None:
        self._database = database
        self._watch = watch
        self._quizzes: dict[str, Quiz] = {}

    def start(self, person_id: str, item_id: str, quiz: Quiz, title: str = "") -> Try:
        """Begin a try, or go on with the one that runs.

        Args:
            title: of the quiz, for people who look at it when the item has gone.

        Raises:
            NoTriesLeftError: the quiz has a number of attempts, and all are used up.
        """
        with self._database.transaction() as connection:
            run = latest_try(connection, person_id, item_id)
            when = self._watch()
            if run is not None and not run.finished:
                answers = read_responses(connection, run.id)
                if not is_late(run, answers, when):
                    return run
                finish_try(connection, run, read_quiz(connection, item_id), answers, when)
            used = run.number if run else 0
            if self.left(person_id, item_id, quiz) == 0:
                raise NoTriesLeftError(item_id)
            connection.execute(
                "INSERT INTO quiz VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (item_id, title, msgspec.json.encode(quiz).decode()),
            )
            take_step(connection, person_id, item_id, when)
            try_id = insert_try(
                *(connection, person_id, item_id, used + 1, quiz.mastery, when),
                seed=secrets.randbelow(_SEEDS),
                seconds=quiz.seconds,
            )
            return try_by_id(connection, try_id)

    def left(self, person_id: str, item_id: str, quiz: Quiz) -> int | None:
        """How many tries somebody may still begin; nothing where they are not counted."""
        if not quiz.attempts:
            return None
        connection = self._database.connection
        run = latest_try(connection, person_id, item_id)
        may = quiz.attempts + more_tries(connection, person_id, item_id)
        return max(may - (run.number if run else 0), 0)

    def give_another(self, person_id: str, item_id: str) -> bool:
        """Let somebody whose tries are used up have one more; false where some are left.

        Raises:
            UnknownTryError: nobody has tried it.
        """
        quiz = self.quiz(item_id)
        with self._database.transaction() as connection:
            if self.left(person_id, item_id, quiz) != 0:
                return False
            connection.execute(
                "INSERT INTO more_tries VALUES (?, ?, 1)"
                " ON CONFLICT (person_id, item_id) DO UPDATE SET tries = tries + 1",
                (person_id, item_id),
            )
        return True

    def latest(self, person_id: str, item_id: str) -> Try | None:
        """The last try, or none; one whose time is over is finished by this."""
        run = latest_try(self._database.connection, person_id, item_id)
        if run is None or run.finished or not run.time_limit:
            return run
        if is_late(run, self.responses(run.id), self._watch()):
            return self.finish(run.id)
        return run

    def all(self, person_id: str, item_id: str) -> list[Try]:
        """Somebody's tries of a quiz, the first first."""
        rows = self._database.connection.execute(
            "SELECT * FROM try WHERE person_id = ? AND item_id = ? ORDER BY number",
            (person_id, item_id),
        )
        return [try_of(row) for row in rows]

    def get(self, try_id: int, person_id: str) -> Try:
        """A person's try.

        Raises:
            UnknownTryError: there is none, or it is another's.
        """
        run = try_by_id(self._database.connection, try_id)
        if run.person_id != person_id:
            raise UnknownTryError(str(try_id))
        return run

    def quiz(self, item_id: str) -> Quiz:
        """The quiz as it was tried, also when its item has gone.

        Raises:
            UnknownTryError: nobody has tried it.
        """
        if item_id not in self._quizzes:
            if len(self._quizzes) >= _QUIZZES_KEPT:
                self._quizzes.clear()
            self._quizzes[item_id] = read_quiz(self._database.connection, item_id)
        return self._quizzes[item_id]

    def copy(self, item_id: str) -> QuizCopy:
        """Likewise, with its title.

        Raises:
            UnknownTryError: nobody has tried it.
        """
        quiz = self.quiz(item_id)
        row = self._database.connection.execute(
            "SELECT title FROM quiz WHERE item_id = ?", (item_id,)
        ).fetchone()
        return QuizCopy(row["title"], quiz)

    def responses(self, try_id: int) -> list[Response]:
        """All answers of a try, in the order in which they came."""
        return read_responses(self._database.connection, try_id)

    def seconds_left(self, run: Try) -> float | None:
        """Until the deadline, below zero after it; nothing where there is none."""
        if not run.time_limit:
            return None
        return seconds_left(run, self.responses(run.id), self._watch())

    def answer(
        self,
        try_id: int,
        question: str,
        answer: Answer,
        hints: int = 0,
        *,
        round_: int = 0,
        seen: int | None = None,
    ) -> Answered:
        """Take an answer; it is on the disk when this returns.

        The first answer to a question counts. Where the quiz tells what is right, a wrong one may
        be corrected, which is kept and does not count.

        Args:
            question: its id.
            hints: that were shown before.
            round_: from 0; the nth time that the question comes.
            seen: how many answers to it the page knew of; with another number it was an old page,
                and what it sent is not taken for a correction. Nothing: do not look.

        Raises:
            UnknownTryError, UnknownQuestionError: there is none.
            TryOverError: the try was finished before.
        """
        run = try_by_id(self._database.connection, try_id)
        quiz = self.quiz(run.item_id)
        asked = next((each for each in quiz.questions if each.id == question), None)
        if asked is None:
            raise UnknownQuestionError(question)
        graded = grade(asked, answer)  # before others have to wait for us
        with self._database.transaction() as connection:
            run, when = try_by_id(connection, try_id), self._watch()
            answers = read_responses(connection, run.id)
            new = Arrival(asked, round_, answer, graded, hints, elapsed_seconds(run, answers, when))
            return take_answer(connection, run, quiz, answers, new, when, seen)

    def finish(self, try_id: int) -> Try:
        """End a try; what was not answered counts nothing. Ending it twice changes nothing.

        Raises:
            UnknownTryError: there is none.
        """
        with self._database.transaction() as connection:
            run = try_by_id(connection, try_id)
            if run.finished:
                return run
            quiz, answers = read_quiz(connection, run.item_id), read_responses(connection, run.id)
            return finish_try(connection, run, quiz, answers, self._watch())
