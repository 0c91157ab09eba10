# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the workbook that is told on standard input to standard output; for a child process.

A name such as ``=cmd|' /C calc'!A0`` stays a text: each text is written with the type of texts, not
with the one that openpyxl would guess, and with the mark by which spreadsheet programs keep it one
when somebody edits the cell (``quotePrefix``, ECMA-376 part 1, 18.8.45).
"""

import io
import re
import sys
from typing import cast

import msgspec
import openpyxl
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from appliance.learning.result_book import BookSheet, Cell

_FORBIDDEN_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31  # of Excel
_LONGEST_TEXT = 32_000  # likewise; it allows 32,767
_FORMULA = ("=", "+", "-", "@")
_WIDEST, _NARROWEST = 40, 8


def main() -> None:
    """Read JSON of a list of ``BookSheet``, write the workbook."""
    sheets = msgspec.json.decode(sys.stdin.buffer.read(), type=list[BookSheet])
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, sheet in enumerate(sheets, start=1):
        _fill(book.create_sheet(_title(sheet.title, number)), sheet)
    made = io.BytesIO()
    book.save(made)
    sys.stdout.buffer.write(made.getvalue())


def _fill(target: Worksheet, sheet: BookSheet) -> None:
    target.freeze_panes = "B2"
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = cast(BookCell, target.cell(number, column))  # nothing here is merged
            _write(cell, value)
            if number == 1:
                cell.font = Font(bold=True)
                width = min(max(len(str(value)) + 2, _NARROWEST), _WIDEST)
                letter = get_column_letter(column)
                target.column_dimensions[letter].width = _WIDEST if column == 1 else width


def _write(cell: BookCell, value: Cell) -> None:
    if isinstance(value, str):
        text = "".join(one if one.isprintable() or one == "\n" else " " for one in value)
        cell.value = text[:_LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
    else:
        cell.value = value


def _title(title: str, number: int) -> str:
    """A title that a sheet may have, unlike all others."""
    kept = _FORBIDDEN_TITLE.sub(" ", title).strip(" '")
    return f"{number} {kept}"[:_LONGEST_TITLE].strip()


if __name__ == "__main__":
    main()
