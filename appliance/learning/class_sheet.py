# SPDX-License-Identifier: GPL-3.0-or-later
"""The cells of a list that a teacher sends as a spreadsheet, read where it can do no harm."""

import tempfile
from itertools import islice
from pathlib import Path

import msgspec

from appliance.errors import RefusalError
from appliance.own_module import run_module
from appliance.process import ProcessError

_MEMORY = 256 * 1024 * 1024
_SECONDS = 60
_LARGEST_ANSWER = 4 * 1024 * 1024
_MOST_ROWS = 1001
_MOST_CELLS = 20
_MOST_LETTERS = 200


class SheetUnreadableError(RefusalError):
    """It is no spreadsheet, or a broken one."""


def read_class_sheet(name: str, data: bytes) -> list[list[str]]:
    """The rows of a spreadsheet, in a child process with limits.

    Args:
        name: of the file; what it ends with says what it is.
        data: its bytes, untrusted.

    Raises:
        SheetUnreadableError: it cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx" if name.lower().endswith(".xlsx") else "list.csv")
        path.write_bytes(data)
        try:
            output = run_module(
                "appliance.learning.sheet_child",
                path,
                timeout_s=_SECONDS,
                memory_bytes=_MEMORY,
                output_limit=_LARGEST_ANSWER,
            )
        except ProcessError as exc:
            raise SheetUnreadableError("sheet-unreadable", path=name) from exc
    try:
        rows = msgspec.json.decode(output, type=list[list[str]])
    except msgspec.ValidationError as exc:
        raise SheetUnreadableError("sheet-unreadable", path=name) from exc
    return [
        [cell[:_MOST_LETTERS] for cell in cells[:_MOST_CELLS]] for cells in islice(rows, _MOST_ROWS)
    ]
