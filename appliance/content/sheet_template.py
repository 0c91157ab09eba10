# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets to fill in: headings and hints in three languages."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from appliance.content.subject import SUBJECTS
from appliance.language import UI_LANGUAGES, translations

_LEAST_ROWS = 200
"""So many rows are text from the beginning: a spreadsheet program would make a date of 5-6."""


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        names: its heading in Tajik, Russian and English; ``headings`` knows them all.
        width: in letters.
        example: what could stand there.
        hint: what to write there; an English message to be translated.
    """

    names: tuple[str, str, str]
    width: int
    example: str
    hint: str


def write_sheet(
    path: Path, columns: Sequence[Column], note: str, rows: Sequence[Sequence[str]] = ()
) -> None:
    """Write the spreadsheet; it is called as its file.

    Args:
        path: of the workbook.
        columns: of its sheet.
        note: what it is for; an English message to be translated.
        rows: what is filled in already; without any the examples stand there.

    Raises:
        OSError: it cannot be written.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = path.stem[:31]
    for number, column in enumerate(columns, start=1):
        heading = sheet.cell(1, number, " / ".join(column.names))
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="FDEBD3")
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        if not rows:
            sheet.cell(2, number, column.example).font = Font(italic=True, color="808080")
        for row in range(2, max(_LEAST_ROWS, len(rows) + 2)):
            sheet.cell(row, number).number_format = "@"
        sheet.column_dimensions[heading.column_letter].width = column.width
    for place, values in enumerate(rows, start=2):
        for number, value in enumerate(values, start=1):
            cell = sheet.cell(place, number, value)
            cell.data_type = "s"  # "=…" is no formula
    sheet.freeze_panes = "B2"
    _explain(book.create_sheet("help"), columns, note)
    book.save(path)


def _explain(sheet: Worksheet, columns: Sequence[Column], note: str) -> None:
    """The second sheet, for people alone: what to write where, in each language."""
    says = [translations(code).gettext for code in UI_LANGUAGES]
    sheet.append([say(note) for say in says])
    sheet.append([])
    for column in columns:
        pairs = zip(column.names, says, strict=True)
        sheet.append([f"{name}: {say(column.hint)}" for name, say in pairs])
    sheet.append([])
    for key, english in SUBJECTS.items():
        sheet.append([f"{say(english)} ({key})" for say in says])
    for letter in "ABC":
        sheet.column_dimensions[letter].width = 60
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
