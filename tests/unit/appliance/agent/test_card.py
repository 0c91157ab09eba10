# SPDX-License-Identifier: GPL-3.0-or-later
"""The card at the start of the agent."""

from pathlib import Path

import msgspec
import pytest

from appliance.agent.card import take_card
from appliance.card.settings import CardReport
from appliance.config import Config
from appliance.hotspot.hotspot import Hotspot
from appliance.hotspot.places import Places
from appliance.hotspot.settings import HotspotSettings


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


def _write(card: Path, text: str) -> None:
    (card / "chashma.toml").write_text(text, encoding="utf-8")


def test_a_new_card_wins_and_an_old_one_does_not(config: Config, card: Path) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    assert take_card(config, _hotspot(config), card).changed
    assert _hotspot(config).kept.name == "Card"
    _hotspot(config).keep(HotspotSettings("Panel"))
    assert not take_card(config, _hotspot(config), card).changed
    assert _hotspot(config).kept.name == "Panel"
    _write(card, 'hotspot_name = "Card again"\n')
    assert take_card(config, _hotspot(config), card).changed
    assert _hotspot(config).kept.name == "Card again"


def test_a_card_that_was_not_there_once_is_not_new_again(config: Config, card: Path) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    take_card(config, _hotspot(config), card)
    _hotspot(config).keep(HotspotSettings("Panel"))
    assert not take_card(config, _hotspot(config), card / "not mounted").present
    assert not take_card(config, _hotspot(config), card).changed
    assert _hotspot(config).kept.name == "Panel"


def test_the_report_can_be_read_by_the_group_alone(config: Config, card: Path) -> None:
    _write(card, 'school_name = "Мактаби 7"\n')
    report = take_card(config, _hotspot(config), card)
    assert msgspec.json.decode(config.card_json.read_bytes(), type=CardReport) == report
    assert config.card_json.stat().st_mode & 0o777 == 0o640
    assert config.card_json.parent.stat().st_mode & 0o777 == 0o750


def test_the_console_says_what_is_wrong_but_no_secret(
    config: Config, card: Path, tmp_path: Path
) -> None:
    console = tmp_path / "console"
    console.touch()
    _write(card, 'school_name = "7"\nhotspot_pasword = "geheim123"\nhotspot_password = "kurz"\n')
    take_card(config, _hotspot(config), card, console)
    said = console.read_text("utf-8")
    assert "line 2" in said
    assert "line 3" in said
    assert "geheim" not in said
    assert "kurz" not in said


def test_nothing_wrong_is_nothing_said(config: Config, card: Path, tmp_path: Path) -> None:
    console = tmp_path / "console"
    console.touch()
    take_card(config, _hotspot(config), card, console)
    assert console.read_text() == ""


@pytest.mark.parametrize("broken", ["", "{}", "[1", "\xff", '{"digest":5}'])
def test_a_broken_memory_makes_the_card_new(config: Config, card: Path, broken: str) -> None:
    _write(card, 'hotspot_name = "Card"\n')
    (config.state / "system" / "card.json").write_text(broken, encoding="latin-1")
    assert take_card(config, _hotspot(config), card).changed


def test_where_nothing_can_be_kept_the_card_still_counts(
    tmp_path: Path, config: Config, card: Path
) -> None:
    lost = Config(state=tmp_path / "nothing", agent_socket=config.agent_socket)
    _write(card, 'hotspot_name = "Card"\n')
    hotspot = _hotspot(lost)
    assert take_card(lost, hotspot, card).changed
    assert hotspot.kept.name == "Card"
