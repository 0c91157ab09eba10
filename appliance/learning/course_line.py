# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody's courses, as a teacher sees them."""

import json
from collections.abc import Mapping

import msgspec

from appliance.content.course.course import Course, CourseLesson
from appliance.database import Database
from appliance.learning.course_record import CourseProgress, Courses
from appliance.learning.progress import NOTHING, Progress, read_progress
from appliance.learning.standing import standing


class CourseLine(msgspec.Struct, frozen=True):
    """A course that somebody has opened.

    Attributes:
        at_home: some of it was made at home; never where it gives a certificate.
        not_counted: where it gives one: lessons that were completed at home alone.
    """

    progress: CourseProgress
    at_home: bool
    not_counted: tuple[CourseLesson, ...] = ()


def course_lines(database: Database, person_id: str) -> list[CourseLine]:
    """All of them, the latest first; with as many statements for twenty courses as for one."""
    connection = database.connection
    found = Courses(database).of_person(person_id)
    rows = connection.execute(
        "SELECT item_id, content FROM course WHERE item_id IN (SELECT value FROM json_each(?))",
        (json.dumps([one.item_id for one in found]),),
    )
    courses = {row["item_id"]: msgspec.json.decode(row["content"], type=Course) for row in rows}
    items = {lesson.item for course in courses.values() for lesson in course.lessons if lesson.item}
    progress = {
        item: done for (_, item), done in read_progress(connection, [person_id], items).items()
    }
    return [_line(one, courses[one.item_id], progress) for one in found]


def _line(found: CourseProgress, course: Course, progress: Mapping[str, Progress]) -> CourseLine:
    if not course.certificate:
        of_course = (progress.get(lesson.item, NOTHING) for lesson in course.lessons)
        return CourseLine(found, at_home=any(one.at_home for one in of_course))
    lessons = () if found.passed else standing(course, progress).lessons.values()
    return CourseLine(
        found, at_home=False, not_counted=tuple(one.lesson for one in lessons if one.not_counted)
    )
