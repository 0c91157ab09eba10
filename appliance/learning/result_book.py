# SPDX-License-Identifier: GPL-3.0-or-later
"""A workbook of results, made in a process of its own: its library is large and rarely used."""

import msgspec

from appliance.errors import ApplianceError
from appliance.own_module import run_module
from appliance.process import ProcessError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MEMORY = 256 * 1024 * 1024
_SECONDS = 120
_LARGEST = 32 * 1024 * 1024

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
    try:
        return run_module(
            "appliance.learning.book_child",
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST,
            given=msgspec.json.encode(sheets),
        )
    except ProcessError as exc:
        raise BookFailedError(str(exc)) from exc
