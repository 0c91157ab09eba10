# SPDX-License-Identifier: GPL-3.0-or-later
"""Zipped web pages: unpacked for the host of untrusted content, where their scripts may run."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.markup import Page, decode_page
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import Package, open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

_START_PAGES = ("index.html", "index.htm", "index.xhtml")
_PAGES = frozenset({".html", ".htm", ".xhtml"})
# What browsers can use. Programs for servers, archives and installers stay in the packed file.
_SERVED = re.compile(
    r"\.(?:x?html?|css|m?js|json|map|xml|txt|csv|md|svg|png|jpe?g?|gif|webp|avif|bmp|ico|cur"
    r"|mp3|m4a|aac|og[ga]|opus|wav|flac|mp4|m4v|webm|ogv|vtt|srt|woff2?|otf|ttf|eot|pdf|wasm|gl[bt]f?"
    r"|bin|dat|data|webmanifest|properties)",
    re.IGNORECASE,
)
_PAGE_LIMIT = 10_000_000
_SAMPLE = 20_000
_MOST_PAGES = 5_000
_COVERS = ("cover", "thumbnail", "preview", "icon", "logo")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
_PICTURE_LIMIT = 20_000_000


class WrittenPages(NamedTuple):
    """What was written down of pages.

    Attributes:
        pages: how many there are.
        sample: of their text.
        language: that one of them says it is in, as written.
    """

    pages: int
    sample: str
    language: str


def inspect_html(staged: Staged) -> Inspection:
    """Unpack web pages and read their words.

    Raises:
        RefusalError: no-start-page, or for what may be wrong with an archive.
    """
    with open_package(staged.main, expected="ZIP") as package:
        entry = _start_page(package)
        package.unpack(staged.pages, wanted=is_served, progress=staged.progress)
        start = Page(decode_page(package.read(entry, _PAGE_LIMIT)))
        with PassageWriter(staged.folder) as passages:
            written = write_pages(package, passages)
        title = start.title or staged.title
        return Inspection(
            metadata=Metadata(
                title=title,
                description=start.description,
                authors=plain.authors([start.author]),
                languages=plain.languages([start.language])
                or plain.languages([guess_language(start.text)]),
            ),
            details=Details(pages=written.pages, entry=entry),
            cover=make_cover(staged, Kind.HTML, title, page_pictures(package, entry)),
            warnings=("text-cut",) if passages.cut else (),
        )


def _start_page(package: Package) -> str:
    """``index.html`` at the top, or in the one folder that holds everything."""
    tops = {PurePosixPath(name).parts[0] for name in package.members}
    folders = ["", *(f"{top}/" for top in tops if len(tops) == 1)]
    by_name = {name.lower(): name for name in package.members}
    for folder in folders:
        for page in _START_PAGES:
            if (found := by_name.get(f"{folder}{page}".lower())) is not None:
                return found
    raise RefusalError("no-start-page")


def is_served(name: str) -> bool:
    """Whether browsers can use a file of this name, and nobody meant to hide it."""
    path = PurePosixPath(name)
    return bool(_SERVED.fullmatch(path.suffix)) and not any(p.startswith(".") for p in path.parts)


def write_pages(package: Package, passages: PassageWriter) -> WrittenPages:
    """Write down the words of all pages."""
    names = [name for name in package.members if PurePosixPath(name).suffix.lower() in _PAGES]
    sample = language = ""
    for name in names[:_MOST_PAGES]:
        if package.members[name].file_size <= _PAGE_LIMIT:
            page = Page(decode_page(package.read(name, _PAGE_LIMIT)))
            passages.add(name, page.text, page.title)
            sample += page.text if len(sample) < _SAMPLE else ""
            language = language or page.language
    return WrittenPages(len(names), sample, language)


def page_pictures(package: Package, entry: str) -> list[bytes]:
    """What may serve as a cover: a picture that is called one, beside the start page."""
    folder = PurePosixPath(entry).parent
    found = [
        name
        for name in package.members
        if PurePosixPath(name).parent == folder
        and PurePosixPath(name).suffix.lower() in _PICTURES
        and PurePosixPath(name).stem.lower() in _COVERS
        and package.members[name].file_size <= _PICTURE_LIMIT
    ]
    found.sort(key=lambda name: _COVERS.index(PurePosixPath(name).stem.lower()))
    return [package.read(name, _PICTURE_LIMIT) for name in found[:1]]
