# SPDX-License-Identifier: GPL-3.0-or-later
"""Discovery: which files of a folder belong together, and what they may be.

Looks at names only; whether a file is what its name says is for the inspectors.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

import msgspec

from appliance.content.allowance import Allowance
from appliance.content.course import folder as courses
from appliance.content.embedded import embedded, stored_name
from appliance.content.folder_names import KINDS, QUIZ_NAME, FolderNames, kind_of
from appliance.content.item import Kind, Lesson, Metadata
from appliance.content.kolibri import export as kolibri
from appliance.content.split_archive import in_parts

_DEEPEST = 32
_FROM_ELSEWHERE = (".imscc", ".mbz")  # courses that must be converted first
# What operating systems leave on sticks; nobody asked for it, so nobody is told about it.
_IGNORED = {"system volume information", "$recycle.bin", "thumbs.db", "desktop.ini", "lost+found"}
# A pack is never content by itself, and neither is the report that the box leaves on a stick.
_OURS = re.compile(r".*\.chashma(\.zip(\.\d{3})?)?|chashma-report\.txt", re.DOTALL)
# What people put beside content to explain it.
_NOTES = re.compile(r"(readme|licen[cs]e|copying)(\.(md|txt|html?))?")


class Candidate(msgspec.Struct, frozen=True):
    """Files that may become one item.

    Attributes:
        source: what people know it by: path below the folder that was searched.
        files: in order: the parts of a split archive, the pictures of an album, a page with the
            pictures and sounds that stand in it, a quiz with pictures and sounds beside it, else
            one file.
        captions: subtitle files beside a video or audio.
        cover: a picture of the same name beside it.
        problem: a code of ``appliance.reasons`` if the names alone tell that it cannot be taken.
        missing: for the problem ``missing-part``: the name of the part; for what is wrong with a
            part of a course: what its sentence needs.
        names: of all files, where they shall be called otherwise than they are.
        id: a name that lasts longer than the file's; of a course's part.
        said: what is said of it where it lies; wins over what the file says of itself.
        lesson: its place in the course that lies there.
        course: the folder that it is, of a course; what its lessons are was found before it.
    """

    source: str
    kind: Kind | None
    files: tuple[Path, ...]
    captions: tuple[Path, ...] = ()
    cover: Path | None = None
    problem: str = ""
    missing: str = ""
    names: tuple[str, ...] = ()
    id: str = ""
    said: Metadata = Metadata()
    lesson: Lesson | None = None
    course: courses.CourseFolder | None = None

    @property
    def all_files(self) -> tuple[Path, ...]:
        """Every file that would be copied."""
        return (*self.files, *self.captions, *((self.cover,) if self.cover else ()))

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self.files[0].parent


def discover(paths: Iterable[Path], allowance: Allowance | None = None) -> Iterator[Candidate]:
    """The candidates in folders (with all below them) and among single files.

    A single file brings its captions and its cover along.

    Args:
        paths: of the folders and files.
        allowance: how much may be looked at in folders; without it everything is.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    allowance = allowance or Allowance()
    singles: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        path.lstat()
        if path.is_dir():
            root = path.resolve()  # a link that was named outright is meant
            yield from _without_shown(list(_walk(root, root, 0, allowance)))
        else:
            singles[path.parent].append(path)
    for folder, chosen in singles.items():
        yield from _only(chosen, folder)


