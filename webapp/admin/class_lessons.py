# SPDX-License-Identifier: GPL-3.0-or-later
"""What was given to a class, as lists of lessons with titles in the reader's language."""

import msgspec
from flask import g

from appliance.content.course.stored import stored_course
from appliance.content.item import Item, Kind
from appliance.errors import UnknownItemError
from appliance.language import N_
from appliance.learning.person import SchoolClass
from webapp.admin.interface import gettext
from webapp.admin.office import office

GONE = N_("something that is not on the shelf now")
_SINGLE = N_("Single lessons")


class Lesson(msgspec.Struct, frozen=True):
    """An item that people work through."""

    item_id: str
    title: str


class LessonList(msgspec.Struct, frozen=True):
    """A course, or what was given besides courses, which has no id."""

    item_id: str
    title: str
    lessons: tuple[Lesson, ...]


def lesson_lists(known: SchoolClass) -> list[LessonList]:
    """Each course that was given to a class, then the single lessons."""
    items = [_item(item_id) for item_id in known.items]
    courses = [item for item in items if item is not None and item.kind is Kind.COURSE]
    lists = [_of_course(item) for item in courses]
    single = tuple(
        Lesson(item.id, item.title_in(g.language))
        for item in items
        if item is not None and item.kind is not Kind.COURSE
    )
    if single:
        lists.append(LessonList("", gettext(_SINGLE), single))
    return lists


def title_of(item_id: str) -> str:
    """What an item is called; also one that has gone from the shelf has words."""
    item = _item(item_id)
    return gettext(GONE) if item is None else item.title_in(g.language)


def _of_course(item: Item) -> LessonList:
    course = stored_course(office().store, office().catalog, item.id)
    lessons = tuple(
        Lesson(one.item, one.title_in(g.language)) for one in course.lessons if one.item
    )
    return LessonList(item.id, item.title_in(g.language), lessons)


def _item(item_id: str) -> Item | None:
    try:
        return office().catalog.get(item_id)
    except UnknownItemError:
        return None
