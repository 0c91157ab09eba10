# SPDX-License-Identifier: GPL-3.0-or-later
"""A point in time that no change of the clock can move.

The box has no clock battery: its date may jump by years while somebody is signed in. Waiting
times and sessions are therefore counted in seconds since the boot.
"""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

# A random number that the kernel draws at each boot; see random(4).
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Moment(msgspec.Struct, frozen=True):
    """So many seconds after that boot, sleep included."""

    boot: str
    second: float

    def seconds_since(self, boot: str, second: float) -> float:
        """How long ago the other moment was, at least.

        Of a moment before this boot nothing is known but that it is earlier than the boot, so
        the seconds since the boot are the answer: a restart never shortens a waiting time.
        """
        return self.second - second if boot == self.boot else self.second


Clock = Callable[[], Moment]


def now() -> Moment:
    """The present moment."""
    return Moment(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME))


@cache
def _boot() -> str:
    """No program outlives the boot in which it was started."""
    return _BOOT_ID.read_text(encoding="ascii").strip()
