# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue sheet that people lay beside their files: ``catalog.csv`` or ``catalog.xlsx``.

One row a file. A wrong value is named with its row; the rest of the row and the other rows count.
"""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from appliance.content.headings import column_of
from appliance.content.item import Metadata
from appliance.content.sheet_rows import sheet_rows
from appliance.content.values import understood
from appliance.errors import RefusalError

MOST_ROWS = 100_000
_LARGEST = 32 * 1024 * 1024
_MOST_LETTERS = 4000
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
    reader = _Reader()
    for number, values in read_rows(path, MOST_ROWS):
        reader.read(number, values)
    return Sheet(tuple(reader.rows), tuple(reader.problems))


def read_rows(path: Path, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a sheet below its heading: number, and what stands in the columns we know.

    The first row that is not empty is the heading; cells that say nothing are left out.

    Raises:
        RefusalError: the file as a whole cannot be used.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise RefusalError("sheet-too-large", path=path.name, limit=most)
    columns: list[str] = []
    for number, cells in enumerate(sheet_rows(path), start=1):
        if number > most:
            raise RefusalError("sheet-too-large", path=path.name, limit=most)
        if not any(cells):
            continue
        if columns:
            pairs = zip(columns, cells, strict=False)
            yield number, {name: cell[:_MOST_LETTERS] for name, cell in pairs if name and cell}
            continue
        columns = [column_of(cell) for cell in cells]
        if "file" not in columns:
            break
    if "file" not in columns:
        raise RefusalError("sheet-no-header", path=path.name)


class _Reader:
    """Understands row by row."""

    def __init__(self) -> None:
        self.rows: list[SheetRow] = []
        self.problems: list[SheetProblem] = []
        self._seen: set[str] = set()

    def read(self, number: int, values: dict[str, str]) -> None:
        file = str(PurePosixPath(values.pop("file", "").replace("\\", "/")))
        if file.startswith(_REMARK):
            return
        if file == ".":
            self._problem(number, "sheet-row-no-file")
        elif file in self._seen:
            self._problem(number, "sheet-row-twice", path=file)
        else:
            self._seen.add(file)
            metadata, titles = understood(
                values, lambda code, **details: self._problem(number, code, **details)
            )
            row = SheetRow(number, file, metadata, titles, values.get("id", ""))
            self.rows.append(row)

    def _problem(self, row: int, code: str, **details: str | int) -> None:
        self.problems.append(SheetProblem(row, code, {"row": row, **details}))


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
