# SPDX-License-Identifier: GPL-3.0-or-later
"""When something was done, as three clocks say it: what is written beside every record."""

from collections.abc import Callable

import msgspec

from appliance.clock.clock import read_clock
from appliance.clock.state import Confidence
from appliance.config import Config
from appliance.school.moment import Moment, now
from appliance.timestamp import utc_now


class When(msgspec.Struct, frozen=True):
    """A point in time.

    Attributes:
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``, by the box's clock.
        sure: that clock was set by a server or a person since the boot.
        moment: for lengths of time, which no change of the clock may touch.
    """

    at: str
    sure: bool
    moment: Moment


Watch = Callable[[], When]


def watch(config: Config) -> Watch:
    """The watch of a box: each call says what time it is now."""

    def look() -> When:
        state = read_clock(config)
        return When(state.time, state.confidence is not Confidence.KEPT, now())

    return look


def unsure() -> When:
    """Now, where nobody knows how sure the clock is."""
    return When(utc_now(), False, now())
