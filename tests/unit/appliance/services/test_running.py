# SPDX-License-Identifier: GPL-3.0-or-later
"""On the box systemd's control groups tell which services run, never a laptop's locks."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.services.box_units import UNITS
from appliance.services.running import running_services


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path, port=1)


def _box(folder: Path, **populated: str) -> dict[str, Path]:
    units, groups = folder / "units", folder / "system.slice"
    units.mkdir()
    (units / "chashma.target").touch()
    groups.mkdir()
    for name, events in populated.items():
        group = groups / f"chashma-{name}.service"
        group.mkdir()
        (group / "cgroup.events").write_text(events, encoding="ascii")
    return {"units": units, "groups": groups}


def test_on_the_box_control_groups_tell(config: Config, tmp_path: Path) -> None:
    box = _box(tmp_path, nginx="populated 1\nfrozen 0\n", web="populated 0\nfrozen 0\n")
    states = running_services(config, **box)
    assert list(states) == list(UNITS)
    assert states["nginx"] is True
    assert states["web"] is False  # it ended just now
    assert states["kiwix"] is False  # systemd has removed its group


def test_where_systemd_runs_nothing_nothing_is_claimed(config: Config, tmp_path: Path) -> None:
    box = _box(tmp_path)
    states = running_services(config, units=box["units"], groups=tmp_path / "elsewhere")
    assert set(states.values()) == {None}


def test_a_laptop_has_no_agent_and_is_asked_itself(config: Config, tmp_path: Path) -> None:
    states = running_services(config, units=tmp_path / "none")
    assert states == {
        "nginx": False,
        "kiwix": False,
        "search": False,
        "web": False,
        "worker": None,
    }
