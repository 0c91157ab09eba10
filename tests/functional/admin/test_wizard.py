# SPDX-License-Identifier: GPL-3.0-or-later
"""The first-run wizard: five steps, resumable, and closed for good at its end."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from msgspec.structs import replace

from appliance.agent.protocol import ChangeHotspot, ReadHotspot, SetClock
from appliance.hotspot.settings import HotspotSettings
from appliance.school.activity import Action
from tests.fake_agent import FakeAgent
from tests.functional.admin.conftest import PASSWORD, Browser
from webapp.admin.office import Office

ACCOUNT = {"display_name": "Зебо", "name": "zebo", "password": PASSWORD, "again": PASSWORD}
STEPS = (
    ("/setup/language", {"language": "en"}),
    ("/setup/school", {"school_name": "Мактаби №5 <b>"}),
    ("/setup/account", ACCOUNT),
    ("/setup/time", {"clock": "right"}),
    ("/setup/hotspot", {"hotspot_name": "Maktab 5", "hotspot_password": "kitobkhona"}),
)


@pytest.fixture
def phone(new_box: Flask) -> Browser:
    return Browser(new_box.test_client())


@pytest.fixture
def office(new_box: Flask) -> Office:
    found: Office = new_box.extensions["chashma"]
    return found


def do(browser: Browser, steps: int) -> None:
    for path, form in STEPS[:steps]:
        answer = browser.post(path, dict(form), page=path)
        assert answer.status_code == 302, (path, answer.text)


def test_every_page_leads_to_the_wizard_until_it_is_done(phone: Browser) -> None:
    for path in ("/", "/people", "/activity", "/sign-in", "/school", "/profile"):
        answer = phone.get(path, follow_redirects=True)
        assert answer.request.path == "/setup/language", path


def test_five_steps_and_the_box_is_ready(phone: Browser, office: Office) -> None:
    do(phone, 5)
    assert "The box is ready" in phone.get("/welcome").text
    settings = office.settings.load()
    assert (settings.school_name, settings.language, settings.set_up) == (
        "Мактаби №5 <b>",
        "en",
        True,
    )
    assert office.activity.page(actions=(Action.SET_UP,))[1] == 1


def test_the_wizard_is_closed_for_good(phone: Browser, office: Office) -> None:
    do(phone, 5)
    stranger = Browser(phone.client.application.test_client())
    for browser in (phone, stranger):
        for path, form in STEPS:
            assert browser.get(path).location == "/"
            form = {**form, "school_name": "Mine now"}
            assert browser.post(path, form).location == "/"
    assert office.settings.load().school_name == "Мактаби №5 <b>"
    assert len(office.staff.all()) == 1


@pytest.mark.parametrize("steps", range(5))
def test_it_goes_on_where_it_was_left(phone: Browser, steps: int) -> None:
    do(phone, steps)
    assert phone.get("/", follow_redirects=True).request.path == STEPS[steps][0]


def test_no_step_can_be_skipped(phone: Browser, office: Office) -> None:
    for path in ("/setup/account", "/setup/school"):
        assert phone.get(path, follow_redirects=True).request.path == "/setup/language"
    phone.post("/setup/account", ACCOUNT, page="/setup/language")
    assert not office.staff.exists()


def test_going_back_keeps_what_was_done(phone: Browser, office: Office) -> None:
    do(phone, 4)
    assert "Мактаби №5 &lt;b&gt;" in phone.get("/setup/school").text
    phone.post("/setup/school", {"school_name": "School 6"}, page="/setup/school")
    page = phone.get("/setup/account").text
    assert 'value="zebo"' in page
    assert PASSWORD not in page
    answer = phone.post(
        "/setup/account",
        {"display_name": "Zebo", "name": "zebo", "password": "", "again": ""},
        page="/setup/account",
    )
    assert answer.location == "/setup/time"
    assert office.staff.authenticate("zebo", PASSWORD)
    assert office.settings.load().school_name == "School 6"
    assert phone.get("/setup").location == "/setup/hotspot"


def test_once_the_account_exists_strangers_have_to_sign_in(phone: Browser, office: Office) -> None:
    do(phone, 3)
    stranger = Browser(phone.client.application.test_client())
    for path, form in STEPS:
        assert stranger.get(path).location.startswith("/sign-in")
        assert stranger.post(path, dict(form)).location.startswith("/sign-in")
    assert office.settings.load().steps_done == 3
    stranger.sign_in("zebo")
    assert stranger.get("/", follow_redirects=True).request.path == "/setup/time"


def test_two_people_at_once_make_one_account(phone: Browser, office: Office) -> None:
    do(phone, 2)
    other = Browser(phone.client.application.test_client())
    token = other.token("/setup/account")
    do_account = {**ACCOUNT, "csrf_token": token, "name": "other"}
    phone.post("/setup/account", ACCOUNT, page="/setup/account")
    answer = other.client.post(
        "/setup/account",
        base_url="https://admin.localhost:8443",
        data=do_account,
        headers={"Referer": "https://admin.localhost:8443/setup/account"},
        follow_redirects=True,
    )
    assert answer.request.path == "/sign-in"
    assert [member.name for member in office.staff.all()] == ["zebo"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"password": "kurz", "again": "kurz"}, "at least 8"),
        ({"again": "something else"}, "not the same"),
        ({"password": "Мактаби №5 <b>", "again": "Мактаби №5 <b>"}, "quickly guessed"),
        ({"name": ""}, "fill this in"),
        ({"display_name": "a\u202eb"}, "cannot be shown"),
    ],
)
def test_a_weak_account_is_explained(
    phone: Browser, office: Office, form: dict[str, object], said: str
) -> None:
    do(phone, 2)
    answer = phone.post("/setup/account", {**ACCOUNT, **form}, page="/setup/account")
    assert answer.status_code == 200
    assert said in answer.text
    assert not office.staff.exists()


def test_all_that_is_wrong_with_a_password_is_told_at_once(phone: Browser) -> None:
    do(phone, 2)
    wrong = {**ACCOUNT, "password": "kurz", "again": "lang"}
    page = phone.post("/setup/account", wrong, page="/setup/account").text
    assert "Too short" in page
    assert "not the same" in page


def test_a_wrong_clock_is_told_plainly_and_noted(phone: Browser, office: Office) -> None:
    do(phone, 3)
    page = phone.post("/setup/time", {"clock": "wrong"}, page="/setup/time").text
    assert "may not set the clock" in page
    assert office.settings.load().steps_done == 3
    answer = phone.post("/setup/time", {"clock": "wrong", "anyway": "1"}, page="/setup/time")
    assert answer.location == "/setup/hotspot"
    assert office.activity.page(actions=(Action.CLOCK_WRONG,))[1] == 1


def test_a_laptop_is_not_asked_for_a_network(phone: Browser) -> None:
    do(phone, 4)
    page = phone.get("/setup/hotspot").text
    assert "This computer has no hotspot" in page
    assert "hotspot_name" not in page
    assert phone.post("/setup/hotspot", page="/setup/hotspot").location == "/welcome"


def test_the_box_takes_the_time_of_the_phone(
    phone: Browser, office: Office, box: FakeAgent
) -> None:
    do(phone, 3)
    assert "data-take" in phone.get("/setup/time").text
    form = {"clock": "set", "time": "2026-11-22T05:06:07Z"}
    assert phone.post("/setup/time", form, page="/setup/time").location == "/setup/hotspot"
    assert SetClock("2026-11-22T05:06:07Z") in box.asked
    assert office.activity.page(actions=(Action.CLOCK_SET,))[1] == 1


def test_without_script_the_time_is_typed(phone: Browser, box: FakeAgent) -> None:
    do(phone, 3)
    page = phone.post("/setup/time", {"clock": "wrong"}, page="/setup/time").text
    assert 'type="datetime-local"' in page
    assert "may not set the clock" not in page
    answer = phone.post("/setup/time", {"clock": "set", "local": "soon"}, page="/setup/time")
    assert answer.location == "/setup/time?wrong=1"
    assert "Write the day" in phone.get("/setup/time?wrong=1").text
    form = {"clock": "set", "local": "2026-09-01T08:30"}
    assert phone.post("/setup/time", form, page="/setup/time").location == "/setup/hotspot"
    there = datetime(2026, 9, 1, 8, 30).astimezone(UTC)
    assert box.clock.time == there.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_network_changes_when_all_else_is_done(
    phone: Browser, office: Office, box: FakeAgent
) -> None:
    do(phone, 4)
    form = {"hotspot_name": "Maktab 5", "hotspot_password": "kitobkhona"}
    assert 'value="Мактаби №5 &lt;b&gt;"' in phone.get("/setup/hotspot").text
    page = phone.post("/setup/hotspot", dict(form), page="/setup/hotspot").text
    assert "kitobkhona" in page
    assert "two minutes" in page
    assert not office.settings.load().set_up
    form["sure"] = "1"
    page = phone.post("/setup/hotspot", dict(form), page="/setup/hotspot", buffered=True).text
    assert "Maktab 5" in page
    assert office.settings.load().set_up
    assert box.asked[-1] == ChangeHotspot(HotspotSettings("Maktab 5", "kitobkhona"))
    assert "Keep this network</button>" in phone.get("/welcome").text


def test_a_network_that_stays_is_not_put_on_trial(phone: Browser, box: FakeAgent) -> None:
    box.state = replace(box.state, settings=HotspotSettings("District 7", "kitobkhona"))
    do(phone, 4)
    assert 'value="District 7"' in phone.get("/setup/hotspot").text
    form = {"hotspot_name": "District 7", "hotspot_password": "kitobkhona"}
    assert phone.post("/setup/hotspot", form, page="/setup/hotspot").location == "/welcome"
    assert not [one for one in box.asked if isinstance(one, ChangeHotspot)]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"hotspot_name": "Мактаби миёнаи №15"}, "too long"),
        ({"hotspot_name": "M", "hotspot_password": "short"}, "too short"),
        ({"hotspot_name": "M", "hotspot_password": "калимаи убур"}, "only Latin letters"),
        ({"hotspot_name": ""}, "fill this in"),
    ],
)
def test_what_phones_cannot_show_is_explained(
    phone: Browser, box: FakeAgent, form: dict[str, object], said: str
) -> None:
    do(phone, 4)
    assert said in phone.post("/setup/hotspot", form, page="/setup/hotspot").text


@pytest.mark.parametrize("code", ["no-radio", "busy"])
def test_no_trouble_with_the_radio_keeps_anybody_in_the_wizard(
    phone: Browser, box: FakeAgent, code: str
) -> None:
    do(phone, 4)
    if code == "no-radio":
        box.state = replace(box.state, radio=None, running=False)
    else:
        box.refuse[ReadHotspot] = code
    assert "hotspot_name" not in phone.get("/setup/hotspot").text
    assert phone.post("/setup/hotspot", page="/setup/hotspot").location == "/welcome"
