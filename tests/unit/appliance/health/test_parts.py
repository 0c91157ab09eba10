# SPDX-License-Identifier: GPL-3.0-or-later
"""Power, storage, clock and services, judged from trees that look like sysfs."""

from pathlib import Path

import pytest

from appliance.clock.state import ClockState, Confidence
from appliance.config import Config
from appliance.disk.boots import Boots
from appliance.disk.card import Card
from appliance.disk.state import DataReason, DataReport, DataState
from appliance.health.clock import clock_findings, read_box_clock
from appliance.health.finding import Finding, Trouble
from appliance.health.health import read_health
from appliance.health.power import Power, read_power
from appliance.health.services import ServiceState, service_findings
from appliance.health.storage import Storage

DAMAGED = DataReport(DataState.READ_ONLY, DataReason.NOT_MENDED, mended=False)
EMPTY = DataReport(DataState.ABSENT, DataReason.NO_FILE_SYSTEM, mended=False)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n")


def test_a_raspberry_pi_tells_of_its_power(tmp_path: Path) -> None:
    sysfs = tmp_path / "sys"
    assert read_power(sysfs=sysfs, folder=tmp_path) == Power()
    write(sysfs / "class/hwmon/hwmon0/name", "cpu_thermal")
    write(sysfs / "class/hwmon/hwmon1/name", "rpi_volt")
    write(sysfs / "class/hwmon/hwmon1/in0_lcrit_alarm", "1")
    write(sysfs / "class/thermal/cooling_device0/type", "cpufreq-cpu0")
    write(sysfs / "class/thermal/cooling_device0/cur_state", "2")
    write(sysfs / "class/thermal/cooling_device1/type", "rpi-poe-fan")
    write(sysfs / "class/thermal/cooling_device1/cur_state", "0")
    write(tmp_path / "sensors", "under-voltage 4")
    write(tmp_path / "boots", "7 2 1 ooxoxo")
    power = read_power(sysfs=sysfs, folder=tmp_path)
    assert power == Power(True, 4, True, Boots(7, 2, "ooxoxo"))
    write(sysfs / "class/hwmon/hwmon1/in0_lcrit_alarm", "0")
    write(sysfs / "class/thermal/cooling_device0/cur_state", "0")
    power = read_power(sysfs=sysfs, folder=tmp_path)
    assert (power.under_voltage, power.throttled) == (False, False)


@pytest.mark.parametrize(
    ("power", "found"),
    [
        (Power(), []),
        (Power(False, 0, False, Boots(9, 2, "xxoooooo")), []),
        (Power(under_voltage=True), [Finding(Trouble.UNDER_VOLTAGE, True)]),
        # Now is enough said; before is not said beside it.
        (Power(True, 5), [Finding(Trouble.UNDER_VOLTAGE, True)]),
        (Power(False, 5), [Finding(Trouble.UNDER_VOLTAGE_BEFORE, False, number=5)]),
        (Power(throttled=True), [Finding(Trouble.THROTTLED, False)]),
        (Power(boots=Boots(9, 3, "xxxooooo")), [Finding(Trouble.UNCLEAN_ENDS, False, number=3)]),
    ],
)
def test_power_is_judged(power: Power, found: list[Finding]) -> None:
    assert list(power.findings()) == found


@pytest.mark.parametrize(
    ("storage", "found"),
    [
        (Storage(), []),
        (Storage(DataReport(DataState.GOOD, None, mended=True), Card(0, 70)), []),
        (Storage(DAMAGED), [Finding(Trouble.DATA_READ_ONLY, True)]),
        (Storage(EMPTY), [Finding(Trouble.DATA_ABSENT, True)]),
        # An error while the box runs: Linux goes on reading only.
        (Storage(card=Card(read_only=True)), [Finding(Trouble.DATA_READ_ONLY, True)]),
        (Storage(card=Card(errors=2)), [Finding(Trouble.CARD_ERRORS, True, number=2)]),
        (Storage(card=Card(worn_percent=80)), [Finding(Trouble.CARD_WORN, False, number=80)]),
    ],
)
def test_storage_is_judged(storage: Storage, found: list[Finding]) -> None:
    assert list(storage.findings()) == found


def test_a_clock_that_nobody_set_is_mentioned() -> None:
    time = "2026-05-01T08:00:00Z"
    kept = ClockState(time, Confidence.KEPT)
    assert [one.trouble for one in clock_findings(time, kept)] == [Trouble.CLOCK_KEPT]
    assert not list(clock_findings(time, ClockState(time, Confidence.PERSON)))
    assert not list(clock_findings(time, None))
    wrong = "1970-01-01T00:00:00Z"
    assert [one.trouble for one in clock_findings(wrong, kept)] == [Trouble.CLOCK_WRONG]


def test_only_the_box_doubts_its_clock(tmp_path: Path) -> None:
    laptop = Config(state=tmp_path, agent_socket=tmp_path / "none/agent.sock")
    assert read_box_clock(laptop) is None
    box = Config(state=tmp_path, agent_socket=tmp_path / "agent.sock")
    clock = read_box_clock(box)
    assert clock is not None
    assert clock.confidence is not Confidence.PERSON


def test_what_does_not_run_is_told_and_what_nobody_knows_is_not() -> None:
    states = (ServiceState("web", True), ServiceState("agent", False), ServiceState("kiwix", None))
    assert list(service_findings(states)) == [Finding(Trouble.SERVICE_DOWN, True, "agent")]


def test_a_damaged_card_is_told_before_anything_else(tmp_path: Path) -> None:
    write(tmp_path / "state", "read-only")
    write(tmp_path / "detail", "not-mended")
    config = Config(state=tmp_path / "data", port=1, agent_socket=tmp_path / "none/agent.sock")
    health = read_health(config, measure_seconds=0, sysfs=tmp_path, folder=tmp_path)
    assert health.findings[0].trouble is Trouble.DATA_READ_ONLY
    assert not health.storage.kept
    assert Trouble.DISK_FULL not in {finding.trouble for finding in health.findings}
