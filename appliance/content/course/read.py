# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading ``course.json``, which may have been made by anybody."""

import re
from collections.abc import Iterator

import msgspec

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.errors import RefusalError

MOST_BYTES = 16_000_000
MOST_LESSONS = 20_000
_MOST_TITLES = 20
_LONGEST_TITLE, _LONGEST_AT, _LONGEST_NAME, _LONGEST_LINK = 300, 1000, 300, 1000
_ID = re.compile(r"[a-z0-9-]{1,64}")
_LESSON_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_ITEM = re.compile(r"[a-z2-7]{16}")
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_HOURS = 10_000


def read_course(content: bytes) -> Course:
    """The course that a file holds.

    That its lessons are on the shelf is nobody's promise: a lesson whose item is not there is
    shown as missing.

    Raises:
        RefusalError: course-wrong, where it is not as ``Course`` says.
    """
    if len(content) > MOST_BYTES:
        raise RefusalError("course-wrong", path="course.json")
    try:
        course = msgspec.json.decode(content, type=Course)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise RefusalError("course-wrong", path="course.json") from exc
    wrong = next(_wrong(course), None)
    if wrong is not None:
        raise RefusalError("course-wrong", path=wrong[:100])
    return course


def _wrong(course: Course) -> Iterator[str]:
    """What is not as it should be."""
    lessons = list(course.lessons)
    ids = [lesson.id for lesson in lessons]
    if not _ID.fullmatch(course.id):
        yield course.id or "id"
    if not lessons or len(lessons) > MOST_LESSONS or len(course.units) > MOST_LESSONS:
        yield "units"
    if len(set(ids)) != len(ids):
        yield next(one for one in ids if ids.count(one) > 1)
    if not 0 <= course.hours <= _MOST_HOURS or not 0 <= course.pass_mark <= 1:
        yield "hours"
    yield from (test for test in (course.pre_test, course.post_test) if test and test not in ids)
    named: tuple[Unit | CourseLesson, ...] = (*course.units, *lessons)
    for one in named:
        if not _are_titles(one.title, one.titles):
            yield one.title
    for lesson in lessons:
        is_there = _ITEM.fullmatch(lesson.item) and not (lesson.missing or lesson.link)
        is_missing = not lesson.item and _CODE.fullmatch(lesson.missing)
        fits = len(lesson.at) <= _LONGEST_AT and len(lesson.name) <= _LONGEST_NAME
        fits = fits and len(lesson.link) <= _LONGEST_LINK
        if not _LESSON_ID.fullmatch(lesson.id) or not (is_there or is_missing) or not fits:
            yield lesson.id


def _are_titles(title: str, titles: dict[str, str]) -> bool:
    return len(titles) <= _MOST_TITLES and all(
        len(text) <= _LONGEST_TITLE and _LANGUAGE.fullmatch(code)
        for code, text in {"en": title, **titles}.items()
    )
