# SPDX-License-Identifier: GPL-3.0-or-later
"""Power and heat: whether the supply is enough, and how the box is switched off."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.disk.boots import Boots, read_boots
from appliance.disk.card import read_sensor
from appliance.disk.state import FOLDER, read_word
from appliance.health.finding import Finding, Trouble

_OFTEN_CUT = 3


class Power(msgspec.Struct, frozen=True):
    """What is known; nothing where this machine does not tell.

    Attributes:
        under_voltage: the voltage is too low, or was a few seconds ago.
        under_voltages: how often it became too low since the boot, ten minutes late at most.
        throttled: the processor is kept slow because it is hot.
        boots: how often the box was switched on, and how that ended.
    """

    under_voltage: bool | None = None
    under_voltages: int | None = None
    throttled: bool | None = None
    boots: Boots | None = None

    def findings(self) -> Iterator[Finding]:
        """What is wrong."""
        if self.under_voltage:
            yield Finding(Trouble.UNDER_VOLTAGE, serious=True)
        elif self.under_voltages:
            yield Finding(Trouble.UNDER_VOLTAGE_BEFORE, serious=False, number=self.under_voltages)
        if self.throttled:
            yield Finding(Trouble.THROTTLED, serious=False)
        if self.boots and self.boots.recently_cut >= _OFTEN_CUT:
            yield Finding(Trouble.UNCLEAN_ENDS, serious=False, number=self.boots.recently_cut)


def read_power(*, sysfs: Path = Path("/sys"), folder: Path = FOLDER) -> Power:
    """Read it; needs no rights.

    Args:
        sysfs: where ``/sys`` is.
        folder: where the sensors that only root may read are written down.
    """
    return Power(
        _under_voltage(sysfs),
        read_sensor("under-voltage", folder),
        _throttled(sysfs),
        read_boots(folder),
    )


def _under_voltage(sysfs: Path) -> bool | None:
    """The kernel's raspberrypi-hwmon asks the firmware every two seconds."""
    for chip in sorted((sysfs / "class/hwmon").glob("*")):
        if read_word(chip / "name") == "rpi_volt":
            alarm = read_word(chip / "in0_lcrit_alarm")
            return alarm == "1" if alarm else None
    return None


def _throttled(sysfs: Path) -> bool | None:
    """Whether Linux cools a processor by slowing it.

    What the Raspberry Pi's firmware does on its own it tells only through a device that Debian's
    kernel does not have; its reasons show as heat and under-voltage.
    """
    states = [
        read_word(device / "cur_state")
        for device in (sysfs / "class/thermal").glob("cooling_device*")
        if "cpufreq" in read_word(device / "type")
    ]
    known = [int(state) > 0 for state in states if state.isdecimal()]
    return any(known) if known else None
