# SPDX-License-Identifier: GPL-3.0-or-later
"""A result from home among the records: one finished try."""

import sqlite3

from appliance.content.quiz.quiz import Quiz
from appliance.learning.home_code import MOST_MARKS, HomeCode
from appliance.learning.mastery import comes_again, window
from appliance.learning.record import Interaction, Outcome, finish_step, insert_responses
from appliance.learning.try_row import Try, end_try, insert_try, latest_try
from appliance.learning.when import When

_STEPS = (1.0, 0.5, 0.25, 0.1)


def take_home_result(
    connection: sqlite3.Connection,
    person_id: str,
    item_id: str,
    quiz: Quiz,
    code: HomeCode,
    when: When,
) -> int:
    """Write a try as the code tells it, inside the transaction in which the code is spent.

    A try that runs on the box goes on, and stays the last.

    Returns:
        The number of the row in ``try``.
    """
    told = _told(quiz, code)
    wrong = sum(not each.is_right for each in told)
    run = latest_try(connection, person_id, item_id)
    number = run.number + 1 if run else 1
    if run is not None and not run.finished:
        number = _make_way(connection, run)
    score, points = _score(quiz, code)
    passed = bool(code.passed)
    try_id = insert_try(connection, person_id, item_id, number, quiz.mastery, when)
    end_try(connection, try_id, when, score=score, points=points, passed=passed, wrong=wrong)
    insert_responses(connection, try_id, when, told)
    finish_step(
        connection,
        person_id,
        item_id,
        when,
        Outcome(score / points if points else 1.0, passed, wrong, at_home=True),
    )
    return try_id


def _told(quiz: Quiz, code: HomeCode) -> list[Interaction]:
    """What is told of single questions; nothing of a quiz that is too long for that."""
    if len(quiz.questions) > MOST_MARKS:
        return []
    return [
        Interaction(each.id, is_right, score=each.points if is_right else 0.0)
        for place, each in enumerate(quiz.questions)
        for is_right in (bool(code.marks >> place & 1),)
    ]


def _make_way(connection: sqlite3.Connection, run: Try) -> int:
    """The number of a try that runs; it gets the next one."""
    connection.execute("UPDATE try SET number = number + 1 WHERE id = ?", (run.id,))
    return run.number


def _score(quiz: Quiz, code: HomeCode) -> tuple[float, float]:
    """Points that were reached, and how many there were.

    The code tells whole per cents; of all numbers that these can mean the roundest is taken.
    """
    points: float = sum(question.points for question in quiz.questions)
    if comes_again(quiz.mastery):
        points = window(quiz.mastery)[0]
    about = code.share / 100 * points
    for step in _STEPS:
        score = round(about / step) * step
        if points and round(100 * score / points) == code.share:
            return score, points
    return about, points
