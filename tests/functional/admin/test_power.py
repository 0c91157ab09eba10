# SPDX-License-Identifier: GPL-3.0-or-later
"""Power, services and the clock, over an agent that does nothing to the machine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from appliance.agent.protocol import PowerOff, RepairData, Restart, RestartService, SetClock
from appliance.school.activity import Action
from tests.fake_agent import FakeAgent
from tests.functional.admin.conftest import HOME, Browser
from webapp.admin.office import Office


@pytest.mark.parametrize(
    ("path", "request_kind", "said", "action"),
    [
        ("/power/off", PowerOff, "green light stays off", Action.POWERED_OFF),
        ("/power/restart", Restart, "about two minutes", Action.RESTARTED),
        ("/power/repair", RepairData, "checks and repairs", Action.DATA_REPAIRED),
    ],
)
def test_it_is_asked_first_and_then_done(
    box: FakeAgent,
    office: Office,
    administrator: Browser,
    path: str,
    request_kind: type,
    said: str,
    action: Action,
) -> None:
    assert "Yes, " in administrator.get(path).text
    assert box.asked == []
    page = administrator.post(path, page=path).text
    assert said in page
    assert [type(one) for one in box.asked] == [request_kind]
    assert office.activity.page(actions=(action,))[1] == 1


def test_the_district_may_switch_off_but_not_more(
    box: FakeAgent, open_browser: Callable[[], Browser]
) -> None:
    browser = open_browser()
    browser.sign_in("district")
    page = browser.get("/power").text
    assert "Switch off" in page
    assert "Start anew" not in page
    assert "Set the clock" not in page
    assert browser.post("/power/off", page="/").status_code == 200
    for path in ("/power/time", "/power/service", "/power/repair"):
        assert browser.post(path, page="/").status_code == 403


def test_a_part_starts_anew(box: FakeAgent, administrator: Browser) -> None:
    administrator.post("/power/service", {"name": "kiwix"}, page="/power")
    assert RestartService("kiwix") in box.asked
    assert "“Encyclopedias” starts anew" in administrator.get("/power").text
    administrator.post("/power/service", {"name": "sshd"}, page="/power")
    assert "no such service" in administrator.get("/power").text


def test_the_clock_is_set_from_the_phone(box: FakeAgent, administrator: Browser) -> None:
    assert "not sure" in administrator.get("/power").text
    administrator.post("/power/time", {"time": "2026-11-22T05:06:07Z"}, page="/power")
    assert SetClock("2026-11-22T05:06:07Z") in box.asked
    assert "somebody has set it" in administrator.get("/power").text


@pytest.mark.parametrize("typed", ["", "soon", "2026-13-01 08:30", "9999-12-31T23:59", "1" * 300])
def test_a_time_that_is_none_is_not_asked_for(
    box: FakeAgent, administrator: Browser, typed: str
) -> None:
    box.refuse[SetClock] = "time-absurd"
    answer = administrator.post("/power/time", {"time": typed, "local": typed}, page="/power")
    assert answer.location == "/power"
    assert "is set" not in administrator.get("/power").text


def test_who_sets_the_clock_back_stays_signed_in(
    box: FakeAgent, administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cookie that was signed in the future is not valid, so it has to be signed anew."""
    answer = administrator.post("/power/time", {"time": "2026-11-22T05:06:07Z"}, page="/power")
    assert "__Host-chashma=" in answer.headers["Set-Cookie"]


def test_a_refusal_is_said_on_the_next_page(box: FakeAgent, administrator: Browser) -> None:
    box.refuse[PowerOff] = "going-down"
    assert administrator.post("/power/off", page="/power/off").location == "/power"
    assert "about to switch off" in administrator.get("/power").text


def test_a_laptop_is_not_switched_off(administrator: Browser) -> None:
    page = administrator.get("/power").text
    assert "no box of its own" in page
    assert "Switch off" not in page
    assert administrator.post("/power/off", page="/").location == "/power"


@pytest.mark.parametrize(
    ("word", "said"), [("read-only", "is damaged"), ("absent", "cannot be read")]
)
def test_damaged_data_is_said_on_every_page(
    data_state: Path,
    administrator: Browser,
    open_browser: Callable[[], Browser],
    word: str,
    said: str,
) -> None:
    data_state.write_text(word + "\n")
    for path in ("/", "/shelf", "/box", "/power", "/people", "/nowhere"):
        page = administrator.get(path).text
        assert page.count("lost at the next start") == 1, path
        assert said in page
        assert "/power/repair" in page
    teacher = open_browser()
    teacher.sign_in("teacher")
    page = teacher.get("/").text
    assert said in page
    assert "/power/repair" not in page
    assert said in open_browser().get("/sign-in").text


def test_damaged_data_is_said_by_the_wizard(data_state: Path, new_box: Flask) -> None:
    """Accounts lay on it too, so the box takes itself for a new one."""
    data_state.write_text("absent\n")

    page = Browser(new_box.test_client()).get("/setup/language").text

    assert 'class="notice error"' in page


@pytest.mark.parametrize("word", ["good", "", "nonsense", "\udcff"])
def test_good_data_is_not_spoken_of(data_state: Path, administrator: Browser, word: str) -> None:
    data_state.write_bytes(word.encode("utf-8", "surrogateescape"))
    assert "lost at the next start" not in administrator.get("/").text


def test_power_needs_its_token(box: FakeAgent, administrator: Browser) -> None:
    answer = administrator.client.post(
        "/power/off", base_url=HOME, headers={"Referer": HOME + "/power/off"}
    )
    assert answer.status_code == 400
    assert box.asked == []
