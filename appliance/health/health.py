# SPDX-License-Identifier: GPL-3.0-or-later
"""How the box is: measured here, judged by plain rules, put into words by whoever shows it."""

import os
import shutil
import time

import msgspec
import psutil

from appliance.config import Config
from appliance.health.finding import Finding, Trouble
from appliance.services.running import running_services
from appliance.timestamp import utc_now

_MEASURE_SECONDS = 0.2
_GIGABYTE = 10**9
_DISK_FULL = 0.5 * _GIGABYTE
_DISK_SHORT = 3 * _GIGABYTE
_MEMORY_SHORT = 0.08  # of all of it
_HOT = 80.0  # °C; a Raspberry Pi slows itself down from here on
_OLDEST_YEAR = 2025  # before this program was written, so the clock must be wrong
# What the kernel calls the sensors of processors, in the order of trust.
_SENSORS = ("cpu_thermal", "coretemp", "k10temp", "acpitz")


class ServiceState(msgspec.Struct, frozen=True):
    """Whether a service answers; nothing where that cannot be told."""

    name: str
    running: bool | None


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

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, the worst first."""
        found = [
            Finding(Trouble.SERVICE_DOWN, serious=True, name=service.name)
            for service in self.services
            if service.running is False
        ]
        if self.disk_free < _DISK_FULL:
            found.append(Finding(Trouble.DISK_FULL, serious=True))
        elif self.disk_free < _DISK_SHORT:
            found.append(Finding(Trouble.DISK_SHORT, serious=False))
        if self.memory_total - self.memory_used < _MEMORY_SHORT * self.memory_total:
            found.append(Finding(Trouble.MEMORY_SHORT, serious=False))
        if self.temperature is not None and self.temperature >= _HOT:
            found.append(Finding(Trouble.HOT, serious=False))
        if int(self.time[:4]) < _OLDEST_YEAR:
            found.append(Finding(Trouble.CLOCK_WRONG, serious=False))
        return tuple(found)


def read_health(config: Config, *, measure_seconds: float = _MEASURE_SECONDS) -> Health:
    """Measure.

    Args:
        measure_seconds: how long to watch the processors, whose load is a rate; without it their
            load is since the last measurement of this process.
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
        services=_services(config),
    )


def _temperature() -> float | None:
    """Of the processor; boards without a sensor, virtual ones above all, have none."""
    sensors = psutil.sensors_temperatures()
    for name in _SENSORS:
        values = [sensor.current for sensor in sensors.get(name, ()) if sensor.current > 0]
        if values:
            return float(max(values))
    return None


def _services(config: Config) -> tuple[ServiceState, ...]:
    running = running_services(config)
    return tuple(ServiceState(name, state) for name, state in running.items())
