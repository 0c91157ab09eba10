# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is how far in which course: written with every change of progress in one of its lessons."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec

from appliance.content.course.course import Course
from appliance.database import Database
from appliance.learning.former import families
from appliance.learning.outbox import Verb, tell
from appliance.learning.progress import Progress, read_progress
from appliance.learning.standing import Standing, standing
from appliance.learning.state import LearningState
from appliance.learning.when import Watch, When, unsure

_SELECT = (
    "SELECT course_progress.*, course_id, title, titles FROM course_progress"
    " JOIN course USING (item_id)"
)


class CourseProgress(msgspec.Struct, frozen=True):
    """How far somebody is in a course, as it was written down last.

    Attributes:
        item_id: the edition of the course; ``course_id`` lasts through editions.
        titles: title by language code; ``title`` is one of them.
        done: required lessons that are done, of ``required``.
        score: 0 to 1, as ``Standing``.
        started: UTC, ``YYYY-MM-DDTHH:MM:SSZ``, likewise ``touched``; ``completed`` may be empty.
    """

    person_id: str
    item_id: str
    course_id: str
    title: str
    titles: dict[str, str]
    state: LearningState
    done: int
    required: int
    score: float | None
    passed: bool
    started: str
    touched: str
    clock_sure: bool
    completed: str
    completed_sure: bool


class Courses:
    """Courses that people have opened, in ``school.db``."""

    def __init__(self, database: Database, watch: Watch = unsure) -> None:
        self._database = database
        self._watch = watch

    def standing(self, person_id: str, course: Course) -> Standing:
        """How somebody stands in a course now; writes nothing."""
        return _standing(self._database.connection, person_id, course)

    def open(
        self,
        person_id: str,
        item_id: str,
        course: Course,
        title: str,
        titles: dict[str, str],
        gone: Collection[str] = (),
    ) -> Standing:
        """Somebody opens a course: from now on their way through it is written down.

        What its links lead to may have come since it was opened before: then it is written anew.

        Args:
            item_id: of the course; title and titles: its own.
            gone: as ``standing``.
        """
        content = msgspec.json.encode(course).decode()
        now = _standing(self._database.connection, person_id, course, gone)
        if self._is_written(person_id, item_id, content, now):
            return now
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO course VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (item_id) DO UPDATE SET content = excluded.content",
                (item_id, course.id, title, json.dumps(titles, ensure_ascii=False), content),
            )
            now = _standing(connection, person_id, course, gone)
            _write(connection, person_id, item_id, now, self._watch())
        return now

    def of_person(self, person_id: str) -> list[CourseProgress]:
        """The courses that somebody has opened, the latest first.

        Those that a clock has dated which ran ahead come last.
        """
        found = _read(self._database.connection, "person_id = ?", (person_id,))
        now = self._watch().at
        return sorted(found, key=lambda each: each.touched > now)

    def of_people(self, person_ids: Iterable[str], item_id: str) -> dict[str, CourseProgress]:
        """How far each of these is in a course, whichever edition of it they opened last."""
        connection = self._database.connection
        members = families(connection, [item_id])[item_id]
        found = _read(
            connection,
            "course_progress.item_id IN (SELECT value FROM json_each(?))"
            " AND person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(members), json.dumps(list(person_ids))),
        )
        best: dict[str, CourseProgress] = {}
        for each in found:
            known = best.get(each.person_id)
            if known is None or (each.passed and not known.passed):
                best[each.person_id] = each
        return best

    def _is_written(self, person_id: str, item_id: str, content: str, now: Standing) -> bool:
        """Whether this course is written down for somebody, with as many lessons as it has now."""
        return bool(
            self._database.connection.execute(
                "SELECT EXISTS (SELECT * FROM course_progress JOIN course USING (item_id)"
                " WHERE person_id = ? AND item_id = ? AND content = ? AND required = ?)",
                (person_id, item_id, content, now.required),
            ).fetchone()[0]
        )


def refresh_courses(
    connection: sqlite3.Connection, person_id: str, item_id: str, when: When
) -> None:
    """Write down anew how far somebody is in the courses that hold this item."""
    editions = set(families(connection, [item_id])[item_id])
    rows = connection.execute(
        "SELECT course.item_id, course.content FROM course_progress JOIN course USING (item_id)"
        " WHERE person_id = ?",
        (person_id,),
    ).fetchall()
    for row in rows:
        course = _course(row["content"])
        if any(lesson.item in editions for lesson in course.lessons):
            now = _standing(connection, person_id, course)
            _write(connection, person_id, row["item_id"], now, when)


def _write(
    connection: sqlite3.Connection, person_id: str, item_id: str, now: Standing, when: When
) -> None:
    """What was completed in any edition stays so."""
    members = families(connection, [item_id])[item_id]
    before = connection.execute(
        "SELECT max(item_id = ?) AS known, min(started) AS started,"
        " max(completed) AS completed, max(completed_sure) AS sure"
        " FROM course_progress WHERE person_id = ?"
        " AND item_id IN (SELECT value FROM json_each(?))",
        (item_id, person_id, json.dumps(members)),
    ).fetchone()
    first = now.passed and not before["completed"]
    completed = when.at if first else before["completed"] or ""
    connection.execute(
        "INSERT OR REPLACE INTO course_progress VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            person_id,
            item_id,
            LearningState.COMPLETED if completed else now.state,
            now.done,
            now.required,
            now.score,
            bool(completed),
            before["started"] or when.at,
            when.at,
            when.sure,
            completed,
            when.sure if first else bool(before["sure"]),
        ),
    )
    if first:
        result: dict[str, object] = {"completion": True, "success": True}
        if now.score is not None:
            result["score"] = {"scaled": now.score}
        at_home = any(each.progress.at_home for each in now.lessons.values())
        tell(
            *(connection, person_id, Verb.SATISFIED, item_id, when),
            result=result,
            at_home=at_home,
        )


def _standing(
    connection: sqlite3.Connection, person_id: str, course: Course, gone: Collection[str] = ()
) -> Standing:
    items = [lesson.item for lesson in course.lessons if lesson.item]
    found = read_progress(connection, [person_id], items)
    progress: dict[str, Progress] = {item: done for (_, item), done in found.items()}
    return standing(course, progress, gone)


def _read(
    connection: sqlite3.Connection, condition: str, values: tuple[str, ...]
) -> list[CourseProgress]:
    rows = connection.execute(
        f"{_SELECT} WHERE {condition} ORDER BY touched DESC",
        values,
    )
    return [
        msgspec.convert(
            {**dict(row), "titles": json.loads(row["titles"])}, CourseProgress, strict=False
        )
        for row in rows
    ]


@lru_cache(maxsize=64)
def _course(content: str) -> Course:
    return msgspec.json.decode(content, type=Course)
