# SPDX-License-Identifier: GPL-3.0-or-later
"""The network's pages, over an agent with a made-up radio."""

from collections.abc import Callable

import pytest
from flask import Flask

from appliance.agent.protocol import ChangeHotspot, ConfirmHotspot, ReadHotspot, RevertHotspot
from appliance.hotspot.settings import HotspotSettings, Wired
from appliance.hotspot.state import HotspotTrouble
from appliance.school.activity import Action
from tests.fake_agent import FakeAgent
from tests.functional.admin.conftest import Browser, FakeClock
from webapp.admin import hotspot
from webapp.admin.office import Office

NEW = {
    "hotspot_name": "Мактаб 5",
    "hotspot_password": "kitob;khona",
    "hotspot_country": "00",
    "hotspot_channel": "6",
    "hotspot_wired": "serve",
}
WANTED = HotspotSettings("Мактаб 5", "kitob;khona", "00", 6, Wired.SERVE)


def change(browser: Browser) -> str:
    """Change the network; the page that says how to follow it."""
    answer = browser.post("/hotspot/change", dict(NEW), page="/hotspot", buffered=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_page_tells_how_the_network_is(box: FakeAgent, administrator: Browser) -> None:
    page = administrator.get("/hotspot").text
    for said in ("can be seen by phones", "3 of at most 10", "Tajikistan (world rules)", "wlan0"):
        assert said in page
    assert "3 of at most 10" in administrator.get("/hotspot/part").text


@pytest.mark.parametrize("trouble", HotspotTrouble)
def test_every_trouble_is_a_sentence_in_every_language(
    box: FakeAgent, administrator: Browser, trouble: HotspotTrouble
) -> None:
    box.state = box.state.__class__(HotspotSettings(), troubles=(trouble,))
    pages = []
    for language in ("en", "ru", "tg"):
        administrator.post("/language", {"language": language})
        pages.append(administrator.get("/hotspot/part").text)
    assert "cannot see the network" in pages[0]
    assert len(set(pages)) == 3


def test_a_change_is_shown_before_it_is_made(box: FakeAgent, administrator: Browser) -> None:
    page = administrator.post("/hotspot", dict(NEW), page="/hotspot").text
    assert "Мактаб 5" in page
    assert "kitob;khona" in page
    assert "two minutes" in page
    assert not [one for one in box.asked if isinstance(one, ChangeHotspot)]


def test_the_answer_is_out_before_the_network_goes(box: FakeAgent, administrator: Browser) -> None:
    token = administrator.token("/hotspot")
    answer = administrator.client.post(
        "/hotspot/change",
        base_url="https://admin.localhost:8443",
        data={**NEW, "csrf_token": token},
        headers={"Referer": "https://admin.localhost:8443/hotspot"},
    )
    assert "Мактаб 5" in answer.text
    assert ChangeHotspot(WANTED) not in box.asked
    answer.close()
    assert box.asked[-1] == ChangeHotspot(WANTED)


def test_every_page_asks_to_keep_it_until_somebody_does(
    box: FakeAgent, office: Office, administrator: Browser
) -> None:
    change(administrator)
    for path in ("/", "/shelf", "/people", "/hotspot", "/hotspot/waiting", "/box"):
        page = administrator.get(path).text
        assert page.count("Keep this network</button>") == 1, path
        assert "110" in page
    assert administrator.post("/hotspot/keep", page="/").location == "/hotspot"
    assert ConfirmHotspot("127.0.0.1") in box.asked
    assert "is kept" in administrator.get("/hotspot").text
    assert "Keep this network</button>" not in administrator.get("/").text
    entries, _ = office.activity.page(actions=(Action.HOTSPOT_CHANGED, Action.HOTSPOT_KEPT))
    assert [entry.action for entry in entries] == ["hotspot_kept", "hotspot_changed"]


def test_only_who_may_change_it_is_asked_to_keep_it(
    box: FakeAgent, administrator: Browser, open_browser: Callable[[], Browser]
) -> None:
    change(administrator)
    for role in ("district", "teacher"):
        browser = open_browser()
        browser.sign_in(role)
        assert "Keep this network" not in browser.get("/").text
        assert browser.post("/hotspot/keep", page="/").status_code == 403
    assert not [one for one in box.asked if isinstance(one, ConfirmHotspot)]


def test_from_another_network_it_cannot_be_kept(box: FakeAgent, administrator: Browser) -> None:
    change(administrator)
    box.at_home.clear()
    administrator.post("/hotspot/keep", page="/")
    page = administrator.get("/hotspot").text
    assert "not on the changed network" in page
    assert "Keep this network</button>" in page
    administrator.post("/language", {"language": "ru"})
    administrator.post("/hotspot/keep", page="/")
    assert "not on the changed network" not in administrator.get("/hotspot").text


def test_going_back_names_the_network_of_before(box: FakeAgent, administrator: Browser) -> None:
    change(administrator)
    page = administrator.post("/hotspot/back", page="/", buffered=True).text
    assert "Join <strong" in page
    assert "Chashma" in page
    assert box.asked[-1] == RevertHotspot()
    assert box.state.settings == HotspotSettings()
    assert "Keep this network" not in administrator.get("/").text


def test_it_is_told_that_nobody_kept_it(
    box: FakeAgent, administrator: Browser, clock: FakeClock
) -> None:
    change(administrator)
    box.go_back()
    clock.pass_seconds(125)
    assert "was not changed" in administrator.get("/").text
    assert "data-over" in administrator.get("/hotspot/waiting/part").text
    assert "Nobody pressed" in administrator.get("/hotspot").text
    assert "Nobody pressed" not in administrator.get("/hotspot").text
    assert "was not changed" not in administrator.get("/").text


def test_a_refused_change_is_explained(box: FakeAgent, administrator: Browser) -> None:
    box.refuse[ChangeHotspot] = "busy"
    change(administrator)
    assert "data-over" in administrator.get("/hotspot/waiting/part").text
    assert "busy with other changes" in administrator.get("/hotspot").text


def test_after_a_restart_nothing_waits(
    box: FakeAgent, administrator: Browser, clock: FakeClock
) -> None:
    change(administrator)
    clock.moment = clock.moment.__class__("another boot", 20.0)
    administrator.sign_in("administrator")
    box.asked.clear()
    assert "Keep this network" not in administrator.get("/").text
    assert box.asked == []


def test_pages_ask_the_agent_only_while_a_change_waits(
    box: FakeAgent, administrator: Browser
) -> None:
    for path in ("/", "/shelf", "/people"):
        administrator.get(path)
    assert box.asked == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"hotspot_name": "Мактаби миёнаи №15"}, "too long"),
        ({"hotspot_password": "short"}, "too short"),
        ({"hotspot_password": "калимаи убур"}, "only Latin letters"),
        ({"hotspot_name": ""}, "fill this in"),
        ({"hotspot_name": "a\u202eb"}, "cannot be shown"),
        ({"hotspot_country": "US", "hotspot_channel": "13"}, "not allowed in that country"),
    ],
)
def test_what_will_not_do_is_explained(
    box: FakeAgent, administrator: Browser, form: dict[str, object], said: str
) -> None:
    page = administrator.post("/hotspot", {**NEW, **form}, page="/hotspot").text
    assert said in page
    administrator.post("/hotspot/change", {**NEW, **form}, page="/hotspot", buffered=True)
    assert {type(one) for one in box.asked} == {ReadHotspot}


