# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's own server before a made-up box: nothing happens to the machine."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from appliance.agent.allowed import EVERYTHING
from appliance.agent.protocol import (
    Answer,
    AnyRequest,
    ChangeHotspot,
    ConfirmHotspot,
    Done,
    ReadClock,
    ReadHotspot,
    RestartService,
    RevertHotspot,
    SetClock,
)
from appliance.agent.refused import RefusedError
from appliance.agent.server import Server
from appliance.clock.state import ClockState, Confidence
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState, Radio
from appliance.timestamp import utc_now

RADIO = Radio("wlan0", "brcmfmac", onboard=True, most=10)
SERVICES = ("nginx", "kiwix", "search", "web", "worker")


class FakeAgent:
    """A box with a radio.

    Attributes:
        asked: everything, in order.
        refuse: kinds of requests that are refused, with the code.
        at_home: addresses of devices on the hotspot.
    """

    def __init__(self) -> None:
        self.state = HotspotState(HotspotSettings(), RADIO, running=True, channel=6, connected=3)
        self.clock = ClockState(utc_now(), Confidence.KEPT)
        self.asked: list[AnyRequest] = []
        self.refuse: dict[type, str] = {}
        self.at_home = {"127.0.0.1"}
        self._before = self.state.settings

    def act(self, request: AnyRequest) -> Answer:
        """Do what is asked, in memory."""
        self.asked.append(request)
        if type(request) in self.refuse:
            raise RefusedError(self.refuse[type(request)], "the test says so")
        answer: Answer = Done()
        match request:
            case ReadHotspot():
                answer = self.state
            case ReadClock():
                answer = self.clock
            case SetClock():
                answer = self.clock = ClockState(request.time, Confidence.PERSON)
            case RestartService() if request.name not in SERVICES:
                raise RefusedError("no-such-service", request.name)
            case ChangeHotspot() | ConfirmHotspot() | RevertHotspot():
                answer = self._network(request)
        return answer

    def _network(self, request: ChangeHotspot | ConfirmHotspot | RevertHotspot) -> HotspotState:
        if isinstance(request, ChangeHotspot):
            self._before = self.state.settings
            self.state = replace(self.state, settings=request.settings, unconfirmed_seconds=110)
            return self.state
        if self.state.unconfirmed_seconds is None:
            raise RefusedError("no-trial")
        if isinstance(request, RevertHotspot):
            self.go_back()
            return self.state
        if request.address not in self.at_home:
            raise RefusedError("not-on-hotspot")
        self.state = replace(self.state, unconfirmed_seconds=None)
        return self.state

    def go_back(self) -> None:
        """Nobody has kept the change."""
        self.state = replace(self.state, settings=self._before, unconfirmed_seconds=None)


@contextmanager
def serving(agent: FakeAgent, path: Path) -> Iterator[None]:
    """Answers on a socket inside the block."""
    server = Server(path, agent.act, allowed={os.getuid(): EVERYTHING})
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join()
