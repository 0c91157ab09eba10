# SPDX-License-Identifier: GPL-3.0-or-later
"""How sure the box is of the time. It has no clock battery."""

from enum import StrEnum

import msgspec


class Confidence(StrEnum):
    """Where the time comes from, the surest first."""

    NETWORK = "network"
    """A time server was asked since the boot."""
    PERSON = "person"
    """Somebody on the staff set it, or their device did, since the boot."""
    KEPT = "kept"
    """It goes on from when the box was last on; how long it was off nobody knows."""


class ClockState(msgspec.Struct, frozen=True):
    """The clock now.

    Attributes:
        time: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """

    time: str
    confidence: Confidence
