# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a class in the portal, as pupils do it: without script, on a shared tablet."""

import re

import pytest
from flask import g
from flask.testing import FlaskClient

from appliance.learning.classes import NewClass
from appliance.learning.people import People
from appliance.learning.person import SchoolClass
from appliance.learning.person_session import IDLE_SECONDS, PersonSessions
from appliance.school.moment import Moment
from webapp.portal.answer import wait_words
from webapp.portal.library import Library
from webapp.portal.person import COOKIE
from webapp.portal.visitor import Visitor


@pytest.fixture
def fifth(library: Library) -> SchoolClass:
    return library.classes.add(NewClass("5А", grade=5), clock_sure=True)


@pytest.fixture
def little(library: Library) -> SchoolClass:
    made = library.classes.add(NewClass("Лола", pictures=True), clock_sure=True)
    library.people.add_all(made.id, ["Зарина", "Далер"], clock_sure=True)
    return made


@pytest.fixture(autouse=True)
def english(client: FlaskClient) -> None:
    client.set_cookie("language", "en")


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def _person_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    return "" if cookie is None else str(cookie.value)


def test_somebody_joins_by_code_and_name(client: FlaskClient, fifth: SchoolClass) -> None:
    assert "Join your class" in client.get("/").text
    door = client.get(f"/join?code={fifth.code.lower()}")
    assert door.headers["Location"] == f"/join/{fifth.code}"
    joined = client.post(f"/join/{fifth.code}", data={"name": "Зарина Каримова"})
    assert joined.status_code == 303
    cookie = joined.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Domain" not in cookie
    home = client.get("/")
    assert "Зарина Каримова" in home.text
    assert home.headers["Cache-Control"] == "no-store"


def test_the_first_page_that_is_remembered_names_nobody_else(
    client: FlaskClient, fifth: SchoolClass
) -> None:
    client.post(f"/join/{fifth.code}", data={"name": "Зарина"})
    assert "Зарина" in client.get("/").text
    other = client.application.test_client()
    other.set_cookie("language", "en")
    assert "Зарина" not in other.get("/").text


def test_two_people_of_one_name_are_asked_and_helped(
    client: FlaskClient, library: Library, fifth: SchoolClass
) -> None:
    first = library.people.add(fifth.id, "Алӣ", clock_sure=True)
    asked = client.post(f"/join/{fifth.code}", data={"name": "али"})
    assert "Are you Алӣ?" in asked.text
    assert _person_cookie(client) == ""
    helped = client.post(f"/join/{fifth.code}", data={"name": "али", "who": "another"})
    assert "Алӣ 2" in helped.text
    client.post(f"/join/{fifth.code}", data={"name": "Алӣ 2"})
    assert [one.name for one in library.people.all(fifth.id)] == ["Алӣ", "Алӣ 2"]
    another = client.application.test_client()
    another.post(f"/join/{fifth.code}", data={"name": "али", "who": "me"})
    assert library.sessions.resume(_person_cookie(another)) == first


