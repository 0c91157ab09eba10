# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the course that an item of the shelf is."""

import msgspec

from appliance.content.catalog import Catalog
from appliance.content.course.course import FILE_NAME, Course, CourseLesson
from appliance.content.course.link_targets import LinkTargets
from appliance.content.course.read import read_course
from appliance.content.store import FILES, ContentStore


def stored_course(store: ContentStore, catalog: Catalog, item_id: str) -> Course:
    """The course that an item of this kind is, with what its links lead to now.

    Raises:
        OSError: its file cannot be read.
        RefusalError: course-wrong.
    """
    course = read_course(store.path(item_id, f"{FILES}/{FILE_NAME}").read_bytes())
    return _linked(course, catalog) if any(one.link for one in course.lessons) else course


def _linked(course: Course, catalog: Catalog) -> Course:
    """The same course; links whose targets have come meanwhile have their items."""
    targets = LinkTargets(catalog)
    units = (
        msgspec.structs.replace(unit, lessons=tuple(_found(one, targets) for one in unit.lessons))
        for unit in course.units
    )
    return msgspec.structs.replace(course, units=tuple(units))


def _found(lesson: CourseLesson, targets: LinkTargets) -> CourseLesson:
    item = targets.find(lesson.link) if lesson.link else ""
    if not item:
        return lesson
    return msgspec.structs.replace(lesson, item=item, name="", missing="", link="")
