# SPDX-License-Identifier: GPL-3.0-or-later
"""People who have finished a course that gives certificates."""

import json
from collections.abc import Iterable

import msgspec

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.database import Database
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person import Person
from appliance.school.settings import SchoolSettings

ITEM = "coursecoursecour"
COURSE = Course(
    "water", (Unit((CourseLesson("l1", "Об", "lessonlessonless"),)),), hours=36.0, certificate=True
)


def finish(database: Database, names: Iterable[str]) -> list[Person]:
    """A class of these people, all of whom have finished the course."""
    SchoolSettings(database).save(school_name="Мактаби №5, Хуҷанд")
    fifth = Classes(database).add(NewClass("5А"), clock_sure=True)
    added = People(database).add_all(fifth.id, names, clock_sure=True).people
    for person in added:
        complete(database, person.id)
    return list(added)


def complete(
    database: Database,
    person_id: str,
    *,
    item: str = ITEM,
    course: Course = COURSE,
    sure: bool = True,
    score: float | None = 0.915,
    titles: dict[str, str] | None = None,
) -> None:
    """Write down that somebody has completed a course."""
    content = msgspec.json.encode(course).decode()
    told = json.dumps({"tg": "Роҳи об", "ru": "Путь воды"} if titles is None else titles)
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO course VALUES (?, ?, 'Water', ?, ?) ON CONFLICT DO NOTHING",
            (item, course.id, told, content),
        )
        at = "2026-09-01T12:00:00Z"
        connection.execute(
            "INSERT INTO course_progress VALUES (?, ?, 'completed', 1, 1, ?, 1, ?, ?, ?, ?, ?)",
            (person_id, item, score, at, at, sure, at, sure),
        )
