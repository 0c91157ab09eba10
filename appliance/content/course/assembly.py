# SPDX-License-Identifier: GPL-3.0-or-later
"""A course put together: its folder's names, what its sheet says, and the items of its lessons."""

import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path, PurePath
from typing import Protocol

import msgspec

from appliance.content.course import folder as names
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.course.folder import CourseFolder, FolderLesson
from appliance.content.course.outline import Outline, OutlineRow
from appliance.content.item import Metadata
from appliance.content.pack.series import series_id
from appliance.content.result import IngestResult
from appliance.errors import RefusalError

_LONGEST_ID = 60
_NOBODY = OutlineRow("")


class Made(msgspec.Struct, frozen=True):
    """A course, and what is said of it.

    Attributes:
        waiting: links to what is not on the shelf: their paths below the course, and targets.
    """

    course: Course
    metadata: Metadata
    titles: dict[str, str] = {}
    waiting: tuple[tuple[str, str], ...] = ()


class Lookup(Protocol):
    """Finds what courses name; see ``CourseShelf``."""

    def linked(self, targets: Collection[str]) -> dict[str, str]: ...  # noqa: D102 - told above

    def free_id(self, wanted: str, course: Course) -> str: ...  # noqa: D102 - told above


class Assembly:
    """Puts one course together."""

    def __init__(
        self,
        folder: CourseFolder,
        outline: Outline,
        came: Mapping[tuple[str, Path], IngestResult],
        shelf: Lookup,
    ) -> None:
        """``came``: what became of the candidates, by source and first file."""
        self._folder, self._outline, self._came, self._shelf = folder, outline, came, shelf
        self._rows = {_normal(row.path): row for row in outline.rows}
        self._ids: set[str] = {row.id for row in outline.rows if row.id}
        self._given: set[str] = set()
        self._tests = {"pre": "", "post": ""}
        self._waiting: list[tuple[str, str]] = []
        # Asked once for all of them: it reads the names of everything on the shelf.
        self._linked = shelf.linked({row.link.target for row in outline.rows if row.link})

    def course(self) -> Made:
        """The course.

        Raises:
            RefusalError: course-empty.
        """
        units = tuple(self._unit(name, lessons) for name, lessons in self._ordered())
        if not units:
            raise RefusalError("course-empty")
        outline, name = self._outline, self._folder.path.name
        title = outline.metadata.title or names.unnumbered(name)
        course = Course(
            id="",
            units=units,
            hours=outline.hours,
            pass_mark=outline.pass_mark,
            order=outline.order,
            pre_test=self._tests["pre"],
            post_test=self._tests["post"],
            certificate=outline.certificate,
        )
        wanted = slug(names.unnumbered(name)) or slug(title) or "course"
        course_id = outline.id or self._shelf.free_id(wanted, course)
        metadata = msgspec.structs.replace(outline.metadata, title=title)
        named = msgspec.structs.replace(course, id=course_id)
        return Made(named, metadata, outline.titles, tuple(self._waiting))

    def _ordered(self) -> list[tuple[str, tuple[FolderLesson, ...]]]:
        """The lessons of folder and sheet, by units, in order."""
        root = self._folder.path
        lessons = [lesson for unit in self._folder.units for lesson in unit.lessons]
        there = {_normal(_below(lesson.path, root)) for lesson in lessons}
        for path, row in self._rows.items():
            if row.link and path not in there:
                lessons.append(FolderLesson(row.path, root.joinpath(*PurePath(row.path).parts)))
        lessons.sort(key=lambda lesson: names.place(lesson.path.relative_to(root)))
        return [(unit.name, unit.lessons) for unit in names.units(root, lessons)]

    def _unit(self, name: str, lessons: tuple[FolderLesson, ...]) -> Unit:
        row = self._rows.get(_normal(name), _NOBODY) if name else _NOBODY
        title = row.title or names.unnumbered(name)
        return Unit(tuple(map(self._lesson, lessons)), title, row.titles)

    def _lesson(self, lesson: FolderLesson) -> CourseLesson:
        below = _below(lesson.path, self._folder.path)
        row = self._rows.get(_normal(below), _NOBODY)
        own_title = names.stem(lesson.path)
        # Links may name an id that a row of the sheet has as well.
        named = row.id if row.id not in self._given else ""
        lesson_id = named or self._free(slug(own_title) or "lesson")
        self._given.add(lesson_id)
        if row.test:
            self._tests[row.test] = lesson_id
        made = CourseLesson(
            id=lesson_id,
            title=row.title or own_title,
            titles=row.titles,
            required=row.test != "pre" if row.required is None else row.required,
            name=lesson.path.name,
        )
        if row.link:
            made = msgspec.structs.replace(made, at=row.link.at, link=row.link.target)
            item = self._linked.get(row.link.target, "")
            if not item:
                self._waiting.append((below, row.link.target))
            return _placed(made, item, "link-target-missing")
        result = self._came.get((lesson.source, lesson.first)) if lesson.first else None
        if result is None or not result.id:
            return _placed(made, "", result.code if result else "not-brought")
        if not row.title and result.title not in _titles_of_nobody(lesson.path):
            made = msgspec.structs.replace(made, title=result.title)
        return _placed(made, result.id, "")

    def _free(self, wanted: str) -> str:
        """An id that no lesson has yet; a new edition's lessons get the same."""
        found, number = wanted, 1
        while found in self._ids:
            number += 1
            found = f"{wanted}-{number}"
        self._ids.add(found)
        return found


def slug(name: str) -> str:
    """An id made of a name."""
    return series_id(name)[:_LONGEST_ID].strip("-")


def _placed(lesson: CourseLesson, item: str, code: str) -> CourseLesson:
    if item:
        return msgspec.structs.replace(lesson, item=item, name="", link="")
    return msgspec.structs.replace(lesson, missing=code)


def _titles_of_nobody(path: Path) -> tuple[str, ...]:
    """Titles that were made of the file's name."""
    return ("", path.stem, path.stem.replace("_", " "), path.name, path.name.replace("_", " "))


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _normal(path: str) -> str:
    """Names that look the same are the same, whichever system wrote them."""
    return unicodedata.normalize("NFC", path.strip("/")).casefold()
