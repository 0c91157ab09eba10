# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what describes a course, which anybody may have written, and prints it as JSON.

For a child process with limits. ``course.xlsx`` has a row for the course (its file is ``.``), for
each unit (its folder) and each lesson (its path); ``course.md`` says of the course in its first
lines what the row would.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TypeVar

import msgspec

from appliance.content import front_matter
from appliance.content.course.course import Order
from appliance.content.course.outline import Link, Outline, OutlineRow
from appliance.content.headings import folded
from appliance.content.inspect.markup import decode_page
from appliance.content.inspect.plain import DESCRIPTION_LIMIT, TITLE_LIMIT, plain, visible
from appliance.content.item import Metadata
from appliance.content.spreadsheet import SheetProblem, read_rows
from appliance.content.values import titles_of, understood
from appliance.errors import RefusalError

MOST_ROWS = 6_000
_LARGEST_TEXT = 1_000_000
_LARGEST_LINK = 16_384
_LONGEST_TARGET = 300
_ID = re.compile(r"[a-z0-9-]{1,64}")
_NUMBER = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*%?")
_ITSELF = ("", ".", "course", "курс")
_WHOLE = 100.0
_ORDERS: Mapping[Order, tuple[str, ...]] = {
    Order.FREE: ("free", "озод", "свободный", "свободно"),
    Order.IN_ORDER: ("in-order", "in order", "бо навбат", "по порядку"),
    Order.UNLOCK: ("unlock", "кушода мешавад", "қадам ба қадам", "открывается", "шаг за шагом"),
}
_ANSWERS: Mapping[bool, tuple[str, ...]] = {
    True: ("yes", "true", "1", "+", "ҳа", "бале", "да"),
    False: ("no", "false", "0", "-", "не", "нет"),
}
_TESTS: Mapping[str, tuple[str, ...]] = {
    "pre": ("pre", "before", "аввал", "пеш", "до", "входной"),
    "post": ("post", "after", "охир", "баъд", "после", "итоговый"),
}

T = TypeVar("T")


class _Said:
    """The values of one row, understood one by one; what means nothing is told."""

    def __init__(self, row: int, values: Mapping[str, str]) -> None:
        self.row, self.values = row, {key: visible(value) for key, value in values.items()}
        self.problems: list[SheetProblem] = []

    def complain(self, code: str, **details: str | int) -> None:
        self.problems.append(SheetProblem(self.row, code, {"row": self.row, **details}))

    def one_of(self, column: str, words: Mapping[T, tuple[str, ...]], otherwise: T) -> T:
        said = folded(self.values.get(column, ""))
        if not said:
            return otherwise
        for meant, names in words.items():
            if said in names:
                return meant
        return self.wrong(column, otherwise)

    def number(self, column: str) -> float:
        said = self.values.get(column, "")
        found = _NUMBER.fullmatch(said)
        if not said:
            return 0.0
        return float(found[1].replace(",", ".")) if found else self.wrong(column, 0.0)

    def share(self, column: str) -> float:
        """70, 70 % and 0,7 are the same."""
        number = self.number(column)
        number = number / _WHOLE if number > 1 or "%" in self.values.get(column, "") else number
        return number if number <= 1 else self.wrong(column, 0.0)

    def id(self) -> str:
        said = self.values.get("id", "").casefold()
        return said if not said or _ID.fullmatch(said) else self.wrong("id", "")

    def link(self) -> Link | None:
        target = plain(self.values.get("link", ""), _LONGEST_TARGET)
        return (
            Link(target, plain(self.values.get("entry", ""), _LONGEST_TARGET)) if target else None
        )

    def titles(self) -> dict[str, str]:
        found = titles_of(self.values)
        return {code: plain(title, TITLE_LIMIT) for code, title in found.items()}

    def wrong(self, column: str, otherwise: T) -> T:
        self.complain("sheet-row-value", value=self.values.get(column, "")[:100], column=column)
        return otherwise


def read(sheet: Path | None, folder: Path, links: list[Path]) -> Outline:
    """The outline.

    Raises:
        RefusalError: the sheet as a whole cannot be used.
        OSError: something cannot be read.
    """
    if sheet is None:
        outline = Outline()
    elif sheet.suffix.lower() == ".md":
        outline = _from_page(sheet)
    else:
        outline = _from_sheet(sheet)
    linked = tuple(_from_link(path, folder) for path in links)
    known = {row.path.casefold() for row in outline.rows}
    added = tuple(row for row in linked if row.path.casefold() not in known)
    return msgspec.structs.replace(outline, rows=(*outline.rows, *added))


