# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock: what time it is, and saying so."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import ReadClock, SetClock
from appliance.agent.refused import RefusedError
from appliance.clock.clock import TimeAbsurdError, parse_time, read_clock, set_clock
from appliance.clock.state import ClockState


def read(parts: Parts, _: ReadClock) -> ClockState:
    """The time, and how sure it is."""
    return read_clock(parts.config)


def change(parts: Parts, request: SetClock) -> ClockState:
    """Set the time, and write it down."""
    try:
        told = parse_time(request.time)
    except TimeAbsurdError as exc:
        raise RefusedError("time-absurd", str(exc)) from exc
    return set_clock(parts.config, told, parts.settime)
