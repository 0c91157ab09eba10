# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the shelf a course needs to know: what its links mean, and which course it follows."""

from pathlib import PurePosixPath

from appliance.content.catalog import Catalog
from appliance.content.course.course import Course
from appliance.content.item import ID_PATTERN, Item, Kind
from appliance.errors import UnknownItemError

_MOST_NAMESAKES = 100


class CourseShelf:
    """Finds things that courses name."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def linked(self, target: str) -> str:
        """The id of the item that a link means: an item's id, a ZIM's name, or a file's name.

        Empty where there is none, or more than one.
        """
        if ID_PATTERN.fullmatch(target):
            try:
                return self._catalog.get(target).id
            except UnknownItemError:
                pass
        name = target.removesuffix(".zim")
        archives = [one for one in self._catalog.by_name(name) if one.kind is Kind.ZIM]
        if archives:
            return max(archives, key=lambda one: one.metadata.date).id
        found = {item.id for item in self._catalog.by_source(PurePosixPath(target).name)}
        whole = {item.id for item in self._catalog.by_source(target)}
        only = whole or found
        return next(iter(only)) if len(only) == 1 else ""

    def free_id(self, wanted: str, course: Course) -> str:
        """An id for a course whose maker gave it none.

        A course of the same name is an older edition only if it shares a lesson, or most of their
        names; else this one gets another id.
        """
        for number in range(1, _MOST_NAMESAKES):
            found = f"{wanted}-{number}" if number > 1 else wanted
            others = [one for one in self._catalog.by_name(found) if one.kind is Kind.COURSE]
            if not others or any(_is_older(other, course) for other in others):
                return found
        return wanted


def _is_older(other: Item, course: Course) -> bool:
    """Whether most names of its lessons are here as well; ``contents`` has their ids."""
    had = {lesson_id for _, lesson_id in other.details.contents}
    has = {lesson.id for lesson in course.lessons}
    return 2 * len(had & has) >= min(len(had), len(has))
