# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a course of its lessons, once it is known what became of each."""

from pathlib import Path

import msgspec

from appliance.content.bring import Delivery, mark_of
from appliance.content.course.course import FILE_NAME, Course, CourseLesson, Unit
from appliance.content.course.folder import CourseFolder, FolderLesson, stem, unnumbered
from appliance.content.item import Kind, Metadata
from appliance.content.pack.series import series_id
from appliance.content.payload import CHUNK, Chunks
from appliance.content.result import IngestResult
from appliance.content.spreadsheet import SheetRow

_LONGEST_ID = 60


class CourseFile:
    """``course.json`` as a ``Payload``: made here, not found anywhere."""

    name = FILE_NAME
    sha256 = ""

    def __init__(self, course: Course) -> None:
        self._content = msgspec.json.format(msgspec.json.encode(course), indent=1) + b"\n"

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self._content)

    def chunks(self, offset: int = 0) -> Chunks:
        """As ``Payload.chunks``."""
        for start in range(offset, len(self._content), CHUNK):
            yield self._content[start : start + CHUNK]


class Desk:
    """Remembers what became of each lesson of a run."""

    def __init__(self) -> None:
        self._results: dict[Path, IngestResult] = {}

    def heard(self, path: Path, result: IngestResult) -> None:
        """The candidate whose first file this is came, or was refused."""
        self._results[path] = result

    def delivery(self, source: str, folder: CourseFolder, said: SheetRow) -> Delivery:
        """The course that a folder is, to be brought like anything else."""
        course, metadata = self.course(folder)
        file = CourseFile(course)
        return Delivery(
            source=source,
            kind=Kind.COURSE,
            files=(file,),
            companions=(),
            size=file.size,
            mark=mark_of(course.id, str(file.size)),
            said=metadata.overlaid(said.metadata),
            titles=said.titles,
        )

    def course(self, folder: CourseFolder) -> tuple[Course, Metadata]:
        """The course that a folder is, and what is said of it."""
        ids = _Ids()
        units = tuple(
            Unit(
                lessons=tuple(self._lesson(lesson, ids) for lesson in unit.lessons),
                title=unnumbered(unit.name),
            )
            for unit in folder.units
        )
        title = unnumbered(folder.path.name)
        return Course(id=_slug(title) or "course", units=units), Metadata(title=title)

    def _lesson(self, lesson: FolderLesson, ids: "_Ids") -> CourseLesson:
        title = stem(lesson.path)
        result = self._results.get(lesson.path)
        lesson_id = ids.take(title)
        if result is None or not result.id:
            code = result.code if result else "not-brought"
            return CourseLesson(lesson_id, title, name=lesson.path.name, missing=code)
        named = result.title not in ("", lesson.path.stem, lesson.path.stem.replace("_", " "))
        return CourseLesson(lesson_id, result.title if named else title, item=result.id)


class _Ids:
    """Ids of lessons, made of their names, so that a new edition's lessons have the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        wanted = _slug(name) or "lesson"
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._taken.add(found)
        return found


def _slug(name: str) -> str:
    return series_id(name)[:_LONGEST_ID].strip("-")