def test_two_people_of_one_name_join_at_the_same_moment(
    client: FlaskClient, library: Library, fifth: SchoolClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.people.add(fifth.id, "Алӣ", clock_sure=True)
    # Who looked a moment ago saw nobody of this name.
    monkeypatch.setattr(library.people, "named", lambda *_: None)
    page = client.post(f"/join/{fifth.code}", data={"name": "али"})
    assert "Another in the class has this name too." in page.text
    assert 'value="али"' in page.text
    assert _person_cookie(client) == ""
    assert len(library.people.all(fifth.id)) == 1


def test_a_closed_class_takes_only_those_on_its_list(
    client: FlaskClient, library: Library, fifth: SchoolClass
) -> None:
    library.classes.change(fifth.id, NewClass("5А", open=False))
    library.people.add(fifth.id, "Алӣ", clock_sure=True)
    assert "no such name" in client.post(f"/join/{fifth.code}", data={"name": "Вали"}).text
    assert len(library.people.all(fifth.id)) == 1
    client.post(f"/join/{fifth.code}", data={"name": "али", "who": "me"})
    assert _person_cookie(client)


def _pick(client: FlaskClient, code: str, three: tuple[str, ...]) -> str:
    picked, page = "", ""
    for name in three:
        page = client.post(f"/join/{code}", data={"picked": picked, "pick": name}).text
        picked = f"{picked} {name}".strip()
    return page


def _three_of(people: People, little: SchoolClass, name: str) -> tuple[str, ...]:
    child = people.named(little.id, name)
    assert child
    return people.pictures(little.id)[child.id]


def test_a_child_shows_three_pictures(
    client: FlaskClient, library: Library, little: SchoolClass
) -> None:
    assert client.get(f"/join/{little.code}").text.count('name="pick"') == 12
    three = _three_of(library.people, little, "Зарина")
    page = _pick(client, little.code, three)
    assert "Are you Зарина?" in page
    client.post(f"/join/{little.code}", data={"picked": " ".join(three), "who": "me"})
    assert "Зарина" in client.get("/").text


def test_one_child_that_guesses_locks_nobody_else_out(
    client: FlaskClient, library: Library, little: SchoolClass
) -> None:
    three = _three_of(library.people, little, "Далер")
    client.post(f"/join/{little.code}", data={"picked": " ".join(three), "who": "me"})
    naughty = client.application.test_client()
    wrong = " ".join(reversed(_three_of(library.people, little, "Зарина")))
    answers = [
        naughty.post(f"/join/{little.code}", data={"picked": wrong}).status_code for _ in range(25)
    ]
    assert answers[0] == 200
    assert answers[-1] == 429
    # The tablet on which a child of the class has been before is counted by itself.
    again = client.post(
        f"/join/{little.code}", data={"picked": " ".join(three), "who": "me", **_with_token(client)}
    )
    assert again.status_code == 303


def _with_token(client: FlaskClient) -> dict[str, str]:
    return {"csrf": _token(client.get("/").text)}


def test_codes_are_guessed_only_slowly(client: FlaskClient, fifth: SchoolClass) -> None:
    answers = [client.get("/join/A2A2A").status_code for _ in range(25)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(f"/join/{fifth.code}").status_code == 429


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 1, "Wait 1 second, then"),
        ("en", 20, "Wait 20 seconds, then"),
        ("tg", 1, "1 сония мунтазир"),
        ("ru", 1, "Подождите 1 секунду и"),
        ("ru", 2, "Подождите 2 секунды и"),
        ("ru", 15, "Подождите 15 секунд и"),
    ],
)
def test_the_seconds_to_wait_are_counted_as_people_do(
    client: FlaskClient, language: str, seconds: int, said: str
) -> None:
    with client.application.test_request_context("/"):
        g.visitor = Visitor(language=language)
        assert said in wait_words(seconds)


def test_forms_of_somebody_signed_in_need_their_token(
    client: FlaskClient, library: Library, fifth: SchoolClass
) -> None:
    client.post(f"/join/{fifth.code}", data={"name": "Зарина"})
    assert client.post("/leave").status_code == 403
    assert client.post("/leave", data={"csrf": "0" * 64}).status_code == 403
    assert _person_cookie(client)
    # How pages look may be changed from pages that are the same for all.
    assert client.post("/settings", data={"text": "large"}).status_code == 303
    left = client.post("/leave", data=_with_token(client))
    assert left.status_code == 303
    assert _person_cookie(client) == ""
    assert "Join your class" in client.get("/").text


class FakeClock:
    """Seconds since the boot, which tests let pass."""

    def __init__(self) -> None:
        self.second = 1000.0

    def __call__(self) -> Moment:
        return Moment("boot", self.second)


def test_a_shared_tablet_signs_out_by_itself_and_the_next_child_begins_anew(
    client: FlaskClient, library: Library, fifth: SchoolClass
) -> None:
    clock = FakeClock()
    library.sessions = PersonSessions(library.school, clock)
    joined = client.post(f"/join/{fifth.code}", data={"name": "Зарина"})
    # The cookie goes with the browser's window, too.
    assert "Max-Age" not in joined.headers["Set-Cookie"].replace("Max-Age=0", "")
    assert "Зарина" in client.get("/my").text
    form = _with_token(client)
    clock.second += IDLE_SECONDS + 61
    page = client.get("/").text
    assert "You were signed out, because nothing was done for a while." in page
    assert "Зарина" not in page
    assert client.get("/my").headers["Location"] == "/join"
    # What stood on the screen since then does nothing in the name of the one before.
    client.post("/leave", data=form)
    client.post(f"/join/{fifth.code}", data={"name": "Далер"})
    page = client.get("/my").text
    assert "Далер" in page
    assert "Зарина" not in page
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_a_phone_of_ones_own_stays_signed_in(
    client: FlaskClient, library: Library, fifth: SchoolClass
) -> None:
    clock = FakeClock()
    library.sessions = PersonSessions(library.school, clock)
    joined = client.post(f"/join/{fifth.code}", data={"name": "Зарина", "own": "1"})
    assert "Max-Age=34560000" in joined.headers["Set-Cookie"]
    clock.second += 100 * IDLE_SECONDS
    assert "Зарина" in client.get("/my").text


def test_nonsense_in_the_cookie_is_a_guest(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "nonsense")
    page = client.get("/")
    assert page.status_code == 200
    assert "You were signed out" in page.text
