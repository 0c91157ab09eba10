# SPDX-License-Identifier: GPL-3.0-or-later
"""The card at the start of the agent."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from appliance.agent.card import take_card
from appliance.card.settings import CardReport
from appliance.config import Config
from appliance.hotspot.hotspot import Hotspot
from appliance.hotspot.places import Places
from appliance.hotspot.settings import HotspotSettings
from appliance.process import ToolFailedError


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "data" / "system").mkdir(parents=True)
    return Config(state=tmp_path / "data", agent_socket=tmp_path / "run" / "agent.sock")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "firmware"
    folder.mkdir()
    return folder


def _hotspot(config: Config) -> Hotspot:
    """As after a start: what was not kept is gone."""
    return Hotspot(Places(kept=config.state / "system" / "hotspot.json"))


def _no_tool(argv: Sequence[str]) -> None:
    raise AssertionError(argv)


def _take(config: Config, card: Path) -> CardReport:
    hotspot = _hotspot(config)
    return take_card(config, hotspot, _no_tool, folder=card, console=card / "no console")


def _write(card: Path, text: str) -> None:
    (card / "chashma.toml").write_text(text, encoding="utf-8")


def test_a_new_card_wins_and_an_old_one_does_not(config: Config, card: Path) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    assert _take(config, card).changed
    assert _hotspot(config).kept.name == "Card"
    _hotspot(config).keep(HotspotSettings("Panel"))
    assert not _take(config, card).changed
    assert _hotspot(config).kept.name == "Panel"
    _write(card, 'hotspot_name = "Card again"\n')
    assert _take(config, card).changed
    assert _hotspot(config).kept.name == "Card again"


def test_a_card_that_was_not_there_once_is_not_new_again(config: Config, card: Path) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    _take(config, card)
    _hotspot(config).keep(HotspotSettings("Panel"))
    assert not _take(config, card / "not mounted").present
    assert not _take(config, card).changed
    assert _hotspot(config).kept.name == "Panel"


def test_the_report_can_be_read_by_one_user_alone(config: Config, card: Path) -> None:
    _write(card, 'school_name = "Мактаби 7"\n')
    report = _take(config, card)
    assert msgspec.json.decode(config.card_json.read_bytes(), type=CardReport) == report
    assert config.card_json.stat().st_mode & 0o777 == 0o400
    assert config.card_json.parent.stat().st_mode & 0o777 == 0o750


def test_the_console_says_what_is_wrong_but_no_secret(
    config: Config, card: Path, tmp_path: Path
) -> None:
    console = tmp_path / "console"
    console.touch()
    _write(card, 'school_name = "7"\nhotspot_pasword = "geheim123"\nhotspot_password = "kurz"\n')
    take_card(config, _hotspot(config), _no_tool, folder=card, console=console)
    said = console.read_text("utf-8")
    assert "Line 2" in said
    assert "Line 3" in said
    assert "geheim" not in said
    assert "kurz" not in said


def test_nothing_wrong_is_nothing_said(config: Config, card: Path, tmp_path: Path) -> None:
    console = tmp_path / "console"
    console.touch()
    take_card(config, _hotspot(config), _no_tool, folder=card, console=console)
    assert console.read_text() == ""


@pytest.mark.parametrize("broken", ["", "{}", "[1", "\xff", '{"digest":5}'])
def test_a_broken_memory_makes_the_card_new(config: Config, card: Path, broken: str) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    (config.state / "system" / "card.json").write_text(broken, encoding="latin-1")
    assert _take(config, card).changed


def test_where_nothing_can_be_kept_the_card_still_counts(
    tmp_path: Path, config: Config, card: Path
) -> None:
    lost = Config(state=tmp_path / "nothing", agent_socket=config.agent_socket)
    _write(card, 'hotspot_name = "Card"\n')
    hotspot = _hotspot(lost)
    assert take_card(lost, hotspot, _no_tool, folder=card, console=card / "none").changed
    assert hotspot.kept.name == "Card"


def test_a_report_lies_beside_the_file_while_something_is_wrong(config: Config, card: Path) -> None:
    report = card / "chashma-report.txt"
    _write(card, 'school_name = "Мактаб"\n')
    _take(config, card)
    assert not report.exists()
    _write(card, "kanal = 5\n")
    _take(config, card)
    assert "kanal" in report.read_text("utf-8-sig")
    written = report.stat().st_mtime_ns
    _take(config, card)
    assert report.stat().st_mtime_ns == written
    report.write_bytes(b"torn")
    _take(config, card)
    assert "kanal" in report.read_text("utf-8-sig")
    _write(card, "channel = 5\n")
    _take(config, card)
    assert not report.exists()


def test_the_partition_is_written_only_while_it_must_be(
    config: Config, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda one: one == card)
    run: list[str] = []

    def mount(argv: Sequence[str]) -> None:
        there = (card / "chashma-report.txt").exists()
        run.append(f"{argv[2]} {there}")

    _write(card, "kanal = 5\n")
    for _ in range(2):
        take_card(config, _hotspot(config), mount, folder=card, console=card / "none")
    assert run == ["remount,rw False", "remount,ro True"]


def test_a_card_that_cannot_be_written_is_only_logged(
    config: Config, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda one: one == card)

    def fail(argv: Sequence[str]) -> None:
        raise ToolFailedError(argv[0], 32, "write-protected")

    _write(card, 'kanal = 5\nhotspot_name = "Card"\n')
    hotspot = _hotspot(config)
    assert take_card(config, hotspot, fail, folder=card, console=card / "none").problems
    assert hotspot.kept.name == "Card"
