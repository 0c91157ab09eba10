# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be wrong with the box; the words for it belong to whoever shows it."""

from enum import StrEnum

import msgspec


class Trouble(StrEnum):
    """What may be wrong with the box."""

    DATA_ABSENT = "data-absent"
    """The data partition cannot even be read: an empty library in memory stands in for it."""
    DATA_READ_ONLY = "data-read-only"
    """It is damaged: all can be read; what is changed is lost at the next start."""
    SERVICE_DOWN = "service-down"
    """``name`` is the service, as in ``appliance.services.service`` or a unit of the system."""
    DISK_FULL = "disk-full"
    DISK_SHORT = "disk-short"
    CARD_ERRORS = "card-errors"
    """The card answered with errors, ``number`` times since it was last mended or started."""
    CARD_WORN = "card-worn"
    """``number`` per cent of the card's life are used up, as it says itself."""
    UNDER_VOLTAGE = "under-voltage"
    """The power supply or its cable is too weak, now."""
    UNDER_VOLTAGE_BEFORE = "under-voltage-before"
    """It was too weak ``number`` times since the boot."""
    UNCLEAN_ENDS = "unclean-ends"
    """In ``number`` of the last ten times the power was cut without switching off."""
    HOT = "hot"
    THROTTLED = "throttled"
    """The processor is kept slow, because of heat or power."""
    MEMORY_SHORT = "memory-short"
    CLOCK_WRONG = "clock-wrong"
    CLOCK_KEPT = "clock-kept"
    """The time goes on from when the box was last on; nobody has said since what it really is."""


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong.

    Attributes:
        serious: it keeps people from using the box, or loses what they do.
        name: of the service that it is about, or empty.
        number: how often, or how much; 0 where that says nothing.
    """

    trouble: Trouble
    serious: bool
    name: str = ""
    number: int = 0
