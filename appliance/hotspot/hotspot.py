# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot and the wired ports, kept as somebody wants them: one look every second."""

import logging
import time
from collections.abc import Callable

from appliance.errors import ApplianceError
from appliance.hotspot.access_point import AccessPoint, Status, hardware_address
from appliance.hotspot.country import regulatory_domain
from appliance.hotspot.places import BRIDGE, Places, Run, run_tool
from appliance.hotspot.pool import pool_used_up
from appliance.hotspot.radio import Found, Radios, best
from appliance.hotspot.render import hostapd_conf
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState, HotspotTrouble
from appliance.hotspot.trial import Choice
from appliance.hotspot.wires import Wires
from appliance.process import ProcessError

_log = logging.getLogger(__name__)
_START_S = 15.0
"""How long hostapd may take until phones can see the network; then it is started anew."""


class NotOnHotspotError(ApplianceError):
    """The device is not on the changed network."""


class NoTrialError(ApplianceError):
    """Nothing waits to be confirmed."""


class Hotspot:
    """The networks of the box. For one thread at a time (``appliance.agent.networks``)."""

    def __init__(
        self,
        places: Places | None = None,
        *,
        run: Run = run_tool,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = places or Places()
        self._now = now
        self._choice = Choice(self._places.kept, now)
        self._radios = Radios(self._places.sys, run)
        self._point = AccessPoint(self._places, run)
        self._wires = Wires(self._places, run, self.kept.wired)
        self._found: Found | None = None
        self._conf = ""
        self._started = 0.0
        self._had_radio = False
        self._status = Status()
        self._told = ""

    @property
    def kept(self) -> HotspotSettings:
        """The settings that outlast a start."""
        return self._choice.kept

    def keep(self, settings: HotspotSettings) -> None:
        """Run by these from now on, without a trial: the card says so.

        Raises:
            WrongSettingsError: the hotspot cannot run so.
        """
        self._choice.keep(settings)

    def start(self) -> None:
        """Bring up what can be brought up now."""
        self.tick()

    def tick(self) -> None:
        """Look at everything and mend it; to be called every second or two. Raises nothing."""
        self._choice.expire()
        for look in (self._look_at_radio, self._look_at_wires):
            try:
                look()
            except (ProcessError, OSError, ValueError) as exc:
                self._tell(f"{look.__name__}: {exc}")

    def change(self, settings: HotspotSettings) -> HotspotState:
        """Run by other settings, on trial for two minutes; it begins a moment after the answer.

        Raises:
            WrongSettingsError: the hotspot cannot run so; nothing has changed.
        """
        self._choice.try_out(settings)
        return self.state()

    def confirm(self, address: str) -> HotspotState:
        """Keep the settings on trial.

        Args:
            address: of the device whose owner says so.

        Raises:
            NoTrialError: there is no trial, or no longer.
            NotOnHotspotError: that device is not on the network that the trial has made: not on
                the radio, or, where there is no radio, not on a wire that the box serves.
        """
        if self._choice.unconfirmed_seconds is None:
            raise NoTrialError
        if not self._is_here(address):
            raise NotOnHotspotError(address)
        self._choice.confirm()
        return self.state()

    def revert(self) -> HotspotState:
        """End the trial: the settings before it hold again, a moment after the answer."""
        self._choice.revert()
        return self.state()

    def state(self) -> HotspotState:
        """The networks as the last look found them."""
        return HotspotState(
            settings=self._choice.settings,
            radio=self._found.radio if self._found else None,
            running=self._status.running,
            channel=self._status.channel,
            connected=self._status.connected,
            refused=self._point.refused,
            wired=self._wires.wired(),
            wired_address=self._wires.address(),
            unconfirmed_seconds=self._choice.unconfirmed_seconds,
            troubles=tuple(self._troubles()),
        )

    def _look_at_radio(self) -> None:
        found = best(self._radios.find(), self._found)
        if found is None:
            self._lose_radio()
            return
        self._had_radio = True
        # The answer to whoever asked for a change still has to pass through the old network.
        wait = found == self._found and not self._choice.settled
        conf = self._conf if wait else self._configuration(found)
        self._status = self._point.status() if found == self._found else Status()
        overdue = not self._status.running and self._now() - self._started >= _START_S
        if found != self._found or conf != self._conf or overdue:
            self._found, self._conf, self._started = found, conf, self._now()
            self._status = Status()
            self._point.start(found.radio.interface, conf)
        self._point.count_refusals(full=self._full())

    def _configuration(self, found: Found) -> str:
        settings = self._choice.settings
        channel = settings.channel or found.channel
        return hostapd_conf(settings, found.radio, channel, str(self._places.control))

    def _lose_radio(self) -> None:
        self._status = Status()
        if self._found:
            _log.error("the radio %s has gone", self._found.radio.interface)
            self._found, self._conf = None, ""
            self._point.stop()

    def _look_at_wires(self) -> None:
        if self._choice.settled:
            self._wires.use(self._choice.settings.wired)
        self._wires.look(self._now())

    def _is_here(self, address: str) -> bool:
        if not self._choice.settled or not self._runs_as_wanted():
            return False
        hardware = hardware_address(self._places.proc, address, BRIDGE)
        if not hardware:
            return False
        return self._found is None or self._point.serves(hardware)

    def _runs_as_wanted(self) -> bool:
        """Whether the radio, if there is one, was started by the settings that hold."""
        return self._found is None or self._conf == self._configuration(self._found)

    def _full(self) -> bool:
        return self._found is not None and self._status.connected >= self._found.radio.most

    def _troubles(self) -> list[HotspotTrouble]:
        country = self._choice.settings.country
        overdue = self._now() - self._started >= _START_S / 3
        told = {
            HotspotTrouble.RADIO_DIED: not self._found and self._had_radio,
            HotspotTrouble.NO_RADIO: not self._found and not self._had_radio,
            HotspotTrouble.NOT_STARTED: bool(self._found) and not self._status.running and overdue,
            HotspotTrouble.OTHER_DHCP: self._wires.rivalled(self._now()),
            HotspotTrouble.NO_ADDRESSES: pool_used_up(self._places.leases),
            HotspotTrouble.FULL: self._full(),
            HotspotTrouble.COUNTRY_UNKNOWN: regulatory_domain(country) != country,
        }
        return [trouble for trouble, holds in told.items() if holds]

    def _tell(self, what: str) -> None:
        """Log what went wrong, once: the next look is a second away."""
        if what != self._told:
            _log.error("%s", what)
        self._told = what
