# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot as it is at this moment: what the agent tells the panel and the command line."""

from enum import StrEnum

import msgspec

from appliance.hotspot.settings import HotspotSettings, Wired


class HotspotTrouble(StrEnum):
    """What may be wrong with the networks of the box."""

    NO_RADIO = "no-radio"
    RADIO_DIED = "radio-died"
    NOT_STARTED = "not-started"
    """The radio is there, but hostapd does not keep running with these settings."""
    COUNTRY_UNKNOWN = "country-unknown"
    """The kernel does not know the country that was set, and keeps to the world's rules."""
    FULL = "full"
    """As many devices as the radio takes; others were refused."""
    NO_ADDRESSES = "no-addresses"
    """The pool of addresses is used up."""
    OTHER_DHCP = "other-dhcp"
    """Something else on the wire gives out addresses."""


class Radio(msgspec.Struct, frozen=True):
    """A Wi-Fi radio that can be an access point.

    Attributes:
        interface: as the kernel calls it.
        driver: the kernel's driver.
        onboard: soldered to the board, so of few clients.
        most: devices that it can serve at once.
    """

    interface: str
    driver: str
    onboard: bool
    most: int


class HotspotState(msgspec.Struct, frozen=True):
    """The networks of the box now.

    Attributes:
        settings: by which the hotspot runs, a change that waits for its confirmation included.
        radio: that carries the hotspot; nothing where there is none.
        running: phones can see the network.
        channel: in use, 0 where none is.
        connected: devices on the radio now.
        refused: devices that were turned away since the boot because the radio was full.
        wired: what the Ethernet port does now; ``AUTO`` while it looks for a network.
        wired_address: of the box on the uplink, or empty.
        unconfirmed_seconds: left until a change goes back by itself; nothing where none waits.
        troubles: the worst first.
    """

    settings: HotspotSettings
    radio: Radio | None = None
    running: bool = False
    channel: int = 0
    connected: int = 0
    refused: int = 0
    wired: Wired = Wired.AUTO
    wired_address: str = ""
    unconfirmed_seconds: int | None = None
    troubles: tuple[HotspotTrouble, ...] = ()
