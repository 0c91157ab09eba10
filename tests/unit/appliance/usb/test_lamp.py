# SPDX-License-Identifier: GPL-3.0-or-later
"""The board's light."""

import time
from pathlib import Path

import pytest

from appliance.usb.lamp import Lamp
from appliance.usb.light import Light

_PATIENCE_SECONDS = 60


@pytest.fixture
def led(tmp_path: Path) -> Path:
    return _led(tmp_path / "leds", "ACT")


def _led(leds: Path, name: str) -> Path:
    led = leds / name
    led.mkdir(parents=True)
    (led / "trigger").write_text("none kbd-numlock [mmc0] timer\n")
    (led / "brightness").write_text("0")
    (led / "max_brightness").write_text("255\n")
    return led


def _seen(led: Path, *values: str) -> None:
    """The light takes each of these values, in turn."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    for value in values:
        while (led / "brightness").read_text() != value:
            assert time.monotonic() < deadline
            time.sleep(0.005)


def test_it_blinks_while_something_is_done(tmp_path: Path, led: Path) -> None:
    lamp = Lamp(tmp_path / "memory", tmp_path / "leds")
    lamp.show(Light.WORKING)
    assert (led / "trigger").read_text() == "none"
    _seen(led, "255", "0", "255", "0")
    lamp.show(Light.IDLE)
    assert (led / "trigger").read_text() == "mmc0"
    assert (led / "brightness").read_text() == "0"


def test_it_is_steady_when_it_is_done(tmp_path: Path, led: Path) -> None:
    lamp = Lamp(tmp_path / "memory", tmp_path / "leds")
    lamp.show(Light.WORKING)
    lamp.show(Light.DONE)
    _seen(led, "255")
    lamp.show(Light.FAILED)
    _seen(led, "255", "0", "255", "0", "255", "0")
    lamp.show(Light.IDLE)
    lamp.show(Light.IDLE)
    assert (led / "trigger").read_text() == "mmc0"


def test_an_agent_that_was_killed_leaves_nothing_behind(tmp_path: Path, led: Path) -> None:
    Lamp(tmp_path / "memory", tmp_path / "leds").show(Light.DONE)
    # The next one knows what it was before.
    Lamp(tmp_path / "memory", tmp_path / "leds")
    assert (led / "trigger").read_text() == "mmc0"
    assert not (tmp_path / "memory").exists()


def test_a_board_without_a_light_shows_nothing(tmp_path: Path) -> None:
    _led(tmp_path / "leds", "input3::capslock")
    lamp = Lamp(tmp_path / "memory", tmp_path / "leds")
    for light in Light:
        lamp.show(light)
    assert not (tmp_path / "memory").exists()


def test_the_light_for_activity_comes_before_the_one_for_power(tmp_path: Path, led: Path) -> None:
    power = _led(tmp_path / "leds", "PWR")
    Lamp(tmp_path / "memory", tmp_path / "leds").show(Light.DONE)
    assert (power / "trigger").read_text().startswith("none kbd")
    assert (led / "trigger").read_text() == "none"


def test_a_light_that_refuses_is_no_failure(tmp_path: Path, led: Path) -> None:
    lamp = Lamp(tmp_path / "memory", tmp_path / "leds")
    (led / "max_brightness").unlink()
    lamp.show(Light.DONE)
    lamp.show(Light.IDLE)
    assert (led / "trigger").read_text() == "mmc0"
