# SPDX-License-Identifier: GPL-3.0-or-later
"""The card: whether what is written stays, and how long the card may live."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.disk.card import Card, read_card
from appliance.disk.state import FOLDER, DataReport, DataState, read_data
from appliance.health.finding import Finding, Trouble

_WORN = 80  # per cent


class Storage(msgspec.Struct, frozen=True):
    """What is known; nothing where this machine does not tell.

    Attributes:
        data: how the data partition was found at the boot.
        card: its errors and wear, and whether it can be written now.
    """

    data: DataReport | None = None
    card: Card = Card()

    @property
    def kept(self) -> bool:
        """What is written now is there after the next start."""
        return not self.card.read_only and (not self.data or self.data.state is DataState.GOOD)

    def findings(self) -> Iterator[Finding]:
        """What is wrong."""
        if self.data and self.data.state is DataState.ABSENT:
            yield Finding(Trouble.DATA_ABSENT, serious=True)
        elif not self.kept:
            yield Finding(Trouble.DATA_READ_ONLY, serious=True)
        if self.card.errors:
            yield Finding(Trouble.CARD_ERRORS, serious=True, number=self.card.errors)
        if self.card.worn_percent is not None and self.card.worn_percent >= _WORN:
            yield Finding(Trouble.CARD_WORN, serious=False, number=self.card.worn_percent)


def read_storage(state: Path, *, sysfs: Path = Path("/sys"), folder: Path = FOLDER) -> Storage:
    """Read it; needs no rights.

    Args:
        state: the state folder.
        sysfs: where ``/sys`` is.
        folder: where the programs of the data role leave what they found.
    """
    return Storage(read_data(folder), read_card(state, sysfs=sysfs, folder=folder))
