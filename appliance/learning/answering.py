# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of an answer that arrives, inside the transaction that keeps it."""

import json
import sqlite3

import msgspec

from appliance.content.quiz.grade import Graded, grade
from appliance.content.quiz.quiz import Answer, Question, Quiz
from appliance.errors import ApplianceError
from appliance.learning.mastery import FirstAnswer, Verdict, judge
from appliance.learning.outbox import Verb, tell
from appliance.learning.record import Outcome, finish_step, take_step
from appliance.learning.state import HELP_AFTER, LearningState
from appliance.learning.try_row import (
    Response,
    Try,
    end_try,
    is_late,
    response_of,
    try_by_id,
)
from appliance.learning.when import When

_MOST_CORRECTIONS = 20
_MOST_LATE = 5


class TryOverError(ApplianceError):
    """The try is finished; a question that was not answered in it stays so."""


class Answered(msgspec.Struct, frozen=True):
    """What became of an answer.

    Attributes:
        graded: what it is worth; of ``repeated`` what the answer that was there is worth.
        response: the row that stands now.
        repeated: the question had been answered already, perhaps in another window; nothing new
            was written.
        run: the try after it.
    """

    graded: Graded
    response: Response
    repeated: bool
    run: Try


class Arrival(msgspec.Struct, frozen=True):
    """An answer on its way in."""

    question: Question
    round: int
    answer: Answer
    graded: Graded
    hints: int
    elapsed: float


def verdict(run: Try, quiz: Quiz, answers: list[Response]) -> Verdict:
    """What the answers of a try amount to."""
    counted = [
        FirstAnswer(each.is_right, each.score)
        for each in answers
        if each.place == 0 and not each.late
    ]
    points = sum(question.points for question in quiz.questions)
    return judge(run.mastery, len(quiz.questions), points, counted)


def take_answer(
    connection: sqlite3.Connection,
    run: Try,
    quiz: Quiz,
    answers: list[Response],
    new: Arrival,
    when: When,
    seen: int | None,
) -> Answered:
    """Keep an answer, and bring the try and the progress forward.

    Args:
        answers: of the whole try so far.
        seen: as ``Tries.answer`` takes it.

    Raises:
        TryOverError: the try was finished before.
    """
    here = [
        each for each in answers if each.question_id == new.question.id and each.round == new.round
    ]
    timely, late = [each for each in here if not each.late], [each for each in here if each.late]
    if timely and not _is_correction(quiz, timely, new, seen):
        return Answered(grade(new.question, timely[-1].answer), timely[-1], True, run)
    if is_late(run, answers, when):
        if len(late) >= _MOST_LATE or (late and late[-1].answer == new.answer):
            return Answered(grade(new.question, late[-1].answer), late[-1], True, run)
        kept = _insert_response(connection, run, new, len(late), when, late=True)
        if not run.finished:
            run = finish_try(connection, run, quiz, answers, when)
        return Answered(new.graded, kept, False, run)
    if run.finished and not timely:
        raise TryOverError(str(run.id))
    kept = _insert_response(connection, run, new, len(timely), when, late=False)
    if not new.graded.is_right:
        run = msgspec.structs.replace(run, wrong=run.wrong + 1)
        connection.execute("UPDATE try SET wrong = ? WHERE id = ?", (run.wrong, run.id))
    run = _go_on(connection, run, quiz, [*answers, kept], when)
    return Answered(new.graded, kept, False, run)


def _is_correction(quiz: Quiz, timely: list[Response], new: Arrival, seen: int | None) -> bool:
    """Whether somebody who saw that the answer was wrong tries again, and may."""
    return (
        quiz.feedback
        and not timely[-1].is_right
        and timely[-1].answer != new.answer
        and len(timely) < _MOST_CORRECTIONS
        and seen in (None, len(timely))
    )


def _go_on(
    connection: sqlite3.Connection, run: Try, quiz: Quiz, answers: list[Response], when: When
) -> Try:
    """A correction after the end changes no result, but may show that somebody is stuck."""
    now = verdict(run, quiz, answers)
    if now.over and not run.finished:
        return finish_try(connection, run, quiz, answers, when)
    stuck = run.wrong >= HELP_AFTER
    take_step(
        connection,
        run.person_id,
        run.item_id,
        when,
        share=now.share,
        state=LearningState.NEEDS_HELP if stuck else LearningState.IN_PROGRESS,
    )
    return run


def finish_try(
    connection: sqlite3.Connection, run: Try, quiz: Quiz, answers: list[Response], when: When
) -> Try:
    """End a try, with what its answers amount to."""
    now = verdict(run, quiz, answers)
    end_try(
        *(connection, run.id, when),
        score=now.score,
        points=now.points,
        passed=now.passed,
        wrong=run.wrong,
    )
    run = try_by_id(connection, run.id)
    finish_step(
        connection,
        run.person_id,
        run.item_id,
        when,
        Outcome(run.share or 0.0, now.passed, run.wrong, now.share),
    )
    return run


def _insert_response(
    connection: sqlite3.Connection, run: Try, new: Arrival, place: int, when: When, *, late: bool
) -> Response:
    row = connection.execute(
        "INSERT INTO response (try_id, question_id, round, place, late, answer, score, is_right,"
        " hints, elapsed, at, clock_sure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (
            *(run.id, new.question.id, new.round, place, late),
            json.dumps(new.answer, ensure_ascii=False),
            *(new.graded.score, new.graded.is_right, new.hints, new.elapsed),
            *(when.at, when.sure),
        ),
    ).fetchall()[0]
    tell(connection, run.person_id, Verb.ANSWERED, run.item_id, when, response_id=row["id"])
    return response_of(row)
