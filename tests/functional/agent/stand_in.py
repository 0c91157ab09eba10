# SPDX-License-Identifier: GPL-3.0-or-later
"""The real agent over a machine that only writes down what would be done to it.

``python -m tests.functional.agent.stand_in SOCKET STATE [real-hotspot] UID…``; what is done stands
in STATE/done.
"""

import dataclasses
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from appliance.agent.actions.table import act
from appliance.agent.allowed import EVERYTHING
from appliance.agent.networks import Networks
from appliance.agent.parts import Later, Parts
from appliance.agent.server import Server
from appliance.config import Config
from appliance.hotspot.check import SettingProblem, WrongSettingsError
from appliance.hotspot.hotspot import Hotspot, NotOnHotspotError, NoTrialError
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState
from appliance.process import ToolMissingError
from appliance.usb.drives import Drives
from appliance.usb.lamp import Lamp
from tests.unit.appliance.hotspot.fakes import places_below

_REAL = "real-hotspot"


@dataclasses.dataclass
class Machine:
    """Writes down what is done to it, and crashes on demand."""

    done: Path
    settings: HotspotSettings = HotspotSettings()  # noqa: RUF009 - frozen

    def note(self, *words: object) -> None:
        with self.done.open("a", encoding="utf-8") as file:
            file.write(" ".join(map(str, words)) + "\n")

    def start(self) -> None:
        self.tick()

    def tick(self) -> None:
        if self.settings.name == "crash-later":
            self.note("crashes")
            raise ZeroDivisionError
        if self.settings.name == "hang":
            self.note("hangs")
            threading.Event().wait()

    def state(self) -> HotspotState:
        return HotspotState(self.settings)

    def change(self, settings: HotspotSettings) -> HotspotState:
        if settings.name == "crash":
            raise ZeroDivisionError
        if settings.name == "wrong":
            raise WrongSettingsError(SettingProblem("name", "name-empty"))
        self.settings = settings
        return self.state()

    def confirm(self, address: str) -> HotspotState:
        if address == "10.84.0.51":
            raise NotOnHotspotError(address)
        raise NoTrialError

    def revert(self) -> HotspotState:
        return self.state()


def _real_hotspot(config: Config) -> Hotspot:
    """On a machine without a single tool, and without networks."""

    def refuse(argv: Sequence[str]) -> str:
        raise ToolMissingError(argv[0])

    return Hotspot(places_below(config.state), run=refuse)


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    config = Config(state=Path(sys.argv[2]), agent_socket=Path(sys.argv[1]))
    machine = Machine(config.state / "done")
    networks = Networks(_real_hotspot(config) if _REAL in sys.argv else machine)
    parts = Parts(
        config=config,
        networks=networks,
        systemctl=lambda *words: machine.note("systemctl", *words),
        settime=lambda moment: machine.note("settime", int(moment)),
        later=Later(),
        drives=Drives(config.drives, (os.getuid(), os.getgid())),
        lamp=Lamp(config.state / "light", config.state / "leds"),
        data_state=config.state / "data-state",
    )
    server = Server(
        config.agent_socket,
        lambda request: act(parts, request),
        allowed=dict.fromkeys(
            [int(one) for one in sys.argv[3:] if one != _REAL] or [os.getuid()], EVERYTHING
        ),
        read_seconds=1.0,
    )
    server.stop_on(signal.SIGTERM)
    networks.start()
    server.run()


if __name__ == "__main__":
    main()
