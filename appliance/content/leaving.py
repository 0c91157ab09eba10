# SPDX-License-Identifier: GPL-3.0-or-later
"""What is about to give way: written down before a new edition comes, crossed out afterwards.

The moment at which the new edition stands in the store decides: before it, the old ones stay, after
it, they go, also if the power fails in between.
"""

import re
from pathlib import Path

import msgspec

from appliance.durable import Disk, write_file

_ID = re.compile(r"[a-z2-7]{16}")


class Leaving:
    """Notes of who gives way to whom, by the id of the new item."""

    def __init__(self, root: Path) -> None:
        """Use the folder, which is made where it is missing."""
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def note(self, heir: str, old: tuple[str, ...], disk: Disk | None = None) -> None:
        """Write down, through a power cut, that ``old`` go once ``heir`` is there.

        Args:
            heir: the id of the new item.
            old: ids.
            disk: flushed by whoever calls, before the heir is there.

        Raises:
            OSError: the disk is full or failing.
        """
        write_file(self._root / f"{heir}.json", msgspec.json.encode(old), disk=disk)

    def cross_out(self, heir: str) -> None:
        """They are gone."""
        (self._root / f"{heir}.json").unlink(missing_ok=True)

    def all(self) -> dict[str, tuple[str, ...]]:
        """The ids that give way, by the id of the item that they give way to."""
        found = {}
        for file in self._root.glob("*.json"):
            if _ID.fullmatch(file.stem):
                found[file.stem] = _read(file)
        return found


def _read(file: Path) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[str, ...])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ()
