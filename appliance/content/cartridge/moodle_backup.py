# SPDX-License-Identifier: GPL-3.0-or-later
"""A Moodle backup (``.mbz``), read as if it were a cartridge: an outline, and files behind it.

Source: Moodle's ``backup_stepslib.php``, versions 2 to 4. A backup holds more than a course needs;
what has no place in one is named.
"""

import base64
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, tostring

import msgspec

from appliance.content.cartridge.manifest import Line, Manifest, Resource, ResourceKind
from appliance.content.cartridge.moodle_question import QuestionBank
from appliance.content.inspect.plain import TITLE_LIMIT, plain
from appliance.content.inspect.unpack import MOST_BYTES, clean_name
from appliance.content.quiz.markup_tree import MOST_BYTES as LARGEST_XML
from appliance.content.quiz.markup_tree import every, parse, text_at
from appliance.errors import RefusalError

BACKUP = "moodle_backup.xml"
_MADE = "made"
_HASH = re.compile(r"[0-9a-f]{40}")
_NAME = re.compile(r"[a-z0-9_]{1,60}")
_NOTHING = "$@NULL@$"
_LARGEST_PICTURE = 5_000_000
_PLUGIN_FILE = "@@PLUGINFILE@@/"
# Where the files of an activity lie that is nothing but files.
_AREAS = {"resource": "content", "folder": "content", "h5pactivity": "package", "scorm": "package"}
_TEXTS = {"page": "content", "label": "intro"}
_LEFT = {
    "forum": ResourceKind.DISCUSSION,
    "chat": ResourceKind.DISCUSSION,
    "assign": ResourceKind.TASK,
    "workshop": ResourceKind.TASK,
    "lti": ResourceKind.TOOL,
}


class _File(msgspec.Struct, frozen=True):
    """A row of ``files.xml``."""

    hash: str
    context: str
    component: str
    area: str
    item: str
    name: str


