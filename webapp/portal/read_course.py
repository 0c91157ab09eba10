# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of a course: the list of its lessons."""

from appliance.content.course.course import FILE_NAME, Course
from appliance.content.course.read import read_course
from appliance.content.item import Item
from appliance.content.store import FILES, ContentStore
from webapp.portal.library import Library
from webapp.portal.opening import Opening


def course(shelf: Library, item: Item, at: str) -> Opening:
    """The units and lessons of a course."""
    return Opening("read/course.html", "", {"course": stored_course(shelf.store, item)})


def stored_course(store: ContentStore, item: Item) -> Course:
    """The course that an item of this kind is."""
    return read_course(store.path(item.id, f"{FILES}/{FILE_NAME}").read_bytes())
