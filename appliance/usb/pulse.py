# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether sticks that are mounted still answer.

One whose electronics hang lets whoever reads from it wait for minutes, and cannot be asked from
outside: somebody has to read, and that is a thread here, which may wait.
"""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from appliance.usb.work import Work


class Pulse:
    """Reads a little from each stick, again and again."""

    def __init__(
        self,
        read: Callable[[Path], None],
        changed: threading.Event,
        patience_s: float,
        every_s: float,
    ) -> None:
        """Ask nobody yet.

        Args:
            read: from a device; an error is an answer too.
            changed: set when one answers that was silent.
            patience_s: how long it may take.
            every_s: how long to wait after an answer.
        """
        self._read, self._changed = read, changed
        self._patience_s, self._every_s = patience_s, every_s
        self._lock = threading.Lock()
        self._asked: dict[str, Work] = {}
        self._next: dict[str, float] = {}

    def look(self, devices: Mapping[str, Path]) -> None:
        """Ask those whose turn it is; waits for none.

        Args:
            devices: by ``Part.key``; the others are gone.
        """
        now = time.monotonic()
        with self._lock:
            for gone in (self._asked.keys() | self._next.keys()) - devices.keys():
                self._asked.pop(gone, None)
                self._next.pop(gone, None)
            due = [
                key
                for key in devices
                if key not in self._asked and now >= self._next.setdefault(key, now + self._every_s)
            ]
            asked = [self._ask(key, devices[key]) for key in due]
        for work in asked:
            work.thread.start()

    def is_silent(self, key: str, grace_s: float = 0.0) -> bool:
        """Whether a stick has not answered for longer than it may, and for this much more."""
        with self._lock:
            work = self._asked.get(key)
        return work is not None and work.is_late(grace_s)

    def _ask(self, key: str, device: Path) -> Work:
        def after() -> None:
            with self._lock:
                if self._asked.get(key) is work:  # else it is gone, or another by now
                    del self._asked[key]
                    self._next[key] = time.monotonic() + self._every_s
            if work.is_late():
                self._changed.set()

        work = self._asked[key] = Work(lambda: self._read(device), after, self._patience_s)
        return work