def _from_page(sheet: Path) -> Outline:
    with sheet.open("rb") as file:
        head, body = front_matter.split(decode_page(file.read(_LARGEST_TEXT)))
    said = _Said(0, head.values)
    outline = _about(said)
    heading = re.match(r"\s*#\s+(.+)", body)
    about = outline.metadata
    metadata = msgspec.structs.replace(
        about,
        title=about.title or plain(heading[1] if heading else "", TITLE_LIMIT),
        description=about.description
        or plain(body[heading.end() if heading else 0 :], DESCRIPTION_LIMIT),
    )
    problems = (*_placed(said.problems, head), *_odd(head))
    return msgspec.structs.replace(outline, metadata=metadata, problems=problems)


def _placed(problems: list[SheetProblem], head: front_matter.FrontMatter) -> Iterator[SheetProblem]:
    """The problems with the rows of the page that they are in."""
    rows = {line.column: line.row for line in head.lines}
    for one in problems:
        row = rows.get(str(one.details.get("column")), 1)
        yield SheetProblem(row, one.code, {**one.details, "row": row})


def _odd(head: front_matter.FrontMatter) -> Iterator[SheetProblem]:
    unknown = [(line.row, line.word) for line in head.lines if not line.column]
    for row, word in [*unknown, *((row, "…") for row in head.odd)]:
        yield SheetProblem(row, "course-row-odd", {"row": row, "value": word[:100]})


def _from_sheet(sheet: Path) -> Outline:
    outline = Outline()
    rows: dict[str, OutlineRow] = {}
    ids: set[str] = set()
    problems: list[SheetProblem] = []
    for number, values in read_rows(sheet, MOST_ROWS):
        path = str(PurePosixPath(values.pop("file", "").replace("\\", "/")))
        if path.startswith("# "):
            continue
        said = _Said(number, values)
        if path.casefold() in _ITSELF:
            outline = _about(said)
        elif path.casefold() in rows:
            said.complain("sheet-row-twice", path=path)
        else:
            row = _row(path, said)
            if row.id and row.id in ids:  # two lessons of one id would be one, and hide each other
                row = msgspec.structs.replace(row, id=said.wrong("id", ""))
            ids.add(row.id)
            rows[path.casefold()] = row
        problems += said.problems
    return msgspec.structs.replace(outline, rows=tuple(rows.values()), problems=tuple(problems))


def _about(said: _Said) -> Outline:
    metadata, _ = understood(said.values, said.complain)
    return Outline(
        id=said.id(),
        metadata=_plain(metadata),
        titles=said.titles(),
        hours=said.number("hours"),
        pass_mark=said.share("pass_mark"),
        order=said.one_of("order", _ORDERS, Order.FREE),
        certificate=said.one_of("certificate", _ANSWERS, otherwise=False),
    )


def _plain(metadata: Metadata) -> Metadata:
    return msgspec.structs.replace(
        metadata,
        title=plain(metadata.title, TITLE_LIMIT),
        description=plain(metadata.description, DESCRIPTION_LIMIT),
        subject=plain(metadata.subject, TITLE_LIMIT),
        collection=plain(metadata.collection, TITLE_LIMIT),
    )


def _row(path: str, said: _Said) -> OutlineRow:
    titles = said.titles()
    answers: dict[bool | None, tuple[str, ...]] = dict(_ANSWERS.items())
    return OutlineRow(
        path=path,
        row=said.row,
        id=said.id(),
        title=plain(said.values.get("title", ""), TITLE_LIMIT) or next(iter(titles.values()), ""),
        titles=titles,
        required=said.one_of("required", answers, None),
        test=said.one_of("test", _TESTS, ""),
        link=said.link(),
    )


def _from_link(path: Path, folder: Path) -> OutlineRow:
    """One line that names the target, or lines like ``link: …``, ``entry: …``, ``title_ru: …``."""
    with path.open("rb") as file:
        text = decode_page(file.read(_LARGEST_LINK)).strip()
    where = path.relative_to(folder).as_posix()
    head, _ = front_matter.split(text if text.startswith("---") else f"---\n{text}\n---\n")
    if "link" in head.values:
        return _row(where, _Said(0, head.values))
    first = plain(next(iter(text.splitlines()), ""), _LONGEST_TARGET)
    return OutlineRow(where, link=Link(first) if first else None)


def main() -> None:
    """Print the outline of the sheet, folder and links named on the command line."""
    sheet, folder, *links = sys.argv[1:]
    try:
        outline = read(None if sheet == "-" else Path(sheet), Path(folder), list(map(Path, links)))
    except RefusalError as exc:
        outline = Outline(problems=(SheetProblem(0, exc.code, exc.details),))
    sys.stdout.buffer.write(msgspec.json.encode(outline))


if __name__ == "__main__":
    main()
