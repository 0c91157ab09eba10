# SPDX-License-Identifier: GPL-3.0-or-later
"""What is being done to sticks: for each at most one thing at a time."""

import threading
from collections.abc import Callable

from appliance.usb.drive_error import DriveNotAnsweringError
from appliance.usb.work import Work

_ENDING_SECONDS = 2.0
"""What is about to end does so within this."""


class Works:
    """The works that are under way, by the id of the stick."""

    def __init__(self, lock: threading.RLock, changed: threading.Event) -> None:
        """None yet.

        Args:
            lock: whoever holds it sees no work end.
            changed: set when one has ended.
        """
        self._lock, self._changed = lock, changed
        self._going: dict[str, Work] = {}

    def names(self) -> set[str]:
        """The sticks that something is being done to."""
        return set(self._going)

    def get(self, name: str) -> Work | None:
        """What is being done to a stick."""
        return self._going.get(name)

    def begin(self, name: str, work: Callable[[], None], patience_s: float) -> Work:
        """Begin it, in a thread of its own; nothing else is being done to the stick."""

        def after() -> None:
            with self._lock:
                self._going.pop(name, None)
            self._changed.set()

        doing = self._going[name] = Work(work, after, patience_s)
        doing.thread.start()
        return doing

    def do(self, name: str, work: Callable[[], None], patience_s: float) -> None:
        """Do it and wait for it, for a while.

        Raises:
            OSError: as the work did.
            DriveNotAnsweringError: it lasts, and goes on; or something else lasts.
        """
        self._let_end(name, min(patience_s, _ENDING_SECONDS))
        with self._lock:
            if name in self._going:
                raise DriveNotAnsweringError(name)
            doing = self.begin(name, work, patience_s)
        doing.thread.join(patience_s)
        if doing.thread.is_alive():
            raise DriveNotAnsweringError(name)
        if doing.error:
            raise doing.error

    def _let_end(self, name: str, patience_s: float) -> None:
        """Wait for what is being done: a stick is told of as mounted before its mounting ends."""
        with self._lock:
            doing = self._going.get(name)
        if doing:
            doing.thread.join(patience_s)
