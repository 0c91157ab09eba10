# SPDX-License-Identifier: GPL-3.0-or-later
"""How sure the box is of the time, and what is kept of it."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.clock import clock
from appliance.clock.clock import (
    TimeAbsurdError,
    keep_time,
    kept_file,
    parse_time,
    read_clock,
    set_clock,
)
from appliance.clock.state import Confidence
from appliance.config import Config

_TOLD = datetime.datetime(2031, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr(clock, "SYNCHRONIZED", tmp_path / "synchronized")
    # This machine's own is not a test's to set.
    monkeypatch.setattr(clock, "_BATTERY_CLOCK", tmp_path / "rtc0")
    return Config(state=tmp_path, agent_socket=tmp_path / "run" / "agent.sock")


def _ignore(_: float) -> None: ...


def test_confidence_rises_and_never_falls_within_a_boot(config: Config) -> None:
    assert read_clock(config).confidence is Confidence.KEPT
    assert set_clock(config, _TOLD, _ignore).confidence is Confidence.PERSON
    assert read_clock(config).confidence is Confidence.PERSON
    clock.SYNCHRONIZED.touch()
    assert read_clock(config).confidence is Confidence.NETWORK


def test_a_time_that_was_set_is_kept_at_once_and_exactly(config: Config) -> None:
    kept = kept_file(config)
    kept.parent.mkdir(parents=True)
    kept.touch()
    told: list[float] = []
    set_clock(config, _TOLD, told.append)
    assert told == [_TOLD.timestamp()]
    assert kept.stat().st_mtime == _TOLD.timestamp()


def test_what_cannot_be_kept_stops_nothing(config: Config) -> None:
    keep_time(config)
    assert set_clock(config, _TOLD, _ignore)


def test_a_clock_that_cannot_be_set_is_not_said_to_be(config: Config) -> None:
    def refuse(_: float) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        set_clock(config, _TOLD, refuse)
    assert read_clock(config).confidence is Confidence.KEPT


def test_the_time_goes_back_when_a_person_says_so(config: Config) -> None:
    kept = kept_file(config)
    kept.parent.mkdir(parents=True)
    kept.touch()
    for moment in (_TOLD, _TOLD - datetime.timedelta(days=900)):
        set_clock(config, moment, _ignore)
        assert kept.stat().st_mtime == moment.timestamp()


def test_nothing_before_the_image_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    epoch = tmp_path / "clock-epoch"
    monkeypatch.setattr(clock, "_EPOCH_FILE", epoch)
    assert parse_time("2026-11-01T00:00:00Z")
    epoch.touch()
    made = datetime.datetime(2028, 2, 3, 4, 5, 6, tzinfo=datetime.UTC)
    os.utime(epoch, (made.timestamp(), made.timestamp()))
    assert parse_time("2028-02-03T04:05:06Z") == made
    with pytest.raises(TimeAbsurdError):
        parse_time("2028-02-03T04:05:05Z")


@given(st.text() | st.datetimes().map(lambda one: one.strftime("%Y-%m-%dT%H:%M:%SZ")))
def test_whatever_is_said_is_a_time_of_these_years_or_absurd(text: str) -> None:
    try:
        told = parse_time(text)
    except TimeAbsurdError:
        return
    assert 2026 <= told.year <= 2046
    assert told.tzinfo is datetime.UTC
