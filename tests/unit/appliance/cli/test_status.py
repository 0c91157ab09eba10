# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``chashma status`` says of a box that is not well."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from appliance.cli.status import status_command
from appliance.clock.state import ClockState, Confidence
from appliance.config import Config
from appliance.disk.boots import Boots
from appliance.disk.card import Card
from appliance.disk.state import DataReason, DataReport, DataState
from appliance.health.finding import Finding, Trouble
from appliance.health.health import Health
from appliance.health.power import Power
from appliance.health.services import ServiceState
from appliance.health.storage import Storage
from appliance.health.wording import sentence

POORLY = Health(
    time="2026-05-01T08:00:00Z",
    uptime_seconds=3600,
    cpu_percent=12.5,
    cpu_count=4,
    memory_total=1000,
    memory_used=500,
    disk_total=64 * 10**9,
    disk_free=32 * 10**9,
    temperature=51.0,
    services=(ServiceState("nginx", True),),
    power=Power(False, 2, False, Boots(14, 3, "ooxoxx")),
    storage=Storage(
        DataReport(DataState.READ_ONLY, DataReason.NOT_MENDED, mended=False), Card(0, 90)
    ),
    clock=ClockState("2026-05-01T08:00:00Z", Confidence.KEPT),
)


def told(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str, lang: str = "en") -> str:
    def read(_: Config) -> Health:
        return POORLY

    monkeypatch.setattr("appliance.cli.status.read_health", read)
    monkeypatch.setenv("LC_ALL", f"{lang}_TJ.UTF-8")
    run = CliRunner().invoke(status_command, ["--state", str(folder), *words])
    assert run.exit_code == 0, run.output
    return run.output


def test_what_the_box_knows_of_itself_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    output = told(monkeypatch, tmp_path)
    assert "read-only: not-mended" in output
    assert "90 % worn" in output
    assert "14, 3 of them ended by a power cut" in output
    assert "by kept" in output
    first, *others = [line for line in output.splitlines() if line[0] in "!·"]
    assert first.startswith("! The data on the card is damaged")
    assert any("3 of the last 10" in line for line in others)
    assert "Маълумоти корт вайрон" in told(monkeypatch, tmp_path, lang="tg")


def test_scripts_get_all_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    status = msgspec.json.decode(told(monkeypatch, tmp_path, "--json"))
    assert status["storage"]["data"]["reason"] == "not-mended"
    assert status["power"]["boots"] == {"count": 14, "cut": 3, "recent": "ooxoxx"}
    assert status["clock"]["confidence"] == "kept"
    first = status["findings"][0]
    assert first == {"trouble": "data-read-only", "serious": True, "name": "", "number": 0}


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_words(trouble: Trouble, language: str) -> None:
    line = sentence(Finding(trouble, True, name="web", number=3), language)
    assert line
    assert "%(" not in line