def test_what_is_as_before_is_not_changed(box: FakeAgent, administrator: Browser) -> None:
    same = {**NEW, "hotspot_name": "Chashma", "hotspot_password": "", "hotspot_channel": "0"}
    same["hotspot_wired"] = "auto"
    assert administrator.post("/hotspot", same, page="/hotspot").location == "/hotspot"


def test_the_sheet_for_the_wall_speaks_three_languages(
    box: FakeAgent, open_browser: Callable[[], Browser]
) -> None:
    box.state = box.state.__class__(WANTED)
    teacher = open_browser()
    teacher.sign_in("teacher")
    page = teacher.get("/hotspot/poster").text
    for said in (
        "Мактаб 5",
        "kitob;khona",
        "http://localhost:8080",
        "data:image/svg+xml",
        'lang="tg"',
        'lang="ru"',
    ):
        assert said in page


@pytest.mark.parametrize("name", ["a;b", 'q"uo', "back\\slash", "c:o,m", "<b>Мактаб</b>"])
def test_the_code_is_a_drawing_and_nothing_else(name: str) -> None:
    drawing = hotspot.code(HotspotSettings(name, "12345678"))
    assert drawing.startswith("data:image/svg+xml;")
    assert not set('<>"') & set(drawing)
    assert "%3Cb%3E" not in drawing


def test_a_laptop_has_no_hotspot(administrator: Browser) -> None:
    assert "no hotspot of the library" in administrator.get("/hotspot").text
    assert "no hotspot of the library" in administrator.get("/hotspot/poster").text
    assert administrator.post("/hotspot/change", dict(NEW), page="/").location == "/hotspot"
    assert "no box of its own" in administrator.get("/").text


def test_an_agent_that_breaks_off_is_not_an_error_page(
    app: Flask, box: FakeAgent, administrator: Browser
) -> None:
    box.refuse[ReadHotspot] = "busy"
    answer = administrator.get("/hotspot")
    assert answer.status_code == 200
    assert "busy with other changes" in answer.text