def _without_shown(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Pictures and sounds that stand in a page are no items of their own."""
    shown = {path for one in found if one.kind is Kind.PAGE for path in one.files[1:]}
    for candidate in found:
        left = tuple(path for path in candidate.files if path not in shown)
        if candidate.kind is Kind.PAGE or left == candidate.files:
            yield candidate
        elif left:
            yield msgspec.structs.replace(candidate, files=left)


def _only(chosen: Sequence[Path], folder: Path) -> Iterator[Candidate]:
    """The candidates that hold a chosen file; of an album just the chosen pictures."""
    wanted = set(chosen)
    _, names = _listing(folder)
    for candidate in _group(folder, folder, names):
        kept = tuple(path for path in candidate.files if path in wanted)
        if kept and candidate.kind is Kind.ALBUM:
            yield msgspec.structs.replace(candidate, files=kept, source=kept[0].name)
        elif kept:
            yield candidate
    for path in chosen:
        if path.name not in names and not _is_ignored(path.name):
            yield _refused(folder, path, "not-a-file")


def _walk(
    root: Path, folder: Path, depth: int, allowance: Allowance, *, in_course: bool = False
) -> Iterator[Candidate]:
    try:
        if kolibri.is_export(folder):
            for part in kolibri.parts(folder):
                if not allowance.of((part.source,)):
                    return
                yield _part(part)
            return
        folders, names = _listing(folder)
    except OSError:
        yield _refused(root, folder, "unreadable")
        return
    is_course = not in_course and courses.is_course(folders, names)
    rest = [name for name in names if not (is_course and courses.is_cover(name))]
    inside = _inside(
        root, folder, folders, rest, depth, allowance, in_course=in_course or is_course
    )
    yield from _course(root, folder, names, inside) if is_course else inside


def _inside(
    root: Path,
    folder: Path,
    folders: Sequence[str],
    names: Sequence[str],
    depth: int,
    allowance: Allowance,
    *,
    in_course: bool,
) -> Iterator[Candidate]:
    yield from _group(root, folder, allowance.of(names))
    for name in folders:
        if not allowance.of((name,)):
            return
        if depth < _DEEPEST:
            yield from _walk(root, folder / name, depth + 1, allowance, in_course=in_course)
        else:
            yield Candidate(
                _source(root, folder / name), None, (folder / name,), problem="too-deep"
            )


def _course(
    root: Path, folder: Path, names: Sequence[str], inside: Iterator[Candidate]
) -> Iterator[Candidate]:
    """The lessons of a course, in their order, and the course after them."""
    lessons = sorted(
        _without_shown(list(inside)),
        key=lambda one: courses.place(one.files[0].relative_to(folder)),
    )
    yield from (one for one in lessons if not courses.is_link(one.files[0].name))
    sheet = courses.sheet_of(names)
    yield Candidate(
        source=_source(root, folder) if folder != root else folder.name,
        kind=Kind.COURSE,
        files=(folder,),
        cover=next((folder / name for name in names if courses.is_cover(name)), None),
        course=courses.CourseFolder(
            path=folder,
            units=courses.units(
                folder,
                [
                    courses.lesson(
                        folder, one.source, one.files[0], is_album=one.kind is Kind.ALBUM
                    )
                    for one in lessons
                    if one.problem != "captions-alone"
                ],
            ),
            sheet=folder / sheet if sheet else None,
        ),
    )


def _part(part: kolibri.Part) -> Candidate:
    """A part of a Kolibri channel, or the channel as a course."""
    if part.is_channel:
        return Candidate(
            source=part.source,
            kind=Kind.COURSE,
            files=(part.file,),
            id=part.id,
            said=part.said,
            course=courses.CourseFolder(part.file, (), channel=part.id),
        )
    return Candidate(
        source=part.source,
        kind=None if part.problem else KINDS[part.file.suffix],
        files=(part.file,),
        captions=part.captions,
        cover=part.cover,
        problem=part.problem,
        missing=part.missing,
        names=part.names,
        id=part.id,
        said=part.said,
        lesson=part.lesson,
    )


def _listing(folder: Path) -> tuple[list[str], list[str]]:
    """Names of the folders and of the ordinary files in it, sorted; links are not followed."""
    folders, names = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_file(follow_symlinks=False):
                names.append(entry.name)
    return sorted(folders), sorted(names)


def _is_ignored(name: str) -> bool:
    folded = name.casefold()
    known = folded in _IGNORED or _NOTES.fullmatch(folded) or _OURS.fullmatch(folded)
    return folded.startswith((".", "~$")) or bool(known)


def _group(root: Path, folder: Path, listing: Sequence[str]) -> Iterator[Candidate]:
    """Put the files of one folder together to candidates."""
    names = FolderNames(listing)
    spoken = names.take_spoken()
    covers = names.covers()
    loose = sorted(set(names.pictures) - set(covers.values()), key=_natural)
    shown = [folder / picture for picture in loose]
    beside = [*shown, *(folder / sound for sound in spoken)]
    for name in names.media:
        stem, kind = PurePath(name).stem, kind_of(name)
        if kind is Kind.PAGE:
            yield _page(root, folder / name, covers.get(stem), names.narrations(stem))
            continue
        own = names.take_captions(stem) if kind in (Kind.VIDEO, Kind.AUDIO) else []
        yield Candidate(
            source=_source(root, folder / name),
            kind=kind,
            files=(folder / name, *(beside if QUIZ_NAME.fullmatch(name) else ())),
            captions=tuple(folder / caption for caption in own),
            cover=folder / covers[stem] if stem in covers else None,
        )
    for stem, group in names.parts.items():
        yield _split_archive(root, folder, stem, group)
    if not any(map(QUIZ_NAME.fullmatch, names.media)):
        yield from _album(root, folder, shown)
    for name in names.unknown:
        is_course = PurePath(name).suffix.lower() in _FROM_ELSEWHERE
        problem = "cartridge-convert" if is_course else "unsupported-kind"
        yield _refused(root, folder / name, problem)
    for name in (name for group in names.captions.values() for name in group):
        yield _refused(root, folder / name, "captions-alone")


def _page(root: Path, path: Path, cover: str | None, narrations: Sequence[str]) -> Candidate:
    """A page with the pictures and sounds that stand in it, and where somebody reads it out."""
    try:
        shown = dict(embedded(path, root))
    except OSError:
        return _refused(root, path, "unreadable")
    for name in narrations:
        stored = stored_name(quote(name))
        if stored and stored not in shown.values():
            shown.setdefault(path.with_name(name), stored)
    own = path.with_name(cover) if cover else None
    if own in shown:
        own = None
    return Candidate(
        source=_source(root, path),
        kind=Kind.PAGE,
        files=(path, *shown),
        cover=own,
        names=(path.name, *shown.values(), *([own.name] if own else [])),
    )


def _refused(root: Path, path: Path, problem: str) -> Candidate:
    return Candidate(_source(root, path), None, (path,), problem=problem)


def _split_archive(root: Path, folder: Path, stem: str, names: Sequence[str]) -> Candidate:
    ordered, missing = in_parts(stem, names)
    return Candidate(
        source=_source(root, folder / f"{stem}.zim"),
        kind=Kind.ZIM,
        files=tuple(folder / name for name in ordered),
        problem="missing-part" if missing else "",
        missing=missing,
    )


def _album(root: Path, folder: Path, pictures: Sequence[Path]) -> Iterator[Candidate]:
    if pictures:
        name = _source(root, folder) if folder != root else folder.name
        yield Candidate(source=name or "/", kind=Kind.ALBUM, files=tuple(pictures))


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts ``2.jpg`` before ``10.jpg``."""
    return [
        (int(part), "") if part.isdecimal() else (0, part.casefold())
        for part in re.split(r"(\d+)", name)
    ]


def _source(root: Path, path: Path) -> str:
    """The path below the root as text; bytes that are no UTF-8 become readable marks."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
