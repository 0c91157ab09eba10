# SPDX-License-Identifier: GPL-3.0-or-later
"""The course that a page is about, with its lessons as they stand on the shelf."""

import msgspec

from appliance.content.course.course import Course, CourseLesson
from appliance.content.course.stored import stored_course
from appliance.content.item import Item, Kind
from appliance.errors import UnknownItemError
from appliance.learning.certificate import Certificate
from appliance.learning.standing import Standing, sequence, standing
from webapp.portal.interface import me
from webapp.portal.learning import learning
from webapp.portal.library import Library, library
from webapp.portal.person import person


class CourseDesk(msgspec.Struct, frozen=True):
    """A course on its way to a page.

    Attributes:
        items: by the lesson's id; nothing where the shelf does not have it.
    """

    item: Item
    course: Course
    items: dict[str, Item | None]

    @property
    def is_little(self) -> bool:
        """Whether it is shown with pictures and sound, and hardly any text."""
        return self.item.shown.is_pre_primary

    @property
    def gone(self) -> frozenset[str]:
        """Ids of the lessons that nobody can open, for the shelf does not have them."""
        return frozenset(lesson for lesson, item in self.items.items() if item is None)

    def standing(self) -> Standing:
        """How whoever asks stands; a guest at the beginning. Opening a course begins it."""
        who, gone = person(), self.gone
        if who is None:
            return standing(self.course, {}, gone)
        title = self.item.title_in(me.language)
        return learning().courses.open(
            who.id, self.item.id, self.course, title, self.item.titles, gone
        )

    def address(self, lesson_id: str = "") -> str:
        """Where the course, or one of its lessons, opens."""
        return f"/course/{self.item.id}/{lesson_id}" if lesson_id else f"/course/{self.item.id}"

    def neighbour(self, lesson_id: str, step: int) -> CourseLesson | None:
        """The lesson before or after, as they are gone through; nothing at the ends."""
        there = [each for each in sequence(self.course) if self.items.get(each.id)]
        place = next(index for index, each in enumerate(there) if each.id == lesson_id) + step
        return there[place] if 0 <= place < len(there) else None


def course_desk(item_id: str) -> CourseDesk:
    """The course of an item.

    Raises:
        UnknownItemError: there is no such course.
    """
    shelf = library()
    item = shelf.item(item_id)
    if item.kind is not Kind.COURSE:
        raise UnknownItemError(item_id)
    course = shelf.remembered(
        ("course", item.id), lambda: stored_course(shelf.store, shelf.catalog, item.id)
    )
    items = shelf.remembered(("lessons", item.id), lambda: _items(shelf, course))
    return CourseDesk(item, course, items)


def own_certificate(desk: CourseDesk, now: Standing) -> tuple[Certificate | None, bool]:
    """The certificate that whoever asks has for this course, and whether they may have one."""
    who = person()
    if who is None or not (now.passed or desk.course.certificate):
        return None, False
    certificates = learning().certificates
    given = certificates.of_course(who.id, desk.item.id)
    return given, given is not None or certificates.may_have(who.id, desk.item.id)


def _items(shelf: Library, course: Course) -> dict[str, Item | None]:
    return {
        lesson.id: shelf.item_or_heir(lesson.item) if lesson.item else None
        for lesson in course.lessons
    }
