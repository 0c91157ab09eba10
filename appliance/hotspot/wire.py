# SPDX-License-Identifier: GPL-3.0-or-later
"""One Ethernet port: whether it asks for an address or gives them out."""

from enum import StrEnum

import msgspec

from appliance.hotspot.settings import Wired

ASK_S = 20.0
"""How long a port asks for an address before it serves; a home router answers within three."""
LOST_S = 3.0
"""How long nothing must be plugged in to count: ports fall silent for a moment when they change."""
YIELD_S = 300.0
"""How long a port keeps from serving when something else gave out addresses on its wire."""


class Sight(msgspec.Struct, frozen=True):
    """What is seen of a port at one moment.

    Attributes:
        carrier: something is plugged in and switched on.
        address: that a DHCP server gave to the box, or empty.
        rival: another DHCP server was heard since the last look, while the port served.
    """

    carrier: bool
    address: str = ""
    rival: bool = False


class Phase(StrEnum):
    """What a port does."""

    ASKING = "asking"
    UPLINK = "uplink"
    SERVING = "serving"


class Wire:
    """A port and what it has met since its cable was plugged in.

    A port that has been given an address never serves before its cable is pulled: a router that
    starts anew must not find another server in its place.
    """

    def __init__(self, name: str, wired: Wired) -> None:
        self.name = name
        self.wired = wired
        self.phase = Phase.SERVING if wired is Wired.SERVE else Phase.ASKING
        self.carrier = False
        self.address = ""
        self._asking_since: float | None = None
        self._carried = 0.0
        self._was_given = False
        self._yields_until = 0.0

    def look(self, now: float, sight: Sight) -> None:
        """Take in what is seen, and decide.

        Args:
            now: seconds since whenever, never going back.
            sight: of the port.
        """
        if sight.carrier:
            self._carried = now
        self.carrier = sight.carrier or (self.carrier and now - self._carried < LOST_S)
        self.address = sight.address
        if sight.rival:
            self._yields_until = now + YIELD_S
        if not self.carrier:
            self._asking_since, self._was_given = None, False
        elif self._asking_since is None or sight.rival:
            self._asking_since = now
        self._was_given = self._was_given or bool(sight.address)
        self.phase = self._next(now)

    def rivalled(self, now: float) -> bool:
        """Something else gives out addresses, and the box has not simply taken one."""
        return now < self._yields_until and not self.address

    def _next(self, now: float) -> Phase:
        if self.wired is Wired.SERVE:
            return Phase.SERVING
        if self.address:
            return Phase.UPLINK
        if self.wired is Wired.UPLINK or self._was_given or self._asking_since is None:
            return Phase.ASKING
        if now < self._yields_until:
            return Phase.ASKING
        return Phase.SERVING if now - self._asking_since >= ASK_S else Phase.ASKING
