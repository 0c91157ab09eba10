# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the box was switched on, and how often its power was cut."""

import re
from pathlib import Path

import msgspec

from appliance.disk.state import FOLDER, read_word

# As provisioning/roles/data/files/usr/local/libexec/chashma/boots writes it.
_LINE = re.compile(r"([0-9]{1,9}) ([0-9]{1,9}) [01] ([ox]{1,10}|-)", re.ASCII)


class Boots(msgspec.Struct, frozen=True):
    """The count since the card was written.

    Attributes:
        count: how often it was switched on, now included.
        cut: how often it ended without being switched off.
        recent: how its last ten times ended, the newest last: ``o`` switched off, ``x`` cut.
    """

    count: int
    cut: int
    recent: str

    @property
    def recently_cut(self) -> int:
        """Of the last ten times."""
        return self.recent.count("x")


def read_boots(folder: Path = FOLDER) -> Boots | None:
    """The count; nothing where nobody counts."""
    found = _LINE.fullmatch(read_word(folder / "boots"))
    if not found:
        return None
    count, cut, recent = found.groups()
    return Boots(int(count), int(cut), recent.strip("-"))
