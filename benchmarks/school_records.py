# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pupils of a made-up school did, written straight into the tables of ``school.db``.

The rows lie as they would in a school that has worked: classes go through the lessons one after the
other, and the answers of forty who answer at once stand among each other.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import msgspec

from appliance.content.course.course import Course
from appliance.content.quiz.quiz import Quiz

BEGUN, LAST = "2026-09-01T08:00:00Z", "2026-11-20T11:30:00Z"
STATES = ("completed", "completed", "in-progress", "needs-help", "completed")
_LETTERS = "abc"


class Material(msgspec.Struct, frozen=True):
    """What a school learns from.

    Attributes:
        lessons: ids of quizzes, all of which have the same questions.
    """

    course_id: str
    course: Course
    title: str
    lessons: tuple[str, ...]
    quiz: Quiz


def fill_records(database: Path, material: Material, answers: int) -> None:
    """Write so many answers, and all that belongs to them, in one transaction."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        # Whoever is interrupted throws the whole school away.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        classes: dict[int, list[str]] = {}
        for person, of_class in connection.execute("SELECT id, class_id FROM person"):
            classes.setdefault(of_class, []).append(person)
        _write_material(connection, material)
        _write_answers(connection, material, list(classes.values()), answers)
        _write_progress(connection, material)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _write_material(connection: sqlite3.Connection, material: Material) -> None:
    content = msgspec.json.encode(material.quiz).decode()
    connection.executemany(
        "INSERT INTO quiz VALUES (?, ?, ?)", ((one, one, content) for one in material.lessons)
    )
    course = msgspec.json.encode(material.course).decode()
    connection.execute(
        "INSERT INTO course VALUES (?, ?, ?, '{}', ?)",
        (material.course_id, material.course.id, material.title, course),
    )


def _write_answers(
    connection: sqlite3.Connection, material: Material, classes: Sequence[list[str]], answers: int
) -> None:
    questions = len(material.quiz.questions)
    left, try_id, response_id = answers // questions, 1, 1
    for number, lesson, people in _sittings(material, classes):
        sitting = people[:left]
        if not sitting:
            return
        tries = range(try_id, try_id + len(sitting))
        connection.executemany(
            "INSERT INTO try (id, person_id, item_id, number, mastery, seed, boot, second, started,"
            " clock_sure, finished, finished_sure, score, points, passed, wrong)"
            f" VALUES (?, ?, '{lesson}', {number}, '{{}}', 7, 'boot', 60, '{BEGUN}', 1, '{LAST}',"
            f" 1, 7, {questions}, 1, 3)",
            zip(tries, sitting, strict=True),
        )
        rows = list(_responses(response_id, tries, sitting, questions))
        connection.executemany(
            "INSERT INTO response (id, try_id, question_id, round, place, answer, score, is_right,"
            f" elapsed, at, clock_sure) VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, ?5, 42.5, '{LAST}', 1)",
            (row[:5] for row in rows),
        )
        connection.executemany(
            "INSERT INTO outbox (event_id, person_id, verb, item_id, response_id, result, at,"
            f" clock_sure) VALUES (randomblob(16), ?, 'answered', '{lesson}', ?, '', '{LAST}', 1)",
            ((row[5], row[0]) for row in rows),
        )
        left, try_id, response_id = left - len(sitting), tries.stop, response_id + len(rows)


def _sittings(
    material: Material, classes: Sequence[list[str]]
) -> Iterator[tuple[int, str, list[str]]]:
    """The nth try, the lesson, the people: again and again, without end."""
    for number in count(1):
        for lesson in material.lessons:
            for people in classes:
                yield number, lesson, people


def _responses(
    first: int, tries: range, people: Sequence[str], questions: int
) -> Iterator[tuple[int, int, str, str, bool, str]]:
    """Id, try, question, answer, whether it is right, and whose it is."""
    numbers = count(first)
    for question in range(questions):
        for try_id, person in zip(tries, people, strict=True):
            letter = _LETTERS[(try_id + question) % len(_LETTERS)]
            yield (
                *(next(numbers), try_id, f"q{question}", f'["{letter}"]'),
                *(letter == "b", person),
            )


def _write_progress(connection: sqlite3.Connection, material: Material) -> None:
    """What the tries amount to; one in five needs help, half have completed the course."""
    state = f"CASE id % {len(STATES)} " + " ".join(
        f"WHEN {at} THEN '{state}'" for at, state in enumerate(STATES)
    )
    connection.execute(
        "INSERT INTO progress (person_id, item_id, state, share, seconds, best, passed, tries,"
        " started, touched, clock_sure, completed, completed_sure, school_best, school_completed)"
        f" SELECT person_id, item_id, {state} END, 1, 300, 0.7, 1, count(*), '{BEGUN}', '{LAST}',"
        f" 1, '{LAST}', 1, 0.7, 1 FROM try GROUP BY person_id, item_id HAVING id = max(id)"
    )
    connection.execute(
        "INSERT INTO outbox (event_id, person_id, verb, item_id, result, at, clock_sure)"
        " SELECT randomblob(16), person_id, value, item_id, '', touched, 1 FROM progress,"
        ' json_each(\'["initialized", "passed", "completed"]\')'
    )
    required = len(material.lessons)
    connection.execute(
        "INSERT INTO course_progress SELECT person_id, ?1,"
        " CASE half WHEN 1 THEN 'completed' ELSE 'in-progress' END, ?2, ?2, 0.7, half, ?3, ?4, 1,"
        " CASE half WHEN 1 THEN ?4 ELSE '' END, half FROM"
        " (SELECT person_id, row_number() OVER (ORDER BY person_id) % 2 AS half"
        " FROM (SELECT DISTINCT person_id FROM progress))",
        (material.course_id, required, BEGUN, LAST),
    )
