# SPDX-License-Identifier: GPL-3.0-or-later
"""A shared tablet signs out by itself; a phone of one's own does not."""

import pytest

from appliance.database import Database
from appliance.learning import person_session
from appliance.learning.classes import Classes
from appliance.learning.people import People
from appliance.learning.person import Person, SchoolClass
from appliance.learning.person_session import IDLE_SECONDS, PersonSessions
from appliance.school.moment import Moment


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.boot, self.second = "first", 1000.0

    def __call__(self) -> Moment:
        return Moment(self.boot, self.second)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sessions(school: Database, watch: Watch) -> PersonSessions:
    return PersonSessions(school, watch)


@pytest.fixture
def ali(people: People, fifth: SchoolClass) -> Person:
    return people.add(fifth.id, "Али", clock_sure=True)


def test_a_shared_tablet_signs_out_when_nothing_is_done(
    sessions: PersonSessions, watch: Watch, ali: Person
) -> None:
    token = sessions.start(ali.id, own=False)
    for _ in range(5):  # somebody works: an hour and more
        watch.second += IDLE_SECONDS - 1
        assert sessions.resume(token) == ali
    watch.second += IDLE_SECONDS + 1
    assert sessions.resume(token) is None


def test_a_shared_tablet_is_signed_out_after_a_restart(
    sessions: PersonSessions, watch: Watch, ali: Person
) -> None:
    token = sessions.start(ali.id, own=False)
    watch.boot, watch.second = "second", 5.0
    assert sessions.resume(token) is None


def test_an_own_phone_stays_over_restarts_until_it_stays_away(
    sessions: PersonSessions, watch: Watch, ali: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_session, "utc_now", lambda: "2026-09-01T08:00:00Z")
    token = sessions.start(ali.id, own=True)
    watch.boot, watch.second = "second", 5.0
    monkeypatch.setattr(person_session, "utc_now", lambda: "2026-11-29T08:00:00Z")
    assert sessions.resume(token) == ali
    monkeypatch.setattr(person_session, "utc_now", lambda: "2027-02-26T08:00:00Z")
    assert sessions.resume(token) == ali, "the ninety days begin anew when it comes back"
    monkeypatch.setattr(person_session, "utc_now", lambda: "2027-05-28T08:00:00Z")
    assert sessions.resume(token) is None


def test_a_clock_that_is_set_back_signs_nobody_out_for_good(
    sessions: PersonSessions, ali: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_session, "utc_now", lambda: "2040-01-01T00:00:00Z")
    token = sessions.start(ali.id, own=True)
    monkeypatch.setattr(person_session, "utc_now", lambda: "2026-11-01T00:00:00Z")
    assert sessions.resume(token) == ali
    monkeypatch.setattr(person_session, "utc_now", lambda: "2027-03-01T00:00:00Z")
    assert sessions.resume(token) is None, "it counts from when it was seen last"


def test_sessions_end_with_their_person_and_their_class(
    sessions: PersonSessions, classes: Classes, ali: Person
) -> None:
    token = sessions.start(ali.id, own=True)
    classes.remove(ali.class_id)
    assert sessions.resume(token) is None


def test_the_secret_is_nowhere_in_the_database(
    school: Database, sessions: PersonSessions, ali: Person
) -> None:
    token = sessions.start(ali.id, own=True)
    rows = school.connection.execute("SELECT * FROM person_session").fetchall()
    assert len(rows) == 1
    assert token not in map(str, tuple(rows[0]))
    sessions.end(token)
    assert sessions.resume(token) is None
