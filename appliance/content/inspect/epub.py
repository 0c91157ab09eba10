# SPDX-License-Identifier: GPL-3.0-or-later
"""An EPUB book: unpacked for the reader in the browser, its words read for search."""

from pathlib import PurePosixPath

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.epub_package import PackageDocument
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.markup import Page, decode_page
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import Package, open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

_SAMPLE = 50_000
_CHAPTER_LIMIT = 20_000_000
_PICTURE_LIMIT = 30_000_000
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
_CHAPTERS = frozenset({".xhtml", ".html", ".htm", ".xml"})


def inspect_epub(staged: Staged) -> Inspection:
    """Check and unpack a book, and read its words and what it says of itself.

    Raises:
        RefusalError: not-what-name-says, drm, damaged, no-text-or-pages, or for what may be wrong
            with an archive.
    """
    with open_package(staged.main, expected="EPUB") as package:
        document = PackageDocument(package)
        if not document.spine:
            raise RefusalError("no-text-or-pages")
        contents = document.contents()
        package.unpack(staged.pages, wanted=lambda name: True, progress=staged.progress)
        with PassageWriter(staged.folder) as passages:
            sample = _write_text(package, document, dict(_titles(contents)), passages)
        metadata = _metadata(staged, document, sample)
        warnings = [] if passages.written else ["no-text"]
        if passages.cut:
            warnings.append("text-cut")
        return Inspection(
            metadata=metadata,
            details=Details(pages=len(document.spine), entry=document.path, contents=contents),
            cover=make_cover(staged, Kind.EPUB, metadata.title, _pictures(package, document)),
            warnings=tuple(warnings),
        )


def _metadata(staged: Staged, document: PackageDocument, sample: str) -> Metadata:
    titles = (plain.plain(title, plain.TITLE_LIMIT) for title in document.said("title"))
    languages = plain.languages(document.said("language"))
    descriptions = document.said("description")
    return Metadata(
        title=next(filter(None, titles), "") or staged.title,
        description=plain.plain(next(iter(descriptions), ""), plain.DESCRIPTION_LIMIT),
        authors=plain.authors(document.said("creator")),
        languages=languages or plain.languages([guess_language(sample)]),
        date=next(filter(None, map(plain.date, document.said("date"))), ""),
    )


def _titles(contents: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """(path, title) of the first entry for each chapter; reversed, so that the first one stays."""
    return [(place.partition("#")[0], title) for title, place in reversed(contents)]


def _write_text(
    package: Package, document: PackageDocument, titles: dict[str, str], passages: PassageWriter
) -> str:
    """Write the words of every chapter; a sample of them."""
    sample = ""
    for path in document.spine:
        if PurePosixPath(path).suffix.lower() in _CHAPTERS:
            page = Page(decode_page(package.read(path, _CHAPTER_LIMIT)))
            passages.add(path, page.text, titles.get(path) or page.heading)
            sample = sample + page.text if len(sample) < _SAMPLE else sample
    return sample


def _pictures(package: Package, document: PackageDocument) -> list[bytes]:
    first = document.spine[0]
    path = document.cover or (first if PurePosixPath(first).suffix.lower() in _PICTURES else "")
    if path and package.members[path].file_size <= _PICTURE_LIMIT:
        return [package.read(path, _PICTURE_LIMIT)]
    return []
