# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF: poppler says what it is and reads its words, pypdf its outline."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import msgspec
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError
from appliance.process import ToolFailedError, run_limited

_MEMORY = 400_000_000
_OUTPUT = 60_000_000
_INFO_S, _COVER_S, _TEXT_S = 30.0, 60.0, 600.0
_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_ENDS = (b"%%EOF", b"startxref")
_END_WITHIN = 65536
_DRAW_FIRST_PAGE = ["pdftoppm", "-jpeg", "-singlefile", "-f", "1", "-l", "1", "-scale-to", "600"]
_MOST_CONTENTS = 2_000
_DEEPEST = 6
# Titles that programs put there and no person ever chose.
_PROGRAM_TITLE = re.compile(
    r"^(?:microsoft \w+ - |untitled|без ?имени|документ\d*$"
    r"|.*\.(?:docx?|rtf|odt|indd|qxd|pdf|tex|p65)$)",
    re.IGNORECASE,
)
_LOCKED = "Incorrect password"
PYPDF_ERRORS = (
    PyPdfError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    NotImplementedError,
    OSError,
)
"""What pypdf raises for documents that are not what the standard says."""


class _Facts(msgspec.Struct, frozen=True):
    """What pypdf reads: poppler's tools tell neither language nor outline."""

    language: str = ""
    outline: tuple[tuple[str, int], ...] = ()


def inspect_pdf(staged: Staged) -> Inspection:
    """Check a document, read its words page by page, and make its cover.

    Raises:
        RefusalError: not-what-name-says, cut-short, password-protected, damaged, no-text-or-pages.
        ProcessError: a tool of poppler crashed or took too long.
    """
    check_ends(staged.main)
    info = _info(staged.main)
    pages = int(info.get("Pages", "0"))
    if pages < 1:
        raise RefusalError("no-text-or-pages")
    facts = _facts(staged.main)
    with PassageWriter(staged.folder) as passages:
        sample = _write_text(staged, facts, passages)
    title = chosen_title(info.get("Title", ""), staged)
    warnings = [] if passages.written else ["no-text"]
    if passages.cut:
        warnings.append("text-cut")
    width, height = _page_size(info)
    return Inspection(
        metadata=Metadata(
            title=title,
            description=plain.plain(info.get("Subject", ""), plain.DESCRIPTION_LIMIT),
            authors=plain.authors(re.split(r"[;\n]", info.get("Author", ""))),
            languages=plain.languages([facts.language])
            or plain.languages([guess_language(sample)]),
            date=plain.date(info.get("CreationDate", "")),
        ),
        details=Details(
            pages=pages,
            width=width,
            height=height,
            contents=tuple((title, str(page)) for title, page in facts.outline),
        ),
        cover=make_cover(staged, Kind.PDF, title, _first_page(staged.main)),
        warnings=tuple(warnings),
    )


def check_ends(path: Path) -> None:
    """See that it begins and ends as a document does.

    Raises:
        RefusalError: not-what-name-says or cut-short.
    """
    with path.open("rb") as file:
        if _MAGIC not in file.read(_MAGIC_WITHIN):
            raise RefusalError("not-what-name-says", expected="PDF")
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        end = file.read()
    # Poppler mends a file without its end as best it can, and loses pages without a word.
    if not any(mark in end for mark in _ENDS):
        raise RefusalError("cut-short")


def _info(path: Path) -> dict[str, str]:
    try:
        output = run_limited(
            ["pdfinfo", "-isodates", "-enc", "UTF-8", path],
            timeout_s=_INFO_S,
            memory_bytes=_MEMORY,
            output_limit=1_000_000,
        )
    except ToolFailedError as exc:
        locked = _LOCKED in exc.message
        raise RefusalError("password-protected" if locked else "damaged") from exc
    lines = output.stdout.decode("utf-8", "replace").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def _facts(path: Path) -> _Facts:
    """Language and outline; a document can be read without either."""
    try:
        reader = PdfReader(path, strict=False)
        language = str(reader.root_object.get("/Lang") or "")
    except PYPDF_ERRORS:
        return _Facts()
    try:
        outline = tuple(_outline(reader, reader.outline, 0))[:_MOST_CONTENTS]
    except PYPDF_ERRORS:
        outline = ()
    return _Facts(language=language, outline=outline)


def _outline(reader: PdfReader, level: object, depth: int) -> Iterator[tuple[str, int]]:
    if not isinstance(level, list) or depth > _DEEPEST:
        return
    for entry in level:
        if isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            title = plain.plain(str(entry.title or ""), plain.TITLE_LIMIT)
            if page is not None and page >= 0 and title:
                yield title, page + 1
        else:
            yield from _outline(reader, entry, depth + 1)


def _write_text(staged: Staged, facts: _Facts, passages: PassageWriter) -> str:
    """Write the words of every page, each under the heading that it falls under; a sample."""
    try:
        output = run_limited(
            ["pdftotext", "-q", "-enc", "UTF-8", staged.main, "-"],
            timeout_s=_TEXT_S,
            memory_bytes=_MEMORY,
            output_limit=_OUTPUT,
        )
    except ToolFailedError:
        return ""  # the pages can still be looked at
    headings = sorted(facts.outline, key=lambda entry: entry[1])
    starts = [page for _, page in headings]
    pages = output.stdout.decode("utf-8", "replace").split("\f")
    for number, text in enumerate(pages, start=1):
        under = bisect_right(starts, number)
        passages.add(str(number), text, headings[under - 1][0] if under else "")
    return " ".join(pages[:30])


def chosen_title(title: str, staged: Staged) -> str:
    """A document's own title, unless a program chose it."""
    said = plain.plain(title, plain.TITLE_LIMIT)
    return staged.title if not said or _PROGRAM_TITLE.match(said) else said


def _page_size(info: dict[str, str]) -> tuple[int, int]:
    """Points of the first page as it is shown."""
    found = re.match(r"([\d.]+) x ([\d.]+) pts", info.get("Page size", ""))
    if not found:
        return 0, 0
    width, height = round(float(found[1])), round(float(found[2]))
    return (height, width) if info.get("Page rot") in ("90", "270") else (width, height)


def _first_page(path: Path) -> list[bytes | Path]:
    try:
        output = run_limited(
            [*_DRAW_FIRST_PAGE, path],
            timeout_s=_COVER_S,
            memory_bytes=_MEMORY,
            output_limit=20_000_000,
        )
    except ToolFailedError:
        return []
    return [output.stdout]
