# SPDX-License-Identifier: GPL-3.0-or-later
"""A panel on a box, on a phone: the wizard, a new network, power; and what axe finds there."""

from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import Page, expect

from appliance.card.settings import CardProblem, CardReport, CardSettings
from tests.browser.admin.conftest import Panel, set_up, sign_in
from tests.browser.admin.test_accessible import press, problems

# Each test goes on where the one before it left the panel.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("panel")]

PAGES = (
    "/",
    "/box",
    "/hotspot",
    "/hotspot/poster",
    "/power",
    "/power/off",
    "/power/restart",
    "/power/repair",
    "/school",
    "/more",
)


def test_the_wizard_of_a_box(box_phone: Callable[..., Page]) -> None:
    page = box_phone()
    set_up(page)
    expect(page.locator(".notice.done")).to_contain_text("Maktabi 5")
    expect(page.locator("#now ~ div")).to_contain_text("3 of at most 10")


def test_a_new_network_is_kept(box_phone: Callable[..., Page]) -> None:
    page = box_phone()
    sign_in(page)
    page.goto("/hotspot")
    page.fill("#hotspot_name", "Синфи 7")
    page.fill("#hotspot_password", "kitobkhona")
    page.select_option("#hotspot_channel", "11")
    found = {"form": problems(page)}
    press(page, "main form .button.big")
    expect(page.locator("main")).to_contain_text("kitobkhona")
    found["sure"] = problems(page)
    press(page, "main .button.big")
    expect(page.locator("h1")).to_contain_text("changes now")
    expect(page.locator("[data-countdown]")).to_be_visible()
    # The page finds out by itself that the box can be reached again.
    expect(page.locator("form[action$=keep] button")).to_be_visible()
    found["waiting"] = problems(page)
    page.goto("/shelf")
    found["banner"] = problems(page)
    press(page, "form[action$=keep] button")
    expect(page.locator(".notice.done")).to_contain_text("Синфи 7")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_new_network_is_given_up(box_phone: Callable[..., Page]) -> None:
    page = box_phone(java_script_enabled=False)
    sign_in(page)
    page.goto("/hotspot")
    page.fill("#hotspot_name", "Wrong")
    press(page, "main form .button.big")
    press(page, "main .button.big")
    expect(page.locator("h1")).to_contain_text("changes now")
    while not page.locator("form[action$=back] button").count():
        page.goto("/")
    press(page, "form[action$=back] button")
    expect(page.locator("main")).to_contain_text("Синфи 7")
    page.goto("/hotspot")
    while page.locator("#hotspot_name").input_value() != "Синфи 7":
        page.goto("/hotspot")


def test_the_time_comes_from_the_phone(box_phone: Callable[..., Page]) -> None:
    page = box_phone(timezone_id="America/New_York")
    sign_in(page)
    page.goto("/power")
    page.click("[data-take]")
    expect(page.locator("main")).to_contain_text("somebody has set it")
    expect(page.locator("[data-verdict]")).to_contain_text("agree")


def test_switching_off_is_asked_first(box_phone: Callable[..., Page]) -> None:
    page = box_phone()
    sign_in(page)
    page.goto("/power")
    press(page, "text=Switch off")
    expect(page.locator("h1")).to_contain_text("Switch the box off?")
    press(page, "main .button.danger")
    expect(page.locator("main")).to_contain_text("green light stays off")
    assert problems(page) == []


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(320, "tg", "light"), (360, "ru", "dark"), (1280, "en", "light")],
)
def test_every_page_of_a_box(
    box: Panel, box_phone: Callable[..., Page], width: int, language: str, scheme: str
) -> None:
    report = CardReport(True, True, "", CardSettings(), (CardProblem("password-short", "k", 4),))
    (box.agent / "card.json").write_bytes(msgspec.json.encode(report))
    (box.state / "data-state").write_text("read-only")
    page = box_phone(viewport={"width": width, "height": 740}, color_scheme=scheme)
    sign_in(page)
    press(page, f".languages button[value={language}]")
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = problems(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
