# SPDX-License-Identifier: GPL-3.0-or-later
"""News of sticks for people who stand beside the box: the note on the portal, the board's light."""

import logging
import threading
from collections.abc import Collection

from appliance.agent.client import ask
from appliance.agent.protocol import AgentAbsentError, AgentError, ShowLight
from appliance.config import Config
from appliance.content.note import Phase, StickNote, write_note
from appliance.usb.light import Light

log = logging.getLogger(__name__)
_FIRST = (Phase.WORKING, Phase.FAILED, Phase.WAITING, Phase.DONE)
"""Of several sticks, the one that people should know of first."""

_LIGHTS = {
    Phase.WORKING: Light.WORKING,
    Phase.FAILED: Light.FAILED,
    Phase.DONE: Light.DONE,
    # It waits for somebody in front of the panel, who needs no light.
    Phase.WAITING: Light.IDLE,
}
_LIGHT_S = 3.0


class News:
    """What there is to say of each stick; ``tell`` says the most important."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._notes: dict[str, StickNote] = {}
        self._lock = threading.Lock()
        self._told: StickNote | None = None
        self._light: Light | None = None
        config.run.mkdir(parents=True, exist_ok=True)
        write_note(config.run, None)

    def put(self, drive: str, note: StickNote) -> None:
        """The newest of a drive."""
        with self._lock:
            self._notes[drive] = note

    def take_down(self, drive: str) -> None:
        """There is nothing more to say of a drive."""
        with self._lock:
            self._notes.pop(drive, None)

    def phase(self, drive: str) -> Phase | None:
        """What is said of a drive now."""
        with self._lock:
            note = self._notes.get(drive)
        return note.phase if note else None

    def keep_only(self, drives: Collection[str]) -> None:
        """The other drives are gone; what is still being worked on is not."""
        with self._lock:
            for drive, note in list(self._notes.items()):
                if drive not in drives and note.phase is not Phase.WORKING:
                    del self._notes[drive]

    def tell(self) -> None:
        """Put up what is newest, if it is not up already."""
        with self._lock:
            notes = sorted(self._notes.values(), key=lambda note: _FIRST.index(note.phase))
        note = notes[0] if notes else None
        if note != self._told:
            try:
                write_note(self._config.run, note)
            except OSError:
                log.exception("the note")  # comfort; the work goes on
            self._told = note
        light = _LIGHTS[note.phase] if note else Light.IDLE
        if light is not self._light:
            self._light = light
            self._show(light)

    def _show(self, light: Light) -> None:
        try:
            ask(self._config, ShowLight(light), timeout_s=_LIGHT_S)
        except AgentAbsentError:
            pass  # a laptop has no light of ours
        except AgentError as exc:
            log.warning("the light: %s", exc)
