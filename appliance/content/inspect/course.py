# SPDX-License-Identifier: GPL-3.0-or-later
"""A course: its list of lessons checked, their names written down for search."""

from appliance.content.course.course import CourseLesson, Unit
from appliance.content.course.read import MOST_BYTES, read_course
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata


def inspect_course(staged: Staged) -> Inspection:
    """Check a course and read the names of its units and lessons.

    Raises:
        RefusalError: course-wrong.
    """
    with staged.main.open("rb") as file:
        course = read_course(file.read(MOST_BYTES + 1))
    lessons = list(course.lessons)
    with PassageWriter(staged.folder) as passages:
        named: tuple[Unit | CourseLesson, ...] = (*course.units, *lessons)
        for one in named:
            titles = dict.fromkeys((one.title, *one.titles.values()))
            passages.add("", " · ".join(titles), one.title)
    return Inspection(
        metadata=Metadata(title=staged.title),
        details=Details(
            pages=len(lessons),
            name=course.id,
            contents=tuple((lesson.title, lesson.id) for lesson in lessons),
        ),
        cover=make_cover(staged, Kind.COURSE, staged.title, ()),
        # What links wait for is told when all has come (``Lessons.unlinked``).
        warnings=("lessons-missing",)
        if any(one.missing and not one.link for one in lessons)
        else (),
    )
