# SPDX-License-Identifier: GPL-3.0-or-later
"""How the box is: measured here, judged by plain rules, put into words by whoever shows it."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil

from appliance.clock.state import ClockState
from appliance.config import Config
from appliance.disk.state import FOLDER
from appliance.health.clock import clock_findings, read_box_clock
from appliance.health.finding import Finding, Trouble
from appliance.health.power import Power, read_power
from appliance.health.services import ServiceState, read_services, service_findings
from appliance.health.storage import Storage, read_storage
from appliance.timestamp import utc_now

_MEASURE_SECONDS = 0.1
_GIGABYTE = 10**9
_DISK_FULL = 0.5 * _GIGABYTE
_DISK_SHORT = 3 * _GIGABYTE
_MEMORY_SHORT = 0.08  # of all of it
_HOT = 80.0  # °C; a Raspberry Pi slows itself down from here on
# What the kernel calls the sensors of processors, in the order of trust.
_SENSORS = ("cpu_thermal", "coretemp", "k10temp", "acpitz")


class Health(msgspec.Struct, frozen=True):
    """The box at one moment.

    Attributes:
        time: UTC by the box's clock, ``YYYY-MM-DDTHH:MM:SSZ``.
        uptime_seconds: since the boot.
        cpu_percent: of all processors together, 0 to 100.
        memory_used: bytes that could not be had for something else.
        temperature: of the processor in °C, where there is a sensor.
    """

    time: str
    uptime_seconds: float
    cpu_percent: float
    cpu_count: int
    memory_total: int
    memory_used: int
    disk_total: int
    disk_free: int
    temperature: float | None
    services: tuple[ServiceState, ...]
    power: Power = Power()
    storage: Storage = Storage()
    clock: ClockState | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, the worst first."""
        found = [*self.storage.findings(), *self._own_findings(), *self.power.findings()]
        found += clock_findings(self.time, self.clock)
        return tuple(sorted(found, key=lambda finding: not finding.serious))

    def _own_findings(self) -> Iterator[Finding]:
        yield from service_findings(self.services)
        # Where memory stands in for the card, its room is not what should be looked after.
        if self.storage.kept and self.disk_free < _DISK_FULL:
            yield Finding(Trouble.DISK_FULL, serious=True)
        elif self.storage.kept and self.disk_free < _DISK_SHORT:
            yield Finding(Trouble.DISK_SHORT, serious=False)
        if self.temperature is not None and self.temperature >= _HOT:
            yield Finding(Trouble.HOT, serious=False)
        if self.memory_total - self.memory_used < _MEMORY_SHORT * self.memory_total:
            yield Finding(Trouble.MEMORY_SHORT, serious=False)


def read_health(
    config: Config,
    *,
    measure_seconds: float = _MEASURE_SECONDS,
    sysfs: Path = Path("/sys"),
    folder: Path = FOLDER,
) -> Health:
    """Measure; needs no rights.

    Args:
        config: says where the state folder and the services are.
        measure_seconds: how long to watch the processors, whose load is a rate; without it their
            load is since the last measurement of this process.
        sysfs: where ``/sys`` is.
        folder: where root's programs leave what they found at the boot and since.
    """
    memory = psutil.virtual_memory()
    config.state.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(config.state)
    return Health(
        time=utc_now(),
        uptime_seconds=time.clock_gettime(time.CLOCK_BOOTTIME),
        cpu_percent=psutil.cpu_percent(measure_seconds or None),
        cpu_count=os.cpu_count() or 1,
        memory_total=memory.total,
        memory_used=memory.total - memory.available,
        disk_total=disk.total,
        disk_free=disk.free,
        temperature=_temperature(),
        services=read_services(config),
        power=read_power(sysfs=sysfs, folder=folder),
        storage=read_storage(config.state, sysfs=sysfs, folder=folder),
        clock=read_box_clock(config),
    )


def _temperature() -> float | None:
    """Of the processor; boards without a sensor, virtual ones above all, have none."""
    sensors = psutil.sensors_temperatures()
    for name in _SENSORS:
        values = [sensor.current for sensor in sensors.get(name, ()) if sensor.current > 0]
        if values:
            return float(max(values))
    return None
