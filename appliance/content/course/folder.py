# SPDX-License-Identifier: GPL-3.0-or-later
"""Course folders: how to tell one by its names, and in which order its lessons stand."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path, PurePath

import msgspec

SHEETS = ("course.xlsx", "course.md")
"""Either makes a course of its folder, and says what it is called; the first of them counts."""

LINK = ".link"

_COVER = re.compile(r"(cover|course)\.(jpe?g|png|webp)", re.IGNORECASE)

_NUMBERED = re.compile(r"(\d{1,3})(?:[\s._)\-–—]+|(?=[^\W\d]))(.*)", re.DOTALL)
# Folders that sort a library, not a course: "5 синф", "11 класс".
_GRADE = re.compile(r"\W*(?:-?ум\W+)?(синф|класс|grade|class)", re.IGNORECASE)
_LEAST_UNITS = 2

Place = tuple[bool, int, tuple[tuple[int, str], ...]]


class FolderLesson(msgspec.Struct, frozen=True):
    """A lesson in its folder.

    Attributes:
        source: of its candidate.
        path: what it is called by: its file, or the folder that an album fills.
        first: its candidate's first file; nothing for what is only written in a sheet.
    """

    source: str
    path: Path
    first: Path | None = None


class FolderUnit(msgspec.Struct, frozen=True):
    """Lessons of one folder; ``name`` is empty for those beside the folders."""

    name: str
    lessons: tuple[FolderLesson, ...]


class CourseFolder(msgspec.Struct, frozen=True):
    """A folder that is a course.

    Attributes:
        path: of the folder.
        sheet: the file that describes it, if there is one.
        units: in order.
        channel: id of the Kolibri channel that it is instead; its parts make the units.
    """

    path: Path
    units: tuple[FolderUnit, ...]
    sheet: Path | None = None
    channel: str = ""


def sheet_of(names: Sequence[str]) -> str:
    """The name of the file that describes a course, among names of files, or empty."""
    by_name = {name.lower(): name for name in names}
    return next((by_name[sheet] for sheet in SHEETS if sheet in by_name), "")


def is_course(folders: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a folder with these folders and files in it is a course."""
    if sheet_of(names):
        return True
    numbered = [found for folder in folders if (found := _NUMBERED.fullmatch(folder))]
    numbers = sorted(int(found[1]) for found in numbered)
    return (
        len(set(numbers)) >= _LEAST_UNITS
        and numbers[0] <= 1
        and not any(_GRADE.match(found[2]) for found in numbered)
    )


def is_cover(name: str) -> bool:
    """Whether a file of a course's folder is the course's picture."""
    return bool(_COVER.fullmatch(name))


def is_link(name: str) -> bool:
    """Whether a file names something on the shelf instead of being it."""
    return PurePath(name).suffix.lower() == LINK


def place(path: PurePath) -> tuple[Place, ...]:
    """Sorts paths by the numbers before each of their names; those without one come after."""
    return tuple(map(_place, path.parts))


def lesson(course: Path, source: str, first: Path, *, is_album: bool) -> FolderLesson:
    """A candidate as a lesson; an album is called by its folder, unless that is a unit."""
    in_unit = len(first.relative_to(course).parts) > 2  # noqa: PLR2004 - unit and file
    return FolderLesson(source, first.parent if is_album and in_unit else first, first)


def units(folder: Path, lessons: Sequence[FolderLesson]) -> tuple[FolderUnit, ...]:
    """The units of lessons that stand in their order: what lies in one folder of the course's."""

    def unit(lesson: FolderLesson) -> str:
        return next(iter(lesson.path.relative_to(folder).parts[:-1]), "")

    return tuple(FolderUnit(name, tuple(own)) for name, own in groupby(lessons, unit))


def unnumbered(name: str) -> str:
    """A file's or folder's name as a title: without its number, with spaces for lines."""
    found = _NUMBERED.fullmatch(name)
    return " ".join((found[2] if found and found[2] else name).replace("_", " ").split())


def stem(path: PurePath) -> str:
    """The title that a lesson has by its file's name."""
    return unnumbered(path.stem)


def _place(name: str) -> Place:
    found = _NUMBERED.fullmatch(name)
    rest = (
        (int(part), "") if part.isdecimal() else (0, part.casefold())
        for part in re.split(r"(\d+)", name)
    )
    return not found, int(found[1]) if found else 0, tuple(rest)
