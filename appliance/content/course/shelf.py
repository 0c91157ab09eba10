# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the shelf a course needs to know: what its links mean, and which course it follows."""

from collections.abc import Collection

from appliance.content.catalog import Catalog
from appliance.content.course.course import Course
from appliance.content.course.link_targets import LinkTargets
from appliance.content.item import Item, Kind

_MOST_NAMESAKES = 100


class CourseShelf:
    """Finds things that courses name."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def linked(self, targets: Collection[str]) -> dict[str, str]:
        """Ids of the items that links mean (``LinkTargets.find``), of those that are there now."""
        if not targets:
            return {}
        shelf = LinkTargets(self._catalog)
        return {target: item_id for target in targets if (item_id := shelf.find(target))}

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
