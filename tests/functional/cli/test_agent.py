# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma hotspot``, ``time`` and ``power``, over a running agent."""

import json

import pytest
from click.testing import CliRunner, Result

from appliance.agent.client import ask
from appliance.agent.protocol import ChangeHotspot
from appliance.cli.main import main
from appliance.hotspot.settings import HotspotSettings
from tests.functional.agent.conftest import RunningAgent, agent, until

__all__ = ["agent"]


def chashma(agent: RunningAgent, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={**agent.config.environment, "LC_ALL": "ru"})


def test_the_hotspot_is_told_and_its_password_is_not(agent: RunningAgent) -> None:
    ask(agent.config, ChangeHotspot(HotspotSettings("Мактаби 7", "geheim123")))
    told = chashma(agent, "hotspot")
    assert "Мактаби 7" in told.stdout
    assert "WPA2" in told.stdout
    script = chashma(agent, "hotspot", "--json")
    assert json.loads(script.stdout)["settings"]["name"] == "Мактаби 7"
    assert "geheim" not in told.output + script.output


def test_the_time_is_told_and_set(agent: RunningAgent) -> None:
    assert json.loads(chashma(agent, "time", "--json").stdout)["confidence"]
    assert chashma(agent, "time", "2031-05-06T12:08:09+05:00").exit_code == 0
    assert agent.done() == ["settime 1935817689"]


@pytest.mark.parametrize("text", ["tomorrow", "", "31.12.2026", "2031-02-30"])
def test_what_is_no_time_is_a_wrong_command_line(agent: RunningAgent, text: str) -> None:
    assert chashma(agent, "time", text).exit_code == 2
    assert agent.done() == []


def test_a_refusal_is_told_in_the_language_of_the_terminal(agent: RunningAgent) -> None:
    told = chashma(agent, "time", "1999-01-01T00:00:00Z")
    assert told.exit_code == 1
    assert "не может быть верным" in told.output


def test_the_box_is_switched_off(agent: RunningAgent) -> None:
    assert chashma(agent, "power", "off").exit_code == 0
    until(agent.done, "it goes down")
    assert agent.done() == ["systemctl poweroff"]
    assert chashma(agent, "power", "explode").exit_code == 2


def test_without_an_agent_it_says_so(agent: RunningAgent) -> None:
    agent.process.terminate()
    agent.process.wait()
    for words in (("hotspot",), ("power", "restart"), ("time", "2031-05-06T07:08")):
        told = chashma(agent, *words)
        assert told.exit_code == 1
        assert "not a box" in told.output
    assert chashma(agent, "time").exit_code == 0
