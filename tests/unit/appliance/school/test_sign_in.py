# SPDX-License-Identifier: GPL-3.0-or-later
"""Guessing is slow, whatever is done to the clock, the plug or the number of threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.database import Database
from appliance.school.database import open_school
from appliance.school.failures import TooManyTriesError
from appliance.school.known_browser import KnownBrowsers
from appliance.school.moment import Moment, now
from appliance.school.sign_in import ACCOUNT, ADDRESS, SignInLimits
from appliance.school.staff import NewMember, Role, Staff


class FakeClock:
    def __init__(self) -> None:
        self.moment = Moment("boot 1", 1000.0)

    def __call__(self) -> Moment:
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        self.moment = Moment(self.moment.boot, self.moment.second + seconds)

    def reboot(self) -> None:
        self.moment = Moment(self.moment.boot + "+", 20.0)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_school(Config(state=tmp_path))


@pytest.fixture
def limits(database: Database, clock: FakeClock) -> SignInLimits:
    return SignInLimits(database, clock)


def fail(limits: SignInLimits, clock: FakeClock, times: int, name: str = "a") -> float:
    """Fail so often, waiting as told; how long it took in all."""
    begun = clock.moment.second
    for number in range(times):
        while True:
            try:
                limits.count_try(name, f"10.0.0.{number}")
            except TooManyTriesError as exc:
                clock.pass_seconds(exc.seconds)
            else:
                break
    return clock.moment.second - begun


def test_a_few_mistakes_cost_nothing_and_guessing_takes_ages(
    limits: SignInLimits, clock: FakeClock
) -> None:
    assert fail(limits, clock, ACCOUNT.free) == 0
    assert fail(limits, clock, 1) == pytest.approx(15, abs=1)
    assert fail(limits, clock, 1) == pytest.approx(30, abs=1)
    assert fail(limits, clock, 100) > 100 * 0.9 * ACCOUNT.longest


def test_the_wait_never_becomes_longer_than_the_limit(
    limits: SignInLimits, clock: FakeClock
) -> None:
    fail(limits, clock, 40)
    with pytest.raises(TooManyTriesError) as caught:
        limits.count_try("a", "10.9.9.9")
    assert 0 < caught.value.seconds <= ACCOUNT.longest


def test_one_address_that_tries_many_names_waits_too(limits: SignInLimits) -> None:
    for number in range(ADDRESS.free):
        limits.count_try(f"name {number}", "10.0.0.1")
    with pytest.raises(TooManyTriesError):
        limits.count_try("another", "10.0.0.1")
    limits.count_try("another", "10.0.0.2")


def test_a_success_begins_the_account_anew(limits: SignInLimits) -> None:
    for _ in range(20):
        limits.count_try("a", "10.0.0.1")
        limits.forget("a", "10.0.0.1")
    limits.count_try("a", "10.0.0.1")


def test_a_restart_gives_no_new_tries(limits: SignInLimits, clock: FakeClock) -> None:
    fail(limits, clock, 12)
    clock.reboot()
    with pytest.raises(TooManyTriesError) as caught:
        limits.count_try("a", "10.0.0.9")
    assert caught.value.seconds == pytest.approx(ACCOUNT.longest - 20, abs=2)
    clock.pass_seconds(caught.value.seconds)
    limits.count_try("a", "10.0.0.9")


def test_an_hour_of_peace_is_forgiven(limits: SignInLimits, clock: FakeClock) -> None:
    fail(limits, clock, 12)
    clock.pass_seconds(3601)
    assert fail(limits, clock, ACCOUNT.free) == 0


def test_tries_at_the_same_instant_all_count(database: Database, clock: FakeClock) -> None:
    def attempt(number: int) -> bool:
        try:
            SignInLimits(database, clock).count_try("a", f"10.0.1.{number}")
        except TooManyTriesError:
            return False
        finally:
            database.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        let_through = list(pool.map(attempt, range(40)))
    assert sum(let_through) == ACCOUNT.free


def test_it_says_which_try_begins_the_wait(limits: SignInLimits) -> None:
    begins = [limits.count_try("a", f"10.0.2.{number}") for number in range(ACCOUNT.free)]
    assert begins == [False] * (ACCOUNT.free - 1) + [True]


def test_made_up_names_do_not_fill_the_disk(
    limits: SignInLimits, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.school.failures._MOST_ROWS", 10)
    for number in range(30):
        limits.count_try(f"name {number}", f"10.0.3.{number}")
    assert database.connection.execute("SELECT count(*) FROM sign_in_failure").fetchone()[0] == 10


def test_who_guesses_elsewhere_does_not_keep_a_known_browser_waiting(
    limits: SignInLimits, database: Database, clock: FakeClock
) -> None:
    staff, browsers = Staff(database), KnownBrowsers(database)
    member = staff.add(NewMember("Зебо", "Зебо", Role.TEACHER, "tg", "x"))
    other = staff.add(NewMember("Анвар", "Анвар", Role.TEACHER, "tg", "x"))
    known, foreign = browsers.remember(member.id), browsers.remember(other.id)
    fail(limits, clock, ACCOUNT.free, name="зебо")
    for browser in ("", "made up", foreign):
        with pytest.raises(TooManyTriesError):
            limits.count_try("Зебо", "10.1.0.1", browser)
    for _ in range(ACCOUNT.free):
        limits.count_try("ЗЕБО", "10.1.0.2", known)
    with pytest.raises(TooManyTriesError):
        limits.count_try("Зебо", "10.1.0.2", known)


def test_a_browser_is_known_by_its_newest_secret(database: Database) -> None:
    member = Staff(database).add(NewMember("a", "A", Role.TEACHER, "tg", "x"))
    browsers = KnownBrowsers(database)
    first = browsers.remember(member.id)
    second = browsers.remember(member.id, first)
    assert [browsers.is_known(token, "a") for token in (first, second, "")] == [False, True, False]
    others = [browsers.remember(member.id) for _ in range(10)]
    assert [browsers.is_known(token, "a") for token in (second, *others)] == [False] + [True] * 10


def test_the_real_clock_runs_forward() -> None:
    first, second = now(), now()
    assert first.boot == second.boot
    assert second.seconds_since(first.boot, first.second) >= 0
