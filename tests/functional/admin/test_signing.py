# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in, its limits, and how long it lasts."""

import time
from collections.abc import Callable

import pytest

from appliance.school.activity import Action
from appliance.school.session import IDLE_SECONDS, LONGEST_SECONDS
from tests.functional.admin.conftest import HOME, PASSWORD, Browser, FakeClock, person
from webapp.admin.office import Office


def cookie(answer_headers: list[str]) -> str:
    return next(header for header in answer_headers if header.startswith("__Host-chashma="))


def test_the_cookie_is_for_this_host_over_https_alone(visitor: Browser) -> None:
    said = cookie(visitor.get("/sign-in").headers.getlist("Set-Cookie"))
    assert {part.strip() for part in said.split(";")[1:]} == {
        "Secure",
        "HttpOnly",
        "Path=/",
        "SameSite=Strict",
    }


def test_the_session_is_another_one_after_sign_in(visitor: Browser) -> None:
    before = cookie(visitor.get("/sign-in").headers.getlist("Set-Cookie"))
    token = visitor.token("/sign-in")
    after = cookie(visitor.sign_in("teacher").headers.getlist("Set-Cookie"))
    assert before.split(";")[0] != after.split(";")[0]
    stale = visitor.client.post(
        "/sign-out", base_url=HOME, data={"csrf_token": token}, headers={"Referer": HOME + "/"}
    )
    assert stale.status_code == 400
    assert visitor.get("/").status_code == 200


def test_a_wrong_password_says_so_and_nothing_else(visitor: Browser) -> None:
    wrong = visitor.sign_in("teacher", "чойи сиёҳ")
    unknown = visitor.sign_in("nobody", "чойи сиёҳ")
    assert wrong.status_code == unknown.status_code == 403
    for answer in (wrong, unknown):
        assert "The name or the password is wrong" in answer.text
        assert "чойи сиёҳ" not in answer.text


def test_guessing_is_stopped_and_written_down(
    visitor: Browser, office: Office, clock: FakeClock
) -> None:
    for _ in range(5):
        visitor.sign_in("Teacher ", "wrong password")
    answer = visitor.sign_in("teacher")
    assert answer.status_code == 403
    assert "Wait 15 seconds" in answer.text
    [entry], _ = office.activity.page(actions=(Action.SIGN_IN_BLOCKED,))
    assert entry.details == {"name": "Teacher", "address": "127.0.0.1"}
    clock.pass_seconds(16)
    assert visitor.sign_in("teacher").status_code == 302


def test_guesses_elsewhere_do_not_lock_somebody_out(
    open_browser: Callable[[], Browser], visitor: Browser
) -> None:
    own = open_browser()
    own.sign_in("teacher")
    own.post("/sign-out", page="/")
    for _ in range(6):
        visitor.sign_in("teacher", "wrong password")
    assert visitor.sign_in("teacher").status_code == 403
    assert own.sign_in("teacher").status_code == 302


def test_a_disabled_account_cannot_sign_in(visitor: Browser, office: Office) -> None:
    office.staff.set_disabled(person(office, "teacher").id, disabled=True)
    assert visitor.sign_in("teacher").status_code == 403


def test_it_ends_after_half_an_hour_of_nothing(administrator: Browser, clock: FakeClock) -> None:
    clock.pass_seconds(IDLE_SECONDS - 5)
    assert administrator.get("/people").status_code == 200
    clock.pass_seconds(IDLE_SECONDS - 5)
    assert administrator.get("/people").status_code == 200
    clock.pass_seconds(IDLE_SECONDS + 5)
    assert administrator.get("/people").location == "/sign-in?next=/people"


def test_it_ends_at_the_end_of_the_day(administrator: Browser, clock: FakeClock) -> None:
    for _ in range(int(LONGEST_SECONDS // 1000)):
        clock.pass_seconds(1000)
        assert administrator.get("/").status_code == 200
    clock.pass_seconds(1000)
    assert administrator.get("/").status_code == 302


def test_setting_the_clock_signs_nobody_out(
    administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box wakes up in 1970 and is told the year: fifty-six years in an instant."""
    later = time.time() + 56 * 365 * 86400
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert administrator.get("/people").status_code == 200
    form = {"display_name": "B", "name": "b", "role": "teacher"}
    assert "<code>" in administrator.post("/people/add", form, page="/people").text


def test_sign_out(administrator: Browser) -> None:
    assert administrator.post("/sign-out", page="/").location == "/sign-in"
    assert administrator.get("/people").status_code == 302


def test_another_password_signs_out_everywhere_else(
    open_browser: Callable[[], Browser], administrator: Browser
) -> None:
    elsewhere = open_browser()
    elsewhere.sign_in("administrator")
    form = {"old": PASSWORD, "password": "себи сурх дар боғ", "again": "себи сурх дар боғ"}
    answer = administrator.post("/profile/password", form, page="/profile/password")
    assert answer.location == "/profile"
    assert administrator.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 302
    assert open_browser().sign_in("administrator", "себи сурх дар боғ").status_code == 302


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"old": "not it"}, "not your password"),
        ({"password": "short", "again": "short"}, "at least 8"),
        ({"password": "administrator1", "again": "administrator1"}, "quickly guessed"),
        ({"again": "x"}, "not the same"),
    ],
)
def test_the_own_password_is_not_changed_by_mistake(
    administrator: Browser, office: Office, form: dict[str, object], said: str
) -> None:
    whole = {"old": PASSWORD, "password": "себи сурх дар боғ", "again": "себи сурх дар боғ", **form}
    assert said in administrator.post("/profile/password", whole, page="/profile/password").text
    assert office.staff.authenticate("administrator", PASSWORD)


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb", "javascript:1"],
)
def test_sign_in_leads_nowhere_else(visitor: Browser, target: str) -> None:
    form = {"name": "teacher", "password": PASSWORD, "next": target}
    assert visitor.post("/sign-in", form).location == "/"


def test_a_link_from_the_library_finds_the_session(
    administrator: Browser, visitor: Browser
) -> None:
    """The strict cookie is not sent after a link on another site, but it is after this page."""
    answer = visitor.get("/people", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/people' in answer.text
    assert visitor.get("/people", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302
    assert "Only staff" in administrator.get("/people").text


def test_each_person_has_an_own_language(administrator: Browser, visitor: Browser) -> None:
    assert visitor.post("/language", {"language": "ru", "next": "/sign-in"}).location == "/sign-in"
    assert '<html lang="ru">' in visitor.get("/sign-in").text
    administrator.post("/language", {"language": "tg", "next": "/people"}, page="/people")
    assert '<html lang="tg">' in administrator.get("/people").text
    administrator.post("/language", {"language": "xx"}, page="/people")
    assert '<html lang="tg">' in administrator.get("/people").text
