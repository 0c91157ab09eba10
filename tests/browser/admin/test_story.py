# SPDX-License-Identifier: GPL-3.0-or-later
"""The first day of a box: set up, filled from a stick, tidied, all on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.conftest import Panel, lesson, set_up, sign_in

# Each test goes on where the one before it left the panel.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("panel")]


def test_the_first_day(panel: Panel, phone: Callable[..., Page]) -> None:
    page = phone()
    set_up(page)
    expect(page.locator("h1")).to_contain_text("The box is ready")

    page.goto("/add")
    expect(page.locator("main")).to_contain_text("No USB stick is plugged in")
    panel.plug_in("Стик", {"kimiyo.zip": lesson("Кимиё"), "broken.pdf": b"%PDF-1.4 and no more"})
    page.click(".rows a")  # it appears by itself
    expect(page.locator("[name=chosen]:checked")).to_have_count(2)
    page.click("button[name=some]")
    expect(page.locator("main")).to_contain_text("not taken: 1", timeout=60_000)
    expect(page.locator(".rejected small").first).to_contain_text(".")
    expect(page.locator("[data-while-running]")).to_have_count(0)

    page.click(".installed a")
    page.fill("#title", "Кимиё <img src=x onerror=document.title='hacked'>")
    page.select_option("#subject", "chemistry")
    page.check("[name=grades][value='8']")
    page.click("form.card .button.big")
    expect(page.locator(".notice.done")).to_contain_text("is kept")
    expect(page.locator("h1")).to_contain_text("<img src=x")
    assert "hacked" not in page.title().replace("='hacked'", "")

    page.click("text=Hide from students")
    expect(page.locator(".tag.off")).to_contain_text("hidden")
    page.click("text=Remove")
    expect(page.locator(".empty")).to_contain_text("The shelf is empty")
    page.click("text=Undo")
    expect(page.locator("h1")).to_contain_text("Кимиё")


def test_a_file_from_this_device(panel: Panel, phone: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "fizika.zip").write_bytes(lesson("Физика"))
    for script in (True, False):
        page = phone(java_script_enabled=script)
        sign_in(page)
        page.goto("/add")
        page.set_input_files("#file", tmp_path / "fizika.zip")
        page.click("[data-upload] .button.big")
        page.wait_for_url("**/jobs/*")
        expect(page.locator("main")).to_contain_text("Done", timeout=60_000)
    assert list((panel.state / "uploads").iterdir()) == []


def test_a_file_that_does_not_fit_is_told_before_it_is_sent(
    phone: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(bytes(1000))
    page = phone()
    sign_in(page)
    page.goto("/add")
    page.evaluate("document.querySelector('[data-upload]').dataset.room = 999")
    page.set_input_files("#file", tmp_path / "a.pdf")
    page.click("[data-upload] .button.big")
    expect(page.locator("[data-problem]")).to_contain_text("no room")
    assert page.url.endswith("/add")


def test_what_is_chosen_is_counted(panel: Panel, phone: Callable[..., Page]) -> None:
    panel.plug_in("Big", {"a.zip": lesson("A") + bytes(2_000_000), "b.zip": lesson("B")})
    page = phone()
    sign_in(page)
    page.goto("/add/drive/Big")
    expect(page.locator("[data-chosen]")).to_contain_text("2 MB")
    page.uncheck("[data-size] >> nth=0")
    expect(page.locator("[data-chosen]")).to_contain_text("B")
    expect(page.locator("[data-chosen]")).not_to_contain_text("MB")


def test_passwords_can_be_seen_while_they_are_typed(phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto("/sign-in")
    page.fill("#password", "чойи")
    assert page.get_attribute("#password", "type") == "password"
    page.check("[data-reveal]")
    assert page.get_attribute("#password", "type") == "text"
