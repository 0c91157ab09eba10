# SPDX-License-Identifier: GPL-3.0-or-later
"""The Wi-Fi radios of the box, and which of them carries the hotspot."""

import logging
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from appliance.hotspot.places import Run
from appliance.hotspot.state import Radio
from appliance.process import ProcessError

_log = logging.getLogger(__name__)
IW = "/usr/sbin/iw"
_ONBOARD_BUS = "sdio"
_CHANNELS = (1, 6, 11)
_UNKNOWN_MOST = 30
_CAUTIOUS_MOST = 7

MOST = {
    # Full-feature firmware: 7 or 8 were seen on 3B+ and 4 (raspberrypi/linux#3010), about ten on
    # 3; the firmware refuses without a word, so ours has to refuse first.
    "brcmfmac": 7,
    # The firmware holds eight stations, one is the adapter itself
    # (qca/open-ath9k-htc-firmware#43).
    "ath9k_htc": 7,
    # MT792x_WTBL_SIZE is 20, of which one for each interface and one reserved
    # (morrownr/USB-WiFi#369).
    "mt7921u": 16,
    # The hardware's table of keys has 32 places; 31 were seen (morrownr/mt76#50).
    "rtw88_8821au": 31,
    "rtw88_8812au": 31,
    "rtw88_8822bu": 31,
    "rtw88_8821cu": 31,
    "rtw88_8822cu": 31,
    "mt76x2u": 100,
    "mt76x0u": 100,
    "mac80211_hwsim": 100,
}
"""Devices that each driver serves at once; of another driver we expect thirty."""


class Found(msgspec.Struct, frozen=True):
    """A radio, and what tells it from one that later has its name.

    Attributes:
        index: the kernel's number of the interface, never given twice between two boots.
        channel: where nobody chose one: 1, 6 or 11, which do not disturb each other. Neighbouring
            boxes come to different ones by their hardware address.
    """

    radio: Radio
    index: int
    channel: int = 6


class Radios:
    """Looks for radios that can be an access point. Asks ``iw`` once for each."""

    def __init__(self, sys: Path, run: Run) -> None:
        self._net = sys / "class" / "net"
        self._run = run
        self._known: dict[tuple[int, str], Found | None] = {}

    def find(self) -> tuple[Found, ...]:
        """Those that are there now, the first that the kernel met in front."""
        present: dict[tuple[int, str], Found | None] = {}
        for folder in self._net.glob("*/phy80211"):
            interface = folder.parent
            try:
                key = int((interface / "ifindex").read_text()), interface.name
                present[key] = self._known[key] if key in self._known else self._ask(*key)
            except (OSError, ValueError, ProcessError) as exc:
                # It went away between two looks, or is not ready: the next look will tell.
                _log.info("radio %s: %s", interface.name, exc)
        self._known = present
        found = [one for one in present.values() if one]
        return tuple(sorted(found, key=_index))

    def _ask(self, index: int, name: str) -> Found | None:
        interface = self._net / name
        phy = (interface / "phy80211" / "name").read_text().strip()
        abilities = self._run([IW, "phy", phy, "info"])
        if not can_serve(abilities):
            return None
        driver = _link_name(interface / "device" / "driver")
        onboard = _link_name(interface / "device" / "subsystem") == _ONBOARD_BUS
        most = min(filter(None, (_most_by(driver, onboard=onboard), said_most(abilities))))
        own = (interface / "address").read_text().strip()
        channel = _CHANNELS[int(own[-2:], 16) % len(_CHANNELS)]
        return Found(Radio(name, driver, onboard, most), index, channel)


def best(found: Iterable[Found], now: Found | None) -> Found | None:
    """The one that shall carry the hotspot.

    An adapter serves more devices than what is soldered on. The one that works is left for
    nothing less than that.
    """
    there = list(found)
    if not there:
        return None
    return min(there, key=lambda one: (one.radio.onboard, one != now, one.index))


def can_serve(abilities: str) -> bool:
    """Whether ``iw phy … info`` names the mode of an access point."""
    modes = re.search(r"Supported interface modes:\n((?:\s+\* .*\n?)+)", abilities)
    return modes is not None and "* AP" in [line.strip() for line in modes[1].splitlines()]


def said_most(abilities: str) -> int | None:
    """How many devices the driver itself says that it can serve."""
    said = re.search(r"Maximum associated stations in AP mode: (\d+)", abilities)
    return int(said[1]) if said else None


def _index(found: Found) -> int:
    return found.index


def _most_by(driver: str, *, onboard: bool) -> int:
    return MOST.get(driver, _CAUTIOUS_MOST if onboard else _UNKNOWN_MOST)


def _link_name(link: Path) -> str:
    try:
        return link.readlink().name
    except OSError:
        return ""
