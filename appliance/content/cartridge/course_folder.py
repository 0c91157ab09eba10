# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a course folder of a Common Cartridge or a Moodle backup; prints the outcome.

Anybody may have written it.

For a child process with limits.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from appliance.content.cartridge.archive import unpack
from appliance.content.cartridge.lesson_file import LessonFile
from appliance.content.cartridge.manifest import (
    Line,
    Manifest,
    Resource,
    ResourceKind,
    every_line,
    read_manifest,
)
from appliance.content.cartridge.moodle_backup import BACKUP, MoodleBackup
from appliance.content.cartridge.report import Left, Outcome, Report
from appliance.content.course.assembly import slug
from appliance.content.file_name import safe_names
from appliance.content.inspect.plain import plain
from appliance.content.quiz.markup_tree import parse
from appliance.errors import RefusalError

MANIFEST = "imsmanifest.xml"
_UNPACKED = ".unpacked"
_LARGEST_MANIFEST = 50_000_000
_LARGEST_LINK = 100_000
_MOST = 999  # numbers before names have three figures
_FEW = 99
_MOST_NAMED = 1_000
_LONGEST_ABOUT = 300
_BROUGHT = (ResourceKind.FILE, ResourceKind.QUIZ, ResourceKind.QUESTIONS)
_HEADINGS = ("File", "Title", "Language", "id")


def make_course_folder(file: Path, folder: Path) -> Report:
    """Fill an empty folder with what a cartridge or a backup holds.

    Raises:
        RefusalError: cartridge-none, cartridge-scorm, cartridge-empty, cartridge-manifest-twice,
            or what may be wrong with any archive.
        OSError: our own disk fails.
    """
    unpacked = folder / _UNPACKED
    members = unpack(file, unpacked)
    manifest, parts = _read(unpacked, members)
    maker = _Maker(manifest, unpacked, parts, folder)
    report = maker.report(plain(file.stem, _LONGEST_ABOUT))
    shutil.rmtree(unpacked)
    return report


def _read(unpacked: Path, members: tuple[str, ...]) -> tuple[Manifest, tuple[str, ...]]:
    """The outline, and the paths of what its lessons can be made of."""
    if BACKUP in members:
        return MoodleBackup(unpacked, members).manifest()
    if MANIFEST not in members:
        raise RefusalError("cartridge-none")
    path = unpacked / MANIFEST
    if path.stat().st_size > _LARGEST_MANIFEST:
        raise RefusalError("zip-bomb", size=path.stat().st_size)
    return read_manifest(path.read_bytes()), members


class _Maker:
    """Writes the lessons of one cartridge, and notes what became of each."""

    def __init__(
        self, manifest: Manifest, unpacked: Path, members: tuple[str, ...], folder: Path
    ) -> None:
        self._manifest, self._unpacked, self._folder = manifest, unpacked, folder
        self._lessons = LessonFile(manifest, unpacked, members)
        self._came: list[tuple[str, str]] = []
        self._left: list[Left] = []
        self._ids: dict[str, str] = {}
        self._written: set[str] = set()
        self._units: list[tuple[str, str]] = []

    def report(self, name: str) -> Report:
        """Write everything, and ``course.xlsx``; ``name`` is the title of a course without one."""
        for number, line in enumerate(self._few(self._manifest.lines), start=1):
            stem = self._stem(self._folder, number, line, len(self._manifest.lines))
            if line.inside:
                self._unit(line, stem)
            elif line.resource:
                self._lesson(line, stem)
        if not self._came:
            raise RefusalError("cartridge-empty")
        title = self._manifest.title or name
        self._write_sheet(title)
        self._left += self._unused()
        return Report(title, tuple(self._came), tuple(self._left[:_MOST_NAMED]))

    def _few(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        self._left += [Left(line.title, "too-many") for line in lines[_MOST:]]
        return lines[:_MOST]

    def _unit(self, line: Line, folder: Path) -> None:
        """What lies below a heading, however deep, is one unit."""
        folder.mkdir()
        own = (msgspec.structs.replace(line, inside=()), *every_line(line.inside))
        lessons = self._few(tuple(one for one in own if one.resource))
        before = len(self._came)
        for number, lesson in enumerate(lessons, start=1):
            self._lesson(lesson, self._stem(folder, number, lesson, len(lessons)))
        if len(self._came) > before:
            self._units.append((folder.name, line.title))
        else:
            shutil.rmtree(folder)

    def _lesson(self, line: Line, stem: Path) -> None:
        resource = self._manifest.resources.get(line.resource)
        if resource is None:
            self._left.append(Left(line.title, "missing"))
            return
        if resource.kind not in _BROUGHT:
            about = self._address(resource) if resource.kind is ResourceKind.LINK else ""
            self._left.append(Left(line.title, resource.kind, about))
            return
        if resource.id in self._written:
            self._left.append(Left(line.title, "again"))
            return
        self._written.add(resource.id)
        suffix, reason = self._lessons.write(resource, line.title, stem)
        if reason:
            about = plain(resource.main, _LONGEST_ABOUT)
            self._left.append(Left(line.title, reason, about))
            return
        path = (stem.parent / f"{stem.name}{suffix}").relative_to(self._folder).as_posix()
        lesson_id = slug(line.id)
        if lesson_id and lesson_id not in self._ids.values():
            self._ids[path] = lesson_id
        self._came.append((path, line.title))

    def _stem(self, folder: Path, number: int, line: Line, count: int) -> Path:
        figures = 3 if count > _FEW else 2
        return folder / f"{number:0{figures}} {safe_names([line.title or '-'])[0]}"

    def _address(self, resource: Resource) -> str:
        """The address of a web link (Common Cartridge 1.3, section 4.5)."""
        path = self._lessons.path(resource.main)
        if path is None or path.stat().st_size > _LARGEST_LINK:
            return ""
        try:
            url = parse(path.read_bytes()).find("url")
        except RefusalError:
            return ""
        return plain(url.get("href", "") if url is not None else "", _LONGEST_ABOUT)

    def _unused(self) -> Iterator[Left]:
        """Resources that are neither lessons nor part of one."""
        named = {line.resource for line in every_line(self._manifest.lines)}
        for resource in self._manifest.resources.values():
            is_part = self._lessons.is_used(resource.main)
            if resource.id in named or is_part:
                continue
            reason = "bank" if resource.kind is ResourceKind.BANK else "unused"
            yield Left(plain(resource.main or resource.id, _LONGEST_ABOUT), reason)

    def _write_sheet(self, title: str) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        if not isinstance(sheet, Worksheet):
            raise TypeError("a new workbook has a sheet")
        rows = [
            (".", title, self._manifest.language, ""),
            *((name, heading, "", "") for name, heading in self._units),
            *((path, heading, "", self._ids.get(path, "")) for path, heading in self._came),
        ]
        sheet.append(_HEADINGS)
        for place, values in enumerate(rows, start=2):
            for number, value in enumerate(values, start=1):
                sheet.cell(place, number, value).data_type = "s"  # "=…" is no formula
        book.save(self._folder / "course.xlsx")


def main() -> None:
    """Convert the file into the folder named on the command line."""
    file, folder = map(Path, sys.argv[1:])
    try:
        outcome = Outcome(report=make_course_folder(file, folder))
    except RefusalError as exc:
        outcome = Outcome(code=exc.code, details=exc.details)
    sys.stdout.buffer.write(msgspec.json.encode(outcome))


if __name__ == "__main__":
    main()
