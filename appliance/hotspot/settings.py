# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person may choose about the hotspot and the wired port."""

from enum import StrEnum

import msgspec

UNKNOWN_COUNTRY = "00"
"""The world's regulatory domain: what is allowed everywhere. Tajikistan is in no database."""


class Wired(StrEnum):
    """What the Ethernet port is for."""

    AUTO = "auto"
    """Look for a network with an address to give; where there is none, serve."""
    UPLINK = "uplink"
    """The school's line: only ever ask for an address."""
    SERVE = "serve"
    """An access point or a switch of the school hangs on it: only ever serve."""


class HotspotSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hotspot as somebody wants it. Made by ``appliance.hotspot.check.checked`` alone.

    Attributes:
        name: the network's name (SSID), 1 to 32 bytes of UTF-8.
        password: 8 to 63 printable ASCII characters; empty is an open network.
        country: two capital letters of ISO 3166, or ``UNKNOWN_COUNTRY``.
        channel: of the 2.4 GHz band, 1 to 13; 0 lets the box choose.
    """

    name: str = "Chashma"
    password: str = ""
    country: str = UNKNOWN_COUNTRY
    channel: int = 0
    wired: Wired = Wired.AUTO
