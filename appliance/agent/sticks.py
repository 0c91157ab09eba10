# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks, looked after all the time."""

import logging
import threading
from typing import Protocol

log = logging.getLogger(__name__)

_EVERY_SECONDS = 1.0


class DrivesPart(Protocol):
    """What is needed of ``appliance.usb.drives.Drives``."""

    changed: threading.Event

    def tick(self) -> None: ...  # noqa: D102 - told there


def look_after(drives: DrivesPart) -> threading.Event:
    """Look at the sticks each second, and at once when one has been mounted; returns at once.

    Returns:
        Set it, and nobody looks any more; the sticks stay as they are.
    """
    ending = threading.Event()

    def look() -> None:
        while not ending.is_set():
            drives.changed.clear()
            try:
                drives.tick()
            except Exception:
                # Whatever a stick makes of the kernel's words: the others must still be seen.
                log.exception("looking after the sticks failed")
            drives.changed.wait(_EVERY_SECONDS)

    threading.Thread(target=look, name="sticks", daemon=True).start()
    return ending