class MoodleBackup:
    """A backup that was unpacked."""

    def __init__(self, folder: Path, members: tuple[str, ...]) -> None:
        """Read its lists.

        Raises:
            RefusalError: damaged.
        """
        self._folder, self._members = folder, set(members)
        self._room = MOST_BYTES
        self._about = self._xml(BACKUP)
        self._files = list(self._listed())
        self._resources: dict[str, Resource] = {}
        questions = self._xml("questions.xml") if "questions.xml" in self._members else Element("x")
        self._bank = QuestionBank(questions, self._shown)

    def manifest(self) -> tuple[Manifest, tuple[str, ...]]:
        """The backup as a manifest, and the paths that it is made of.

        Raises:
            RefusalError: damaged, cartridge-empty, or zip-bomb.
        """
        information = self._about.find("information")
        activities = {text_at(e, "moduleid"): e for e in every(self._about, "activity")}
        lines = tuple(filter(None, (self._section(e, activities) for e in self._sections())))
        if not lines:
            raise RefusalError("cartridge-empty")
        made = self._folder / _MADE
        paths = (one for one in made.rglob("*") if one.is_file())
        return (
            Manifest(
                id=_said(information, "original_course_shortname"),
                title=_said(information, "original_course_fullname"),
                language="",
                lines=lines,
                resources=self._resources,
            ),
            tuple(one.relative_to(self._folder).as_posix() for one in paths),
        )

    def _sections(self) -> Iterator[Element]:
        for sections in every(self._about, "sections"):
            yield from sections.findall("section")

    def _section(self, element: Element, activities: dict[str, Element]) -> Line | None:
        section_id = text_at(element, "sectionid")
        own = [e for e in activities.values() if text_at(e, "sectionid") == section_id]
        path = f"{text_at(element, 'directory')}/section.xml"
        said = self._xml(path) if path in self._members else element
        order = text_at(said, "sequence").split(",")
        places = {one: place for place, one in enumerate(order)}
        own.sort(key=lambda one: places.get(text_at(one, "moduleid"), len(places)))
        lines = tuple(line for one in own for line in self._activity(one))
        title = _said(said, "name") or _said(element, "title")
        return Line(f"section-{section_id}", title, inside=lines) if lines else None

    def _activity(self, element: Element) -> Iterator[Line]:
        kind, module = text_at(element, "modulename"), text_at(element, "moduleid")
        directory = text_at(element, "directory")
        path = f"{directory}/{kind}.xml"
        key = f"{kind}-{module}"
        title = _said(element, "title")
        if not _NAME.fullmatch(key.replace("-", "_")) or path not in self._members:
            yield Line(key, title, key)  # a line without a resource is named as missing
            return
        root = self._xml(path)
        own = [one for one in self._files if one.context == root.get("contextid", "")]
        if kind == "folder":
            yield from self._folder_lines(key, own)
            return
        self._resources[key] = self._resource(kind, key, root, own)
        yield Line(key, title, key)

    def _resource(self, kind: str, key: str, root: Element, own: list[_File]) -> Resource:
        activity = root.find(kind)
        if kind in _AREAS:
            files = self._written(key, [one for one in own if one.area == _AREAS[kind]])
            return Resource(key, ResourceKind.FILE, next(iter(files), ""), files)
        if kind in _TEXTS or kind == "book":
            files = self._written(key, own)
            text = _chapters(root) if kind == "book" else text_at(activity, _TEXTS[kind])
            page = self._text(f"{key}/page.html", _page(text_at(activity, "name"), text))
            return Resource(key, ResourceKind.FILE, page, (page, *files))
        if kind == "quiz":
            return Resource(key, ResourceKind.QUESTIONS, self._questions(key, root))
        if kind == "url":
            link = Element("webLink")
            link.append(Element("url", href=text_at(activity, "externalurl")))
            return Resource(
                key, ResourceKind.LINK, self._text(f"{key}/link.xml", tostring(link, "unicode"))
            )
        return Resource(key, _LEFT.get(kind, ResourceKind.OTHER), "")

    def _folder_lines(self, key: str, own: list[_File]) -> Iterator[Line]:
        """A folder: each of its files is a lesson."""
        for number, path in enumerate(self._written(key, own), start=1):
            file_key = f"{key}-{number}"
            self._resources[file_key] = Resource(file_key, ResourceKind.FILE, path, (path,))
            yield Line(file_key, plain(PurePosixPath(path).stem, TITLE_LIMIT), file_key)

    def _questions(self, key: str, root: Element) -> str:
        quiz = Element("quiz")
        quiz.extend(self._bank.of_quiz(root))
        return self._text(f"{key}/questions.xml", tostring(quiz, "unicode")) if len(quiz) else ""

    def _written(self, key: str, files: list[_File]) -> tuple[str, ...]:
        """Files of an activity below its own folder; their paths."""
        paths = []
        for file in files:
            source, name = self._content(file), f"{_MADE}/{key}/{file.name}"
            target = self._folder.joinpath(*PurePosixPath(name).parts)
            if source is None or target.exists() or any(one.is_file() for one in target.parents):
                continue
            self._charge(source.stat().st_size)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            paths.append(name)
        return tuple(paths)

    def _text(self, name: str, text: str) -> str:
        """Write a page that was made here, whatever file of an activity has its name."""
        path = self._folder / _MADE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(_PLUGIN_FILE, ""), encoding="utf-8", errors="replace")
        return f"{_MADE}/{name}"

    def _shown(self, area: str, item: str) -> dict[str, str]:
        """As ``moodle_question.Pictures`` says."""
        found = {}
        for file in self._files:
            if file.component.startswith("q") and (file.area, file.item) == (area, item):
                source = self._content(file)
                if source is not None and source.stat().st_size <= _LARGEST_PICTURE:
                    self._charge(source.stat().st_size)
                    found[file.name] = base64.b64encode(source.read_bytes()).decode("ascii")
        return found

    def _content(self, file: _File) -> Path | None:
        """Where the bytes of a file lie, if they are in the backup."""
        name = f"files/{file.hash[:2]}/{file.hash}"
        return self._folder / name if name in self._members else None

    def _charge(self, size: int) -> None:
        """A list can name a few bytes a thousand times."""
        self._room -= size
        if self._room < 0:
            raise RefusalError("zip-bomb", size=MOST_BYTES)

    def _listed(self) -> Iterator[_File]:
        if "files.xml" not in self._members:
            return
        for row in every(self._xml("files.xml"), "file"):
            name = text_at(row, "filename")
            digest = text_at(row, "contenthash")
            if name in ("", ".") or not _HASH.fullmatch(digest):
                continue
            try:
                path = clean_name((text_at(row, "filepath") + name).lstrip("/"))
            except RefusalError:
                continue  # what has no name that can be kept is not in the list
            yield _File(
                hash=digest,
                context=text_at(row, "contextid"),
                component=text_at(row, "component"),
                area=text_at(row, "filearea"),
                item=text_at(row, "itemid"),
                name=path,
            )

    def _xml(self, name: str) -> Element:
        path = self._folder.joinpath(*PurePosixPath(name).parts)
        if path.stat().st_size > LARGEST_XML:
            raise RefusalError("zip-bomb", size=path.stat().st_size)
        return parse(path.read_bytes())


def _said(element: Element | None, name: str) -> str:
    text = plain(text_at(element, name), TITLE_LIMIT)
    return "" if text == _NOTHING else text


def _chapters(root: Element) -> str:
    return "".join(
        f"<h2>{html.escape(text_at(one, 'title'))}</h2>{text_at(one, 'content')}"
        for one in every(root, "chapter")
    )


def _page(title: str, text: str) -> str:
    shown = html.escape(title)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{shown}</title></head>'
        f"<body>{text}</body></html>"
    )
