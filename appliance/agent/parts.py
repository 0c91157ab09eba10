# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions work on: the parts of the machine that the agent holds."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from appliance.agent.networks import Networks
from appliance.config import Config
from appliance.disk.state import STATE_FILE
from appliance.errors import ApplianceError
from appliance.usb.drives import Drives
from appliance.usb.lamp import Lamp

log = logging.getLogger(__name__)

_AFTER_SECONDS = 1.0
"""Long enough for the answer to reach the browser of whoever asked."""


class Later:
    """Does things a second after the answer."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._going_down = threading.Event()

    def is_going_down(self) -> bool:
        """The box is about to switch off or to start anew."""
        return self._going_down.is_set()

    def do(self, work: Callable[[], None]) -> None:
        """Do it in a second; if it fails, the journal says so."""
        timer = threading.Timer(_AFTER_SECONDS, _logged, args=(work,))
        timer.daemon = True
        timer.start()

    def go_down(self, work: Callable[[], None]) -> None:
        """Do what ends the box in a second; until it fails, nothing else is begun."""
        self._going_down.set()

        def end() -> None:
            if not _logged(work):
                self._going_down.clear()

        self.do(end)


class Parts(msgspec.Struct, frozen=True):
    """Everything that an action may touch.

    Attributes:
        config: of the box.
        networks: the hotspot and the wired ports.
        systemctl: runs ``systemctl`` with these words; raises ``ApplianceError`` if it fails.
        settime: sets the clock of the machine, in seconds since 1970.
        later: does what would cut off the answer, a moment after it.
        drives: the sticks.
        lamp: the board's light.
        data_state: says how the data partition was found; absent where there is none.
    """

    config: Config
    networks: Networks
    systemctl: Callable[..., None]
    settime: Callable[[float], None]
    later: Later
    drives: Drives
    lamp: Lamp
    data_state: Path = STATE_FILE


def _logged(work: Callable[[], None]) -> bool:
    try:
        work()
    except (ApplianceError, OSError):
        log.exception("what was to be done after the answer failed")
        return False
    return True
