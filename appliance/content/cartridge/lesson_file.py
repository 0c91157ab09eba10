# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the file of a lesson of what a resource of a cartridge holds."""

import html
import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from appliance.content.cartridge.manifest import Manifest, Resource, ResourceKind, member
from appliance.content.file_name import sameness
from appliance.content.inspect.markup import decode_page
from appliance.content.inspect.unpack import MOST_BYTES
from appliance.errors import RefusalError

CONTENT = "content"
"""Folder of a packed page for all that it needs."""

_PAGES = (".html", ".htm", ".xhtml")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_ITSELF = (
    *(".pdf", ".epub", ".h5p", ".zip"),
    *(".mp4", ".m4v", ".webm", ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".wav"),
)
_LARGEST_PAGE = 10_000_000
_MOST_NEEDED = 2_000
_MOST_WRITTEN = 2 * MOST_BYTES
_MANIFEST = b"<manifest/>"
# IMS Common Cartridge 1.3, section 3.6: stands for the folder of all files of a course.
_TOKEN = re.compile(r"(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)/?", re.IGNORECASE)
_FOLDERS = ("", "web_resources", "resources")
# Of HTML, of HTML that is escaped in XML, and of style sheets.
_REFERENCE = re.compile(
    r"""((?:src|href|poster|data)\s*=\s*(?:["']|&quot;|&\#34;)|url\(\s*["']?)"""
    r"""([^"'<>()&\s][^"'<>()&]{0,500})""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,200}>", re.IGNORECASE)
_END_OF_TITLE = re.compile(r"</title\s{0,9}>", re.IGNORECASE)
_HEAD = re.compile(r"<head(?:\s[^<>]{0,200})?>", re.IGNORECASE)

Written = tuple[str, str]
"""Suffix of the lesson's file, and the code of ``report.REASONS`` where there is none."""


class LessonFile:
    """Makes files of lessons out of what was unpacked."""

    def __init__(self, manifest: Manifest, unpacked: Path, members: Collection[str]) -> None:
        """``members``: paths below ``unpacked`` that are known to be harmless."""
        self._manifest, self._unpacked = manifest, unpacked
        self._members = {sameness(name): name for name in members}
        self._used: set[str] = set()
        self._room = _MOST_WRITTEN

    def path(self, name: str) -> Path | None:
        """Where a file of the cartridge lies now, if it has one of this path."""
        found = self._found(name)
        return self._path(found) if found else None

    def is_used(self, name: str) -> bool:
        """Whether a file has become a lesson or a part of one."""
        return self._found(name) in self._used

    def write(self, resource: Resource, title: str, stem: Path) -> Written:
        """Write the file of a lesson; ``stem`` is its path without the ending."""
        main = self._found(resource.main)
        if not main:
            return "", "missing"
        suffix = PurePosixPath(main).suffix.lower()
        if resource.kind is ResourceKind.QUIZ:
            return self._quiz(resource, main, stem)
        if suffix in _PAGES:
            return self._page(resource, main, title, stem)
        if suffix in _PICTURES:
            return self._picture(main, suffix, title, stem)
        is_known = suffix in _ITSELF or resource.kind is ResourceKind.QUESTIONS
        if not is_known:
            return "", "format"
        self._charge([main])
        shutil.copyfile(self._path(main), _with(stem, suffix))
        return suffix, ""

    def _quiz(self, resource: Resource, main: str, stem: Path) -> Written:
        """The questions with their pictures, as an export of questions alone would be."""
        needed = self._needed(resource, main, lambda name: True)
        with zipfile.ZipFile(_with(stem, ".zip"), "w", zipfile.ZIP_DEFLATED) as bag:
            bag.writestr("imsmanifest.xml", _MANIFEST)
            bag.write(self._path(main), "questions.xml")
            for name in needed:
                if PurePosixPath(name).suffix.lower() in _PICTURES:
                    bag.write(self._path(name), f"{CONTENT}/{name}")
        return ".zip", ""

    def _page(self, resource: Resource, main: str, title: str, stem: Path) -> Written:
        """The page as the first of a packed few, with what it shows below ``content``."""
        own = self._own(resource)
        needed = self._needed(
            resource,
            main,
            lambda name: name in own or PurePosixPath(name).suffix.lower() not in _PAGES,
        )
        with zipfile.ZipFile(_with(stem, ".zip"), "w", zipfile.ZIP_DEFLATED) as bag:
            page = self._pointed(main, needed, f"{CONTENT}/")
            bag.writestr("index.html", _titled(page, title) if title else page)
            for name in needed:
                is_page = PurePosixPath(name).suffix.lower() in _PAGES
                if is_page:
                    upwards = "../" * name.count("/")
                    bag.writestr(f"{CONTENT}/{name}", self._pointed(name, needed, upwards))
                else:
                    bag.write(self._path(name), f"{CONTENT}/{name}")
        return ".zip", ""

    def _picture(self, main: str, suffix: str, title: str, stem: Path) -> Written:
        """A page that shows the picture: beside others it would become a part of an album."""
        folder = stem.parent / "pictures"
        folder.mkdir(exist_ok=True)
        name = f"{stem.name[:2]}-{len(list(folder.iterdir()))}{suffix}"
        self._charge([main])
        shutil.copyfile(self._path(main), folder / name)
        shown = re.sub(r"[\[\]\\`*_<>\n]", " ", title)
        _with(stem, ".md").write_text(f"![{shown}](pictures/{name})\n", encoding="utf-8")
        return ".md", ""

    def _own(self, resource: Resource) -> set[str]:
        """The files of a resource and of all that it needs, in however many circles."""
        seen: set[str] = set()
        waiting = [resource.id]
        files: list[str] = []
        while waiting:
            found = self._manifest.resources.get(waiting.pop())
            if found is None or found.id in seen:
                continue
            seen.add(found.id)
            files += found.files
            waiting += found.needs
        return set(filter(None, map(self._found, files)))

    def _needed(self, resource: Resource, main: str, wanted: Callable[[str], bool]) -> list[str]:
        """All that a page or quiz shows, and what that shows, without itself."""
        needed = dict.fromkeys(sorted(self._own(resource)))
        waiting = [main, *needed]
        while waiting and len(needed) < _MOST_NEEDED:
            name = waiting.pop()
            for found in self._shown(name):
                if found not in needed and wanted(found):
                    needed[found] = None
                    waiting.append(found)
        needed.pop(main, None)
        chosen = list(needed)[:_MOST_NEEDED]
        self._charge([main, *chosen])
        return chosen

    def _charge(self, names: Iterable[str]) -> None:
        """Note what becomes a part of a lesson; few bytes may be asked for by many pages."""
        for name in names:
            self._used.add(name)
            self._room -= self._path(name).stat().st_size
        if self._room < 0:
            raise RefusalError("zip-bomb", size=_MOST_WRITTEN)

    def _shown(self, name: str) -> Iterator[str]:
        """What a page, a style sheet or questions refer to and the cartridge has."""
        if PurePosixPath(name).suffix.lower() in (*_PAGES, ".css", ".xml", ".qti"):
            for found in _REFERENCE.finditer(self._text(name)):
                target = self._meant(found[2], name)
                if target:
                    yield target

    def _pointed(self, name: str, needed: Collection[str], way: str) -> str:
        """A page whose references to what is packed with it lead there; others stay as they are."""

        def point(found: re.Match[str]) -> str:
            target = self._meant(found[2], name)
            return f"{found[1]}{way}{quote(target)}" if target in needed else found[0]

        return _REFERENCE.sub(point, self._text(name))

    def _meant(self, reference: str, name: str) -> str:
        """The member that a reference in another one means, or nothing."""
        written = html.unescape(reference)
        rest = _TOKEN.sub("", written)
        if rest == written:
            return self._found(member(written, posixpath.dirname(name)))
        folders = (*_FOLDERS, posixpath.dirname(name))
        return next(filter(None, (self._found(member(rest, one)) for one in folders)), "")

    def _text(self, name: str) -> str:
        with self._path(name).open("rb") as file:
            return decode_page(file.read(_LARGEST_PAGE))

    def _found(self, path: str) -> str:
        return self._members.get(sameness(path), "") if path else ""

    def _path(self, name: str) -> Path:
        return self._unpacked.joinpath(*PurePosixPath(name).parts)


def _titled(page: str, title: str) -> str:
    """A page with the title that it has in the outline."""
    shown = f"<title>{html.escape(title)}</title>"
    if begin := _TITLE.search(page):
        end = _END_OF_TITLE.search(page, begin.end())
        return page[: begin.start()] + shown + (page[end.end() :] if end else page[begin.end() :])
    place = head.end() if (head := _HEAD.search(page)) else 0
    return page[:place] + shown + page[place:]


def _with(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)
