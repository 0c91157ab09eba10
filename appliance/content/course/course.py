# SPDX-License-Identifier: GPL-3.0-or-later
"""A course: which items of the shelf make its lessons, in which order, under which rules.

``files/course.json`` of an item of the kind course holds exactly this; ``docs/lessons.md`` says how
a folder becomes one.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

FILE_NAME = "course.json"


class Order(StrEnum):
    """In which order lessons may be opened."""

    FREE = "free"
    IN_ORDER = "in-order"
    """Any may be opened; the next one is offered."""
    UNLOCK = "unlock"
    """A lesson opens when all required ones before it are completed."""


class CourseLesson(msgspec.Struct, frozen=True, omit_defaults=True):
    """One lesson: an item of the shelf, at its place in the course.

    Attributes:
        id: lasts through new editions of the course; letters, digits and ``-``, 1 to 64, unique in
            the course.
        item: id of the item; empty where nothing came over, and then ``missing`` is a code of
            ``appliance.reasons`` and ``name`` the file that it should have been.
        link: where ``item`` is empty, what it leads to by name; the shelf is asked for it whenever
            the course is read (``stored.py``), for what is named may come later.
        at: place inside the item (entry of an archive, page), empty for its beginning.
        titles: by language code; ``title`` is one of them, or made of the file's name.
        required: counts for completing the course and for unlocking what follows.
    """

    id: str
    title: str
    item: str = ""
    at: str = ""
    titles: dict[str, str] = {}
    required: bool = True
    name: str = ""
    missing: str = ""
    link: str = ""

    def title_in(self, language: str) -> str:
        """The title for a reader of this language."""
        return self.titles.get(language) or self.title


class Unit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Lessons that belong together; a course without units has one without a title."""

    lessons: tuple[CourseLesson, ...]
    title: str = ""
    titles: dict[str, str] = {}

    def title_in(self, language: str) -> str:
        """The title for a reader of this language."""
        return self.titles.get(language) or self.title


class Course(msgspec.Struct, frozen=True, omit_defaults=True):
    """A course. Title, languages, grades, subject and audiences are the item's metadata.

    Attributes:
        id: lasts through new editions; 1 to 64 of ``a-z0-9-``.
        hours: of work, as a certificate says; 0 where nobody said.
        pass_mark: share of the points of the quizzes, 0 to 1, at which the course is passed.
        pre_test: id of the lesson that is tried before the rest, or empty; ``post_test`` likewise
            after it.
        certificate: whoever passes may have one.
    """

    id: str
    units: tuple[Unit, ...]
    hours: float = 0.0
    pass_mark: float = 0.0
    order: Order = Order.FREE
    pre_test: str = ""
    post_test: str = ""
    certificate: bool = False

    @property
    def lessons(self) -> Iterator[CourseLesson]:
        """All lessons, in order."""
        return (lesson for unit in self.units for lesson in unit.lessons)
