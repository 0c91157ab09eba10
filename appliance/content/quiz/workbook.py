# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheets of a workbook as rows of text; for where a bomb does no harm."""

import contextlib
import datetime
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from appliance.content.inspect.unpack import open_package
from appliance.errors import RefusalError

MOST_ROWS = 12_000
_MOST_COLUMNS = 40
_MOST_SHEETS = 10
_LONGEST_CELL = 8000
_LARGEST = 32 * 1024 * 1024

Rows = list[tuple[int, list[str]]]
"""Row numbers as the spreadsheet program shows them, with the cells; empty rows are left out."""


def read_workbook(path: Path) -> dict[str, Rows]:
    """The sheets by name, in order.

    Raises:
        RefusalError: sheet-unreadable, quiz-too-large, or for what may be wrong with an archive.
    """
    if path.stat().st_size > _LARGEST:
        raise RefusalError("sheet-unreadable", path=path.name)
    with open_package(path, expected="XLSX", case_matters=True):
        pass  # its sizes and names are harmless
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        with contextlib.closing(book):
            return {sheet.title: _rows(sheet) for sheet in book.worksheets[:_MOST_SHEETS]}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as exc:  # openpyxl has no error of its own for most of what can be wrong
        raise RefusalError("sheet-unreadable", path=path.name) from exc


def _rows(sheet: Any) -> Rows:  # noqa: ANN401 - openpyxl's hints know no read-only sheet
    rows: Rows = []
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    found = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS, max_row=MOST_ROWS + 1)
    for number, cells in enumerate(found, start=1):
        if number > MOST_ROWS:
            raise RefusalError("quiz-too-large", limit=MOST_ROWS)
        texts = [_text(cell) for cell in cells]
        if any(texts):
            rows.append((number, texts))
    return rows


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):  # spreadsheets keep every number as a fraction
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)[:_LONGEST_CELL].strip()
