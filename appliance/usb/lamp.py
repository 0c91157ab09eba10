# SPDX-License-Identifier: GPL-3.0-or-later
"""The board's light, where it has one.

A thread switches it on and off: the kernel's own patterns are modules that a board may lack, and a
light that went on blinking without us would say that something is at work.
"""

import contextlib
import logging
import re
import threading
from collections.abc import Mapping
from pathlib import Path

from appliance.usb.light import Light

log = logging.getLogger(__name__)

LEDS = Path("/sys/class/leds")
_NAMES = ("ACT", "led0", "PWR", "led1")
"""As Raspberry Pis call theirs, old and new; a keyboard's are none of ours."""

_PATTERNS: Mapping[Light, tuple[tuple[bool, float], ...]] = {
    Light.WORKING: ((True, 0.4), (False, 0.4)),
    Light.DONE: ((True, 3600.0),),
    Light.FAILED: ((True, 0.15), (False, 0.25)) * 3 + ((False, 1.5),),
}


class Lamp:
    """The light, and what it showed before us."""

    def __init__(self, memory: Path, leds: Path = LEDS) -> None:
        """Find it.

        Args:
            memory: a file that outlasts the agent but not the boot, for what the light showed.
            leds: where the kernel shows lights.
        """
        self._memory = memory
        self._led = next(
            (leds / name for name in _NAMES if (leds / name / "trigger").exists()), None
        )
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        if memory.exists():
            self.show(Light.IDLE)  # an agent before us could not put it back

    def show(self, light: Light) -> None:
        """Show it until the next call; a board without a light shows nothing."""
        if self._led is None:
            return
        with self._lock:
            self._end()
            try:
                if light is Light.IDLE:
                    self._give_back(self._led)
                else:
                    self._take(self._led)
                    self._begin(self._led, light)
            except OSError as exc:
                log.warning("the light cannot be switched: %s", exc)

    def _take(self, led: Path) -> None:
        if self._memory.exists():
            return
        chosen = re.search(r"\[([\w-]+)\]", (led / "trigger").read_text("ascii", "replace"))
        self._memory.write_text(chosen[1] if chosen else "none", "ascii")
        (led / "trigger").write_text("none", "ascii")

    def _give_back(self, led: Path) -> None:
        try:
            before = self._memory.read_text("ascii")
        except FileNotFoundError:
            return
        (led / "brightness").write_text("0", "ascii")
        (led / "trigger").write_text(before, "ascii")
        self._memory.unlink()

    def _begin(self, led: Path, light: Light) -> None:
        self._ending = threading.Event()
        most = (led / "max_brightness").read_text("ascii", "replace").strip()
        self._thread = threading.Thread(
            target=_play,
            args=(led / "brightness", most, _PATTERNS[light], self._ending),
            name="light",
            daemon=True,
        )
        self._thread.start()

    def _end(self) -> None:
        self._ending.set()
        if self._thread:
            self._thread.join()
            self._thread = None


def _play(
    file: Path, most: str, pattern: tuple[tuple[bool, float], ...], ending: threading.Event
) -> None:
    with contextlib.suppress(OSError):
        while not ending.is_set():
            for on, seconds in pattern:
                file.write_text(most if on else "0", "ascii")
                if ending.wait(seconds):
                    return
