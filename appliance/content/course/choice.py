# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever takes a course takes its lessons along."""

from collections.abc import Collection, Sequence

from appliance.content.course.stored import stored_course
from appliance.content.discover import Candidate
from appliance.content.item import Kind
from appliance.content.shelf import Shelf


def with_lessons(candidates: Sequence[Candidate], sources: Collection[str]) -> list[Candidate]:
    """The candidates that were chosen by their sources, and the lessons of chosen courses."""
    courses = [one.course for one in candidates if one.course and one.source in sources]
    channels = {course.channel for course in courses if course.channel}
    lessons = {
        lesson.first for course in courses for unit in course.units for lesson in unit.lessons
    }
    return [
        one
        for one in candidates
        if one.source in sources
        or one.files[0] in lessons
        or (one.lesson and one.lesson.course in channels)
    ]


def with_stored_lessons(shelf: Shelf, item_ids: Sequence[str]) -> list[str]:
    """The ids of items, those of courses' lessons before them, each once.

    Raises:
        UnknownItemError: an item is not on the shelf.
        RefusalError: the file of a course is damaged.
    """
    store = shelf.store
    found: list[str] = []
    for item_id in item_ids:
        if store.read(item_id).kind is Kind.COURSE:
            course = stored_course(store, shelf.catalog, item_id)
            lessons = (lesson.item for lesson in course.lessons)
            found += [lesson for lesson in lessons if lesson and store.is_whole(lesson)]
        found.append(item_id)
    return list(dict.fromkeys(found))
