# SPDX-License-Identifier: GPL-3.0-or-later
"""Making courses of their lessons, once it is known what became of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from appliance.content.catalog import Catalog
from appliance.content.course.assembly import Assembly, Lookup, Made
from appliance.content.course.channel import ChannelPart, channel_course
from appliance.content.course.course import FILE_NAME, Course
from appliance.content.course.folder import CourseFolder, is_link
from appliance.content.course.outline import Outline, read_outline
from appliance.content.course.shelf import CourseShelf
from appliance.content.delivery import Delivery, mark_of
from appliance.content.discover import Candidate
from appliance.content.item import Kind
from appliance.content.payload import CHUNK, Chunks, LoosePayload
from appliance.content.result import IngestResult, Status
from appliance.content.spreadsheet import SheetRow
from appliance.errors import RefusalError


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


class Outlines:
    """The outlines of the courses of a run."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        """Have the outline of each course read."""
        self._problems: list[IngestResult] = []
        self._outlines = {
            candidate.course.path: self._read(candidate.course)
            for candidate in candidates
            if candidate.course
        }

    @property
    def has_courses(self) -> bool:
        """Whether there is a course at all."""
        return bool(self._outlines)

    def of(self, folder: CourseFolder) -> Outline:
        """The outline of a course."""
        return self._outlines[folder.path]

    def results(self) -> Iterator[IngestResult]:
        """A result for each thing that is wrong in what describes a course."""
        yield from self._problems

    def _read(self, folder: CourseFolder) -> Outline:
        sheet = folder.sheet.name if folder.sheet else folder.path.name
        try:
            outline = read_outline(folder.sheet, folder.path, _links(folder))
        except RefusalError as exc:
            self._problems.append(IngestResult.rejected(sheet, exc))
            return Outline()
        self._problems.extend(
            IngestResult(sheet, Status.REJECTED, code=one.code, details=one.details)
            for one in outline.problems
        )
        return outline


class Lessons:
    """What became of the lessons of a run, and the courses that they make."""

    def __init__(self, outlines: Outlines, lookup: Lookup) -> None:
        self._outlines, self._lookup = outlines, lookup
        self._came: dict[tuple[str, Path], IngestResult] = {}
        self._parts: dict[str, list[ChannelPart]] = defaultdict(list)
        self._waiting: list[tuple[str, str]] = []

    def heard(self, candidate: Candidate, result: IngestResult) -> None:
        """A candidate came, or was refused."""
        self._came[candidate.source, candidate.files[0]] = result
        place = candidate.lesson
        if place:
            part = ChannelPart(candidate.id, candidate.said.title, place, result)
            self._parts[place.course].append(part)

    def made(self, candidate: Candidate, folder: CourseFolder) -> Made:
        """The course that a candidate is.

        Raises:
            RefusalError: course-empty.
        """
        if folder.channel:
            return channel_course(folder.channel, candidate.said, self._parts[folder.channel])
        outline = self._outlines.of(folder)
        made = Assembly(folder, outline, self._came, self._lookup).course()
        self._waiting += [(f"{candidate.source}/{file}", target) for file, target in made.waiting]
        return made

    def unlinked(self) -> Iterator[IngestResult]:
        """A result for each link whose target has not come either, now that all has come."""
        linked = self._lookup.linked({target for _, target in self._waiting})
        for file, target in self._waiting:
            if target not in linked:
                details: dict[str, str | int] = {"name": target}
                yield IngestResult(
                    file, Status.REJECTED, code="link-target-missing", details=details
                )


class Desk:
    """Has the courses of a run brought after their lessons."""

    def __init__(self, candidates: Iterable[Candidate], catalog: Catalog) -> None:
        """Have the outline of each course read."""
        outlines = Outlines(candidates)
        self._lessons = Lessons(outlines, CourseShelf(catalog))
        self.results, self.heard = outlines.results, self._lessons.heard
        self.unlinked = self._lessons.unlinked

    def delivery(self, candidate: Candidate, folder: CourseFolder, said: SheetRow) -> Delivery:
        """The course that a candidate is, to be brought like anything else.

        Raises:
            RefusalError: course-empty.
        """
        made = self._lessons.made(candidate, folder)
        file = CourseFile(made.course)
        cover = (LoosePayload([candidate.cover]),) if candidate.cover else ()
        size = file.size + sum(payload.size for payload in cover)
        return Delivery(
            source=candidate.source,
            kind=Kind.COURSE,
            files=(file,),
            companions=cover,
            size=size,
            mark=mark_of(candidate.source, made.course.id, str(size)),
            said=made.metadata.overlaid(said.metadata),
            titles=said.titles or made.titles,
        )


def _links(folder: CourseFolder) -> Sequence[Path]:
    return [
        lesson.path for unit in folder.units for lesson in unit.lessons if is_link(lesson.path.name)
    ]
