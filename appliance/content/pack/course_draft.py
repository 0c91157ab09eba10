# SPDX-License-Identifier: GPL-3.0-or-later
"""Courses of a folder as publications: their lessons are named by the ids that items will have."""

from collections.abc import Callable, Collection
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from appliance.content.course.course import FILE_NAME, Course
from appliance.content.course.desk import CourseFile, Lessons, Outlines
from appliance.content.discover import Candidate
from appliance.content.fingerprint import content_id
from appliance.content.item import ID_PATTERN, Kind
from appliance.content.pack.draft import Draft
from appliance.content.pack.examine import examine
from appliance.content.pack.source import sha256_of
from appliance.content.result import IngestResult, Status
from appliance.errors import RefusalError

_LONGEST_ID = 64


class CourseDrafts:
    """Remembers the drafts of lessons, and makes drafts of their courses.

    What it writes lies in a folder of its own until it is closed.
    """

    def __init__(self, series: str, outlines: Outlines) -> None:
        """``series``: of the pack; ``outlines``: of the folder's courses."""
        self._outlines = outlines
        self._shelf = _PackShelf(series)
        self._lessons = Lessons(outlines, self._shelf)
        self._folder = TemporaryDirectory(prefix="chashma-")

    def close(self) -> None:
        """Take away what was written."""
        self._folder.cleanup()

    def heard(self, candidate: Candidate, draft: Draft) -> None:
        """A candidate will be in the pack.

        Raises:
            RefusalError: it cannot be read.
        """
        if not self._outlines.has_courses:
            return  # nobody asks for its id, so nothing is read for it
        hashes = [sha256_of(file.sources, lambda _: None) for file in draft.all_files]
        item_id = content_id(hashes)
        result = IngestResult(candidate.source, Status.INSTALLED, item_id, candidate.kind)
        title = draft.metadata.title
        self._lessons.heard(candidate, msgspec.structs.replace(result, title=title))
        self._shelf.sources[candidate.source] = item_id

    def draft(self, candidate: Candidate, progress: Callable[[float], None]) -> Draft:
        """A course as a publication, without an identifier yet.

        Raises:
            RefusalError: a box would not take it, or a lesson is not in the pack.
        """
        assert candidate.course is not None  # noqa: S101 - whoever calls has looked
        made = self._lessons.made(candidate, candidate.course)
        for lesson in made.course.lessons:
            if lesson.missing and lesson.missing != "not-brought":
                raise RefusalError("course-lesson-missing", path=lesson.name)
        file = Path(self._folder.name, str(len(list(Path(self._folder.name).iterdir()))), FILE_NAME)
        file.parent.mkdir()
        file.write_bytes(b"".join(CourseFile(made.course).chunks()))
        itself = Candidate(
            candidate.source, Kind.COURSE, (file,), cover=candidate.cover, said=made.metadata
        )
        return msgspec.structs.replace(examine(itself, progress), titles=made.titles)


class _PackShelf:
    """What a course of a pack may lead to: the pack's own content, and ids."""

    def __init__(self, series: str) -> None:
        self._series = series
        self.sources: dict[str, str] = {}

    def linked(self, targets: Collection[str]) -> dict[str, str]:
        """Ids of the pack's own items that links mean, of those that are in it by now."""
        return {target: item_id for target in targets if (item_id := self._find(target))}

    def _find(self, target: str) -> str:
        found = {
            item_id
            for source, item_id in self.sources.items()
            if target in (source, PurePosixPath(source).name, PurePosixPath(source).stem)
        }
        if ID_PATTERN.fullmatch(target):
            found.add(target)
        return next(iter(found)) if len(found) == 1 else ""

    def free_id(self, wanted: str, course: Course) -> str:
        """A name of its own, so that it takes the place of no course of a school's."""
        return f"{self._series}-{wanted}"[:_LONGEST_ID].strip("-")
