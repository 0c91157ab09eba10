# SPDX-License-Identifier: GPL-3.0-or-later
"""What the board's light says to somebody without a screen."""

from enum import StrEnum


class Light(StrEnum):
    """One pattern each, that eyes tell apart."""

    IDLE = "idle"
    """As the board has it without us."""

    WORKING = "working"
    """Blinks evenly: leave the stick in."""

    DONE = "done"
    """On without a break: the stick may be taken out."""

    FAILED = "failed"
    """Three short flashes and a pause, again and again: look at the panel."""
