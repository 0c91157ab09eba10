# SPDX-License-Identifier: GPL-3.0-or-later
"""A workbook of results, made in a process of its own: its library is large and rarely used."""

import sys
import tempfile
from pathlib import Path

import msgspec

import appliance
from appliance.errors import ApplianceError
from appliance.process import ProcessError, run_limited

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MEMORY = 256 * 1024 * 1024
_SECONDS = 120
_LARGEST = 32 * 1024 * 1024
_ROOT = Path(str(appliance.__file__)).parent.parent

Cell = str | float | int | None


class BookFailedError(ApplianceError):
    """The workbook could not be made."""


class BookSheet(msgspec.Struct, frozen=True):
    """A sheet of the workbook; its first row is a heading. Texts may be hostile."""

    title: str
    rows: list[list[Cell]]


def make_book(sheets: list[BookSheet]) -> bytes:
    """The bytes of an ``.xlsx`` with these sheets.

    Raises:
        BookFailedError: it could not be made.
    """
    with tempfile.TemporaryFile() as told:
        told.write(msgspec.json.encode(sheets))
        told.seek(0)
        try:
            output = run_limited(
                (sys.executable, "-m", "appliance.learning.book_child"),
                timeout_s=_SECONDS,
                memory_bytes=_MEMORY,
                output_limit=_LARGEST,
                cwd=_ROOT,
                stdin=told,
            )
        except ProcessError as exc:
            raise BookFailedError(str(exc)) from exc
    return output.stdout
