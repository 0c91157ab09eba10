# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock: whether it can be right, and who said so."""

from collections.abc import Iterator

from appliance.clock.clock import read_clock
from appliance.clock.state import ClockState, Confidence
from appliance.config import Config
from appliance.health.finding import Finding, Trouble

_OLDEST_YEAR = 2025  # before this program was written, so the clock must be wrong


def read_box_clock(config: Config) -> ClockState | None:
    """How sure the box is of the time; nothing on a laptop, which keeps it by itself."""
    return read_clock(config) if config.agent_socket.parent.exists() else None


def clock_findings(time: str, clock: ClockState | None) -> Iterator[Finding]:
    """What is wrong.

    Args:
        time: by the clock, ``YYYY-MM-DDTHH:MM:SSZ``.
        clock: what the box knows of it.
    """
    if int(time[:4]) < _OLDEST_YEAR:
        yield Finding(Trouble.CLOCK_WRONG, serious=False)
    elif clock and clock.confidence is Confidence.KEPT:
        yield Finding(Trouble.CLOCK_KEPT, serious=False)
