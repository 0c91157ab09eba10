# SPDX-License-Identifier: GPL-3.0-or-later
"""What is going on with sticks, in a word: for the portal's home and for the light of the board.

The worker writes it into ``Config.run``; whoever may read there may show it. It names no person and
no file of the school.
"""

from enum import StrEnum
from pathlib import Path

import msgspec

from appliance.durable import write_file

FILE_NAME = "sticks.json"


class Phase(StrEnum):
    """What a person who stands beside the box should know."""

    WORKING = "working"
    DONE = "done"
    WAITING = "waiting"
    """Something on the stick waits for a signed-in person to say yes."""

    FAILED = "failed"


class StickNote(msgspec.Struct, frozen=True):
    """The newest news.

    Attributes:
        what: the pack's title by language code; empty for loose files.
        part: of the work that is done, 0 to 1.
        installed: items that came; ``removed`` that left; ``refused`` that were not taken.
        job: number of the job that the panel tells more of; 0 for none.
        removable: the stick may be taken out now.
    """

    phase: Phase
    what: dict[str, str] = {}
    part: float = 0.0
    installed: int = 0
    removed: int = 0
    refused: int = 0
    job: int = 0
    removable: bool = True


def read_note(folder: Path) -> StickNote | None:
    """The note in the folder ``Config.run``; nothing where nothing is going on."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=StickNote)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None  # it is comfort; a page must not fail for it


def write_note(folder: Path, note: StickNote | None) -> None:
    """Put up a note, or take it down.

    Raises:
        OSError: the folder cannot be written.
    """
    file = folder / FILE_NAME
    if note is None:
        file.unlink(missing_ok=True)
        return
    write_file(file, msgspec.json.encode(note), mode=0o644)
