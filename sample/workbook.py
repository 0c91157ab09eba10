# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets whose bytes depend on nothing but what is in them."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from sample.bag import MOMENT, put

PROPERTIES = "docProps/core.xml"
NARROW, WIDE = 14, 44


def write_workbook(file: Path, sheets: Mapping[str, Iterable[Sequence[str]]]) -> None:
    """Write sheets of text; the first row of each is its heading."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    written = io.BytesIO()
    book.save(written)
    # Whatever wrote it set down the hour at which it did.
    book.properties.created = book.properties.modified = datetime.datetime(*MOMENT)  # noqa: DTZ001 - openpyxl wants it without a zone
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(file, "w") as bag:
        for name in made.namelist():
            is_own = name == PROPERTIES
            put(bag, name, tostring(book.properties.to_tree()) if is_own else made.read(name))


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.iter_cols(), start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest, NARROW), WIDE)
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
