# SPDX-License-Identifier: GPL-3.0-or-later
"""How the data partition was found at the boot.

Told by ``provisioning/roles/data/files/usr/local/libexec/chashma/data-partition``, a word a file.
"""

from enum import StrEnum
from pathlib import Path

import msgspec

FOLDER = Path("/run/chashma-data")
"""Where the programs of the data role leave what they found; absent on a laptop."""

STATE_FILE = FOLDER / "state"
"""One word, written before anything else of ours starts; absent on a laptop."""

_LONGEST = 4096


class DataState(StrEnum):
    """What ``/data`` is now."""

    GOOD = "good"
    READ_ONLY = "read-only"
    """It is damaged: what it holds can be read; what is changed is lost at the next start."""
    ABSENT = "absent"
    """It cannot even be read: an empty library in memory stands in for it."""


class DataReason(StrEnum):
    """Why it is not good."""

    CARD_TOO_SMALL = "card-too-small"
    """The partition reaches beyond the card: a small card, or one that lies about its size."""
    WRITE_PROTECTED = "write-protected"
    """The card refuses to be written: its lock, or the end of its life."""
    NOT_MENDED = "not-mended"
    """More is damaged than may be mended without asking; repair may help."""
    NO_FILE_SYSTEM = "no-file-system"
    """Its beginning is destroyed, or it was never written; repair may help."""
    NOT_MOUNTED = "not-mounted"
    """It passed the check, and still Linux refuses it; repair may help."""
    NO_PARTITION = "no-partition"
    NO_DISK = "no-disk"
    UNKNOWN = "unknown"

    @property
    def can_be_repaired(self) -> bool:
        """Whether it is worth trying."""
        return self in {
            DataReason.NOT_MENDED,
            DataReason.NO_FILE_SYSTEM,
            DataReason.NOT_MOUNTED,
            DataReason.UNKNOWN,
        }


class DataReport(msgspec.Struct, frozen=True):
    """What was found at the boot.

    Attributes:
        reason: nothing where the state is good.
        mended: the check found small damage, as a power cut leaves it, and mended it.
        repaired: when a person last had it repaired, ``YYYY-MM-DDTHH:MM:SSZ``, or empty.
    """

    state: DataState
    reason: DataReason | None
    mended: bool
    repaired: str = ""


def read_data(folder: Path = FOLDER) -> DataReport | None:
    """What was found; nothing on a machine that has no data partition of its own."""
    state = read_word(folder / "state")
    if not state:
        return None
    try:
        found = DataState(state)
    except ValueError:
        found = DataState.ABSENT
    return DataReport(
        found,
        None if found is DataState.GOOD else _reason(read_word(folder / "detail")),
        read_word(folder / "check") == "mended",
        read_word(folder / "repair"),
    )


def read_word(file: Path) -> str:
    """What a small file holds, or nothing if it is not there or cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(_LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _reason(word: str) -> DataReason:
    try:
        return DataReason(word)
    except ValueError:
        return DataReason.UNKNOWN
