# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock of a box without a battery: how sure it is, and setting it.

systemd-timesyncd keeps the time across power cuts: it stamps ``kept_file`` (its modification time)
every few minutes, and sets the clock forward to it when it starts, before other services do
(systemd-timesyncd.service(8)). Here the same file is stamped when it must not wait.
"""

import contextlib
import datetime
import fcntl
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path

from appliance.clock.state import ClockState, Confidence
from appliance.config import Config
from appliance.errors import ApplianceError
from appliance.timestamp import utc_now

SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")
"""Made by systemd-timesyncd when a time server has answered; gone with the boot."""

_EPOCH_FILE = Path("/usr/lib/clock-epoch")
"""Its modification time is when the image was built; systemd starts no earlier (systemd(1))."""

_MADE = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
_YEARS = datetime.timedelta(days=20 * 365)
_BATTERY_CLOCK = Path("/dev/rtc0")
_RTC_SET_TIME = 0x4024700A  # rtc(4)
_RTC_TIME = struct.Struct("9i")  # struct rtc_time of rtc(4)


class TimeAbsurdError(ApplianceError):
    """A time that cannot be now."""


def read_clock(config: Config) -> ClockState:
    """The time and how sure it is; needs neither rights nor the agent."""
    if SYNCHRONIZED.exists():
        confidence = Confidence.NETWORK
    elif _set_file(config).exists():
        confidence = Confidence.PERSON
    else:
        confidence = Confidence.KEPT
    return ClockState(utc_now(), confidence)


def kept_file(config: Config) -> Path:
    """Whose modification time is the last time that is known to have been."""
    return config.state / "system" / "timesync" / "clock"


def earliest() -> datetime.datetime:
    """Before this it cannot be: this program had not been made."""
    try:
        built = datetime.datetime.fromtimestamp(_EPOCH_FILE.stat().st_mtime, datetime.UTC)
    except OSError:
        return _MADE
    return max(_MADE, built)


def parse_time(text: str) -> datetime.datetime:
    """A time that somebody says it is, ``YYYY-MM-DDTHH:MM:SSZ``.

    Raises:
        TimeAbsurdError: it is not of this form, or cannot be now.
    """
    try:
        told = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.UTC)
    except ValueError as exc:
        raise TimeAbsurdError(str(exc)) from exc
    if not earliest() <= told <= _MADE + _YEARS:
        raise TimeAbsurdError(f"not between {earliest()} and {_MADE + _YEARS}")
    return told


def set_clock(
    config: Config,
    told: datetime.datetime,
    settime: Callable[[float], None] = lambda moment: time.clock_settime(
        time.CLOCK_REALTIME, moment
    ),
) -> ClockState:
    """Set the clock because a person says what time it is, and keep that over a power cut.

    Clocks that count from the boot, by which services and sessions wait, do not notice.

    Args:
        config: says where the time is kept.
        told: by ``parse_time``.
        settime: sets the clock of the machine, in seconds since 1970.

    Raises:
        OSError: the machine does not let its clock be set.
    """
    settime(told.timestamp())
    _set_battery_clock(told)
    set_file = _set_file(config)
    set_file.parent.mkdir(parents=True, exist_ok=True)
    set_file.touch()
    keep_time(config, told.timestamp())
    return read_clock(config)


def keep_time(config: Config, moment: float | None = None) -> None:
    """Write the time down where it survives a power cut; where that cannot be, go on without.

    Args:
        config: says where.
        moment: seconds since 1970, by default now.
    """
    file = kept_file(config)
    with contextlib.suppress(OSError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
        try:
            moment = time.time() if moment is None else moment
            os.utime(descriptor, (moment, moment))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _set_file(config: Config) -> Path:
    """Lies in memory, so it speaks of this boot alone."""
    return config.agent_socket.parent / "clock-set"


def _set_battery_clock(told: datetime.datetime) -> None:
    """An old PC has one, a Raspberry Pi has none."""
    parts = told.timetuple()
    fields = (
        *(parts.tm_sec, parts.tm_min, parts.tm_hour, parts.tm_mday),
        # struct tm counts months from 0 and years from 1900; the kernel looks at nothing beyond.
        *(parts.tm_mon - 1, parts.tm_year - 1900, 0, 0, 0),
    )
    with contextlib.suppress(OSError), _BATTERY_CLOCK.open("rb") as clock:
        fcntl.ioctl(clock, _RTC_SET_TIME, _RTC_TIME.pack(*fields))
