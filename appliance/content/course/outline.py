# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``course.xlsx``, ``course.md`` and ``….link`` files say of a course."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from appliance.content.course.course import Order
from appliance.content.item import Metadata
from appliance.content.spreadsheet import SheetProblem
from appliance.errors import RefusalError
from appliance.own_module import run_module
from appliance.process import ProcessError

_MEMORY = 512 * 1024 * 1024
_SECONDS = 120
_LARGEST_ANSWER = 16 * 1024 * 1024


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lesson that is something on the shelf already.

    Attributes:
        target: name of the file that it was brought as, a ZIM's name, or an item's id.
        at: place inside it.
    """

    target: str
    at: str = ""


class OutlineRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said of a unit or a lesson.

    Attributes:
        row: of the sheet, or 0.
        path: below the course's folder, with ``/``; it need not exist where there is a link.
        required: nothing where nobody said.
        test: ``pre``, ``post`` or empty.
    """

    path: str
    row: int = 0
    id: str = ""
    title: str = ""
    titles: dict[str, str] = {}
    required: bool | None = None
    test: str = ""
    link: Link | None = None


class Outline(msgspec.Struct, frozen=True, omit_defaults=True):
    """A course's own description; ``Course`` says what the attributes mean.

    Attributes:
        id: empty where nobody gave it one.
        rows: of units and lessons, in the order of the sheet.
        problems: what is wrong in the sheet.
    """

    id: str = ""
    metadata: Metadata = Metadata()
    titles: dict[str, str] = {}
    hours: float = 0.0
    pass_mark: float = 0.0
    order: Order = Order.FREE
    certificate: bool = False
    rows: tuple[OutlineRow, ...] = ()
    problems: tuple[SheetProblem, ...] = ()


def read_outline(sheet: Path | None, folder: Path, links: Sequence[Path]) -> Outline:
    """Have a limited child read what describes a course.

    Args:
        sheet: ``course.xlsx`` or ``course.md``, if there is one.
        folder: of the course.
        links: ``….link`` files in it.

    Raises:
        RefusalError: sheet-unreadable, or what else is wrong with the sheet as a whole.
    """
    if sheet is None and not links:
        return Outline()
    try:
        output = run_module(
            "appliance.content.course.outline_reader",
            sheet or "-",
            folder,
            *links,
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST_ANSWER,
        )
        return msgspec.json.decode(output, type=Outline)
    except (ProcessError, msgspec.MsgspecError) as exc:
        raise RefusalError("sheet-unreadable", path=sheet.name if sheet else folder.name) from exc
