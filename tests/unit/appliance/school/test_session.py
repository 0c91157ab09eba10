# SPDX-License-Identifier: GPL-3.0-or-later
"""A session lasts as long as it is used, never longer than a working day."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.database import Database
from appliance.school.database import open_school
from appliance.school.moment import Moment
from appliance.school.session import IDLE_SECONDS, LONGEST_SECONDS, Sessions
from appliance.school.staff import NewMember, Role, Staff


class FakeClock:
    boot = "boot 1"
    second = 1000.0

    def __call__(self) -> Moment:
        return Moment(self.boot, self.second)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sessions(tmp_path: Path, clock: FakeClock) -> Sessions:
    database = open_school(Config(state=tmp_path))
    Staff(database).add(NewMember("a", "A", Role.ADMINISTRATOR, "tg", "x"))
    return Sessions(database, clock)


def rows(database: Database) -> int:
    return int(database.connection.execute("SELECT count(*) FROM session").fetchone()[0])


def test_it_ends_when_it_is_not_used(sessions: Sessions, clock: FakeClock) -> None:
    token = sessions.start(1)
    clock.second += IDLE_SECONDS - 1
    assert sessions.resume(token) == 1
    clock.second += IDLE_SECONDS - 1
    assert sessions.resume(token) == 1
    clock.second += IDLE_SECONDS + 1
    assert sessions.resume(token) is None


def test_it_ends_after_a_day_however_much_it_is_used(sessions: Sessions, clock: FakeClock) -> None:
    token = sessions.start(1)
    for _ in range(int(LONGEST_SECONDS // 600)):
        assert sessions.resume(token) == 1
        clock.second += 600
    clock.second += 1
    assert sessions.resume(token) is None


def test_a_restart_of_the_box_ends_it(sessions: Sessions, clock: FakeClock) -> None:
    token = sessions.start(1)
    clock.boot, clock.second = "boot 2", 5000.0
    assert sessions.resume(token) is None


def test_signing_out_ends_this_one_only(sessions: Sessions) -> None:
    here, there = sessions.start(1), sessions.start(1)
    sessions.end(here)
    assert sessions.resume(here) is None
    assert sessions.resume(there) == 1
    assert sessions.resume("made up") is None


def test_old_ones_are_swept_away(tmp_path: Path, sessions: Sessions, clock: FakeClock) -> None:
    sessions.start(1)
    clock.second += LONGEST_SECONDS + 1
    sessions.start(1)
    assert rows(open_school(Config(state=tmp_path))) == 1
