# SPDX-License-Identifier: GPL-3.0-or-later
"""The first day of a school, in Chromium before the booted box: wizard to first book."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.image.box import ADMIN, PORTAL
from tests.image.conftest import BROWSER_PATIENCE_MS
from tests.image.test_b_hotspot import NETWORK

pytestmark = [pytest.mark.root, pytest.mark.image]

NAME, PASSWORD = "zebo", "чойи сабз бо нон"


@pytest.fixture(scope="module")
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def test_the_wizard(page: Page, screenshots: Path) -> None:
    page.goto(f"https://{ADMIN}/")
    page.screenshot(path=screenshots / "1-language.png")
    page.check("input[value=en]")
    page.click("main .button.big:visible")
    page.fill("#school_name", "Мактаби №5")
    page.screenshot(path=screenshots / "2-school.png")
    page.click("main .button.big:visible")
    page.fill("#display_name", "Зебо Раҳимова")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.screenshot(path=screenshots / "3-account.png")
    page.click("main .button.big:visible")
    page.wait_for_url("**/setup/time")
    page.screenshot(path=screenshots / "4-time.png")
    page.click("main .button.big:visible")
    page.wait_for_url("**/setup/hotspot")
    # The same name as now: that it can be changed is tested from the Wi-Fi itself.
    page.fill("#hotspot_name", NETWORK)
    page.screenshot(path=screenshots / "5-hotspot.png")
    page.click("main .button.big:visible")
    page.wait_for_url("**/welcome")
    page.screenshot(path=screenshots / "6-welcome.png")


def test_the_first_book(page: Page, sample: Path, screenshots: Path) -> None:
    page.goto(f"https://{ADMIN}/add")
    page.set_input_files("#file", next(sample.glob("First English Words.epub")))
    page.click("[data-upload] .button.big")
    page.wait_for_url("**/jobs/*")
    expect(page.locator("main")).to_contain_text("Done", timeout=BROWSER_PATIENCE_MS)
    page.screenshot(path=screenshots / "7-taken-in.png")

    page.goto(f"http://{PORTAL}/search?q=English")
    page.screenshot(path=screenshots / "8-search.png")
    page.click("main a[href^='/item/']")
    page.wait_for_url("**/item/*")
    page.screenshot(path=screenshots / "9-book.png")
    page.click("main a[href$='/read']")
    page.wait_for_url("**/read*")
    expect(page.locator("iframe").first).to_be_visible(timeout=BROWSER_PATIENCE_MS)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=screenshots / "10-reading.png")


def test_the_portal(page: Page, screenshots: Path) -> None:
    page.goto(f"http://{PORTAL}/")
    expect(page.locator("h1").first).to_be_visible()
    page.screenshot(path=screenshots / "11-portal.png", full_page=True)


@pytest.mark.parametrize("path", ["/", "/hotspot", "/power", "/box"])
def test_pages_about_the_box(page: Page, screenshots: Path, path: str) -> None:
    answer = page.goto(f"https://{ADMIN}{path}")
    assert answer is not None
    assert answer.status == 200
    name = path.strip("/") or "home"
    page.screenshot(path=screenshots / f"12-{name}.png", full_page=True)
