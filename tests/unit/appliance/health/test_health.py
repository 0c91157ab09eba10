# SPDX-License-Identifier: GPL-3.0-or-later
"""The box is measured as it is, and judged by rules that people understand."""

import fcntl
import socket
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.health.finding import Trouble
from appliance.health.health import Health, read_health
from appliance.health.services import ServiceState

WELL = Health(
    time="2026-05-01T08:00:00Z",
    uptime_seconds=3600,
    cpu_percent=12.5,
    cpu_count=4,
    memory_total=1000,
    memory_used=500,
    disk_total=64 * 10**9,
    disk_free=32 * 10**9,
    temperature=51.0,
    services=(ServiceState("nginx", True), ServiceState("worker", None)),
)


def test_nothing_is_wrong_with_a_healthy_box() -> None:
    assert WELL.findings == ()
    assert msgspec.structs.replace(WELL, temperature=None).findings == ()


@pytest.mark.parametrize(
    ("change", "trouble", "serious"),
    [
        ({"disk_free": 10**8}, Trouble.DISK_FULL, True),
        ({"disk_free": 2 * 10**9}, Trouble.DISK_SHORT, False),
        ({"memory_used": 950}, Trouble.MEMORY_SHORT, False),
        ({"temperature": 82.0}, Trouble.HOT, False),
        ({"services": (ServiceState("kiwix", False),)}, Trouble.SERVICE_DOWN, True),
        ({"time": "1970-01-01T00:00:00Z"}, Trouble.CLOCK_WRONG, False),
    ],
)
def test_each_trouble_is_found(change: dict[str, object], trouble: Trouble, serious: bool) -> None:
    [finding] = msgspec.structs.replace(WELL, **change).findings
    assert (finding.trouble, finding.serious) == (trouble, serious)


def test_this_machine_can_be_measured(tmp_path: Path) -> None:
    health = read_health(Config(state=tmp_path / "state", port=1))
    assert 0 <= health.cpu_percent <= 100
    assert 0 < health.memory_used < health.memory_total
    assert 0 < health.disk_free <= health.disk_total
    assert health.uptime_seconds > 0
    states = {service.name: service.running for service in health.services}
    assert states["nginx"] is False
    assert states["worker"] is None


def test_what_listens_and_what_holds_its_lease_is_running(tmp_path: Path) -> None:
    config = Config(state=tmp_path, port=1)
    config.run.mkdir()
    lease = config.run / "worker.lease"
    with socket.socket(socket.AF_UNIX) as listener, lease.open("w") as held:
        listener.bind(str(config.run / "search.sock"))
        listener.listen()
        fcntl.flock(held, fcntl.LOCK_EX)
        states = {one.name: one.running for one in read_health(config).services}
        assert (states["search"], states["worker"]) == (True, True)
    states = {one.name: one.running for one in read_health(config).services}
    assert (states["search"], states["worker"]) == (False, False)
