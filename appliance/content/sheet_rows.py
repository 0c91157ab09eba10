# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a sheet as text, whichever program wrote it."""

import contextlib
import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from appliance.errors import RefusalError


def sheet_rows(path: Path) -> Iterator[list[str]]:
    """The cells of each row of a CSV file, or of the first sheet of a workbook.

    Raises:
        RefusalError: sheet-unreadable.
        OSError: the file cannot be read.
    """
    return _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)


def _csv_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file as spreadsheet programs of the region write it."""
    text = _decode(path.read_bytes(), path.name)
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.replace("\0", "").strip() for cell in cells]
    except csv.Error as exc:
        raise RefusalError("sheet-unreadable", path=path.name) from exc


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusalError("sheet-unreadable", path=name)


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet of a workbook."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, InvalidFileException) as exc:
        raise RefusalError("sheet-unreadable", path=path.name) from exc
    with contextlib.closing(book):
        if not book.worksheets:
            raise RefusalError("sheet-unreadable", path=path.name)
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell_text(cell) for cell in cells]


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # spreadsheets keep every number as a fraction
    return str(cell).strip()
