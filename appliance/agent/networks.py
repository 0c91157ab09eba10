# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot, looked after every second and asked by several threads at once."""

import logging
import threading
from typing import Protocol

from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState

log = logging.getLogger(__name__)

_EVERY_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0


class HotspotPart(Protocol):
    """What is needed of ``appliance.hotspot.hotspot.Hotspot``, which stands one thread alone."""

    def start(self) -> None: ...  # noqa: D102 - told there
    def tick(self) -> None: ...  # noqa: D102 - told there
    def state(self) -> HotspotState: ...  # noqa: D102 - told there
    def change(self, settings: HotspotSettings) -> HotspotState: ...  # noqa: D102 - told there
    def confirm(self, address: str) -> HotspotState: ...  # noqa: D102 - told there
    def revert(self) -> HotspotState: ...  # noqa: D102 - told there


class Networks:
    """The hotspot for many askers; errors of its methods are those of the hotspot."""

    def __init__(self, hotspot: HotspotPart) -> None:
        self._hotspot = hotspot
        self._alone = threading.Lock()
        self._ending = threading.Event()
        self._last = hotspot.state()

    def start(self) -> None:
        """Bring the networks up and look after them until ``stop``; returns at once."""
        threading.Thread(target=self._look_after, name="networks", daemon=True).start()

    def stop(self) -> None:
        """Look after them no more; the networks stay as they are."""
        self._ending.set()

    def state(self) -> HotspotState:
        """How they are; while a radio keeps the hotspot busy, how they were a moment ago."""
        if self._alone.acquire(timeout=_PATIENCE_SECONDS):
            try:
                self._last = self._hotspot.state()
            finally:
                self._alone.release()
        return self._last

    def change(self, settings: HotspotSettings) -> HotspotState:
        """Run by other settings, on trial."""
        with self._alone:
            return self._hotspot.change(settings)

    def confirm(self, address: str) -> HotspotState:
        """Keep what is on trial, because a device on the new network says so."""
        with self._alone:
            return self._hotspot.confirm(address)

    def revert(self) -> HotspotState:
        """End the trial."""
        with self._alone:
            return self._hotspot.revert()

    def _look_after(self) -> None:
        look = self._hotspot.start
        while True:
            try:
                with self._alone:
                    look()
            except Exception:
                # Whatever a radio does to us: without this thread no trial would ever end.
                log.exception("looking after the hotspot failed")
            look = self._hotspot.tick
            if self._ending.wait(_EVERY_SECONDS):
                return
