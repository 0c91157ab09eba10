# SPDX-License-Identifier: GPL-3.0-or-later
"""A lesson for those who cannot read yet: a large picture, and its title to listen to."""

import msgspec

from appliance.content.course.course import CourseLesson
from appliance.content.item import Item
from appliance.learning.standing import LessonStanding, Standing
from webapp.portal.aloud import Aloud
from webapp.portal.course_desk import CourseDesk
from webapp.portal.interface import me
from webapp.portal.library import library


class Tile(msgspec.Struct, frozen=True):
    """A lesson on the page of a course.

    Attributes:
        item: nothing where the shelf does not have it.
        said: what its title tells the script that reads aloud.
    """

    lesson: CourseLesson
    item: Item | None
    here: LessonStanding
    said: dict[str, str | None]


def tiles(desk: CourseDesk, standing: Standing) -> list[Tile]:
    """The lessons of a course that are on the shelf, in order."""
    return [
        Tile(lesson, desk.items[lesson.id], standing.lessons[lesson.id], _said(desk, lesson))
        for lesson in desk.course.lessons
        if desk.items[lesson.id] is not None
    ]


def _said(desk: CourseDesk, lesson: CourseLesson) -> dict[str, str | None]:
    languages = desk.item.shown.languages
    own = languages[0] if languages else ""
    language = me.language if me.language in lesson.titles else own
    voice = Aloud(library(), desk.address(), language)
    return {
        "lang": language or None,
        "data-say": lesson.id,
        "data-language": language,
        "data-voice": voice.address or None,
    }
