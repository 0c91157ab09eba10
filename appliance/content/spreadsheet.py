# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue sheet that people lay beside their files: ``catalog.csv`` or ``catalog.xlsx``.

One row a file. A wrong value is named with its row; the rest of the row and the other rows count.
"""

import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from appliance.content.headings import TITLES, column_of, folded
from appliance.content.item import Audience, Metadata
from appliance.content.sheet_rows import sheet_rows
from appliance.content.subject import SUBJECTS
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES, normal_language, translations

MOST_ROWS = 100_000
_LARGEST = 32 * 1024 * 1024
_MOST_LETTERS = 4000
_AUDIENCES = {
    Audience.PRE_PRIMARY: ("pre-primary", "preprimary", "томактабӣ", "дошкольники"),
    Audience.PUPIL: ("pupil", "pupils", "student", "хонанда", "хонандагон", "ученик", "ученики"),
    Audience.TEACHER: ("teacher", "teachers", "омӯзгор", "омӯзгорон", "учитель", "учителя"),
    Audience.PARENT: ("parent", "parents", "волидайн", "падару модар", "родитель", "родители"),
}
_AUDIENCE_BY_NAME = {name: key for key, names in _AUDIENCES.items() for name in names}
_SEVERAL = re.compile(r"[;,\n]+")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LAST_GRADE = 11
_REMARK = "# "


class SheetProblem(msgspec.Struct, frozen=True):
    """What is wrong in a row.

    Attributes:
        row: as the spreadsheet program counts, the heading being row 1; 0: the whole sheet.
        code: a key of ``appliance.reasons.REASONS``.
        details: for its sentence.
    """

    row: int
    code: str
    details: dict[str, str | int]


class SheetRow(msgspec.Struct, frozen=True):
    """A row: the file that it speaks of, and what it says.

    Attributes:
        titles: title by language code, where the row has several columns for it.
        id: a name that stays the same when the file is called otherwise; for packs.
    """

    row: int
    file: str
    metadata: Metadata
    titles: dict[str, str] = {}
    id: str = ""


NOTHING = SheetRow(0, "", Metadata())
"""What is said of a file that no row speaks of."""


class Sheet(msgspec.Struct, frozen=True):
    """A sheet as far as it can be understood."""

    rows: tuple[SheetRow, ...]
    problems: tuple[SheetProblem, ...]


def read_sheet(path: Path) -> Sheet:
    """Read a sheet. Parses untrusted bytes: call it where a crash or a bomb does no harm.

    Raises:
        RefusalError: the file as a whole cannot be used.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise RefusalError("sheet-too-large", path=path.name, limit=MOST_ROWS)
    reader = _Reader(path.name)
    for number, cells in enumerate(sheet_rows(path), start=1):
        if number > MOST_ROWS:
            raise RefusalError("sheet-too-large", path=path.name, limit=MOST_ROWS)
        reader.read(number, cells)
    if not reader.columns:
        raise RefusalError("sheet-no-header", path=path.name)
    return Sheet(tuple(reader.rows), tuple(reader.problems))


class _Reader:
    """Reads line by line; the first line that is not empty is the heading."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.columns: list[str] = []
        self.rows: list[SheetRow] = []
        self.problems: list[SheetProblem] = []
        self._seen: set[str] = set()

    def read(self, number: int, cells: Sequence[str]) -> None:
        if not any(cells):
            return
        if not self.columns:
            self.columns = [column_of(cell) for cell in cells]
            if "file" not in self.columns:
                raise RefusalError("sheet-no-header", path=self._name)
            return
        values = {
            column: cell[:_MOST_LETTERS]
            for column, cell in zip(self.columns, cells, strict=False)
            if column and cell
        }
        file = str(PurePosixPath(values.pop("file", "").replace("\\", "/")))
        if file.startswith(_REMARK):
            return
        if file == ".":
            self._problem(number, "sheet-row-no-file")
        elif file in self._seen:
            self._problem(number, "sheet-row-twice", path=file)
        else:
            self._seen.add(file)
            metadata = self._metadata(number, values)
            titles = _titles(values)
            if titles:
                metadata = msgspec.structs.replace(metadata, title=_main(titles, metadata))
            row = SheetRow(number, file, metadata, titles, values.get("id", ""))
            self.rows.append(row)

    def _metadata(self, number: int, values: dict[str, str]) -> Metadata:
        def several(column: str, understand: Callable[[str], list[str]]) -> tuple[str, ...]:
            found = []
            for word in _SEVERAL.split(values.get(column, "")):
                if word.strip():
                    meant = understand(word.strip())
                    if not meant:
                        self._problem(number, "sheet-row-value", value=word.strip(), column=column)
                    found.extend(meant)
            return tuple(dict.fromkeys(found))

        return Metadata(
            title=values.get("title", ""),
            description=values.get("description", ""),
            authors=several("author", lambda word: [word]),
            languages=several("language", _language),
            date=next(iter(several("date", _date)), ""),
            subject=_subject(values.get("subject", "")),
            grades=tuple(sorted(int(grade) for grade in several("grade", _grades))),
            audiences=tuple(Audience(name) for name in several("audience", _audience)),
            collection=values.get("collection", ""),
        )

    def _problem(self, row: int, code: str, **details: str | int) -> None:
        self.problems.append(SheetProblem(row, code, {"row": row, **details}))


def _titles(values: dict[str, str]) -> dict[str, str]:
    found = {code: values.get(f"title_{code}", "") for code in TITLES}
    return {code: title for code, title in found.items() if title}


def _main(titles: dict[str, str], metadata: Metadata) -> str:
    """The title in the language of the thing itself, else in the first that there is."""
    return next(titles[code] for code in (*metadata.languages, *TITLES) if code in titles)


def _language(word: str) -> list[str]:
    return list(filter(None, [normal_language(word)]))


def _date(word: str) -> list[str]:
    return [word] if _DATE.fullmatch(word) else []


def _grades(word: str) -> list[str]:
    """``5`` or ``1-4``, as the grades' numbers."""
    ends = re.fullmatch(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?", word)
    if not ends:
        return []
    first, last = int(ends[1]), int(ends[2] or ends[1])
    return [str(grade) for grade in range(first, last + 1)] if last <= _LAST_GRADE else []


def _audience(word: str) -> list[str]:
    found = _AUDIENCE_BY_NAME.get(folded(word))
    return [found] if found else []


def _subject(word: str) -> str:
    """The key of a subject that the sheet names by its key or in a language of ours; else as is."""
    return _subject_keys().get(folded(word), word)


@cache
def _subject_keys() -> dict[str, str]:
    return {
        folded(name): key
        for key, english in SUBJECTS.items()
        for name in (key, *(translations(language).gettext(english) for language in UI_LANGUAGES))
    }


def main() -> None:
    """Print the sheet named on the command line as JSON; for a child process with limits."""
    path = Path(sys.argv[1])
    try:
        sheet = read_sheet(path)
    except RefusalError as exc:
        sheet = Sheet((), (SheetProblem(0, exc.code, exc.details),))
    sys.stdout.buffer.write(msgspec.json.encode(sheet))


if __name__ == "__main__":
    main()
