# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way through the library with script switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from appliance.config import Config
from tests.browser.tour import KINDS

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit("/", java_script_enabled=False)


def follow(page: Page, selector: str) -> None:
    # By key: with frames of other processes above a link, Chromium's aim under load is poor.
    with page.expect_navigation():
        page.locator(selector).first.press("Enter")


def test_from_home_to_the_second_page_of_a_pdf_and_back(page: Page) -> None:
    follow(page, 'a.door[href="/browse?kind=pdf"]')
    assert "kind=pdf" in page.url
    follow(page, ".tile a")
    follow(page, 'a.button.big[href$="/read"]')
    picture = page.locator("figure img")
    assert picture.evaluate("e => e.complete && e.naturalWidth") == 900
    follow(page, "a[rel=next]")
    assert page.url.endswith("?at=2")
    assert "2" in (page.locator("figure img").get_attribute("alt") or "")
    follow(page, "a.brand")
    follow(page, ".begun a")
    assert page.locator("#at").input_value() == "2"


def test_language_letters_and_colours(page: Page) -> None:
    follow(page, "button[name=language][value=ru]")
    assert page.locator("html").get_attribute("lang") == "ru"
    page.locator("details.look summary").click()
    follow(page, "button[name=text][value=largest]")
    page.locator("details.look summary").click()
    follow(page, "button[name=theme][value=contrast]")
    classes = page.locator("html").get_attribute("class") or ""
    assert classes.split() == ["text-largest", "theme-contrast"]
    follow(page, ".tile a")
    assert page.locator("html").get_attribute("lang") == "ru"


def test_filters_and_their_removal(page: Page) -> None:
    follow(page, 'a[href="/browse"]')
    all_titles = page.locator(".tile").count()
    follow(page, '.filters a[href*="language=ru"]')
    follow(page, '.filters a[href*="kind=epub"]')
    some = page.locator(".tile").count()
    assert 0 < some < all_titles
    follow(page, "a.chip.on >> nth=0")
    follow(page, "a.chip.on >> nth=0")
    assert page.locator(".tile").count() == all_titles


def test_search_and_open_a_hit_inside_an_archive(page: Page, school: Config) -> None:
    page.fill("#q", "барф")
    with page.expect_navigation():
        page.press("#q", "Enter")
    follow(page, '.hits a[href*="/read?at="][href*=".html"]')
    frame = page.frame_locator("iframe")
    assert "барф" in frame.locator("body").inner_text().lower()
    source = page.locator("iframe").get_attribute("src") or ""
    assert source.startswith(school.read_url + "/zim/")


def test_every_kind_can_be_read(page: Page, school: Config, shelf_items: dict[str, str]) -> None:
    portal = school.portal_url
    assert set(shelf_items) == set(KINDS)
    page.goto(f"{portal}/item/{shelf_items['epub']}/read")
    follow(page, "a[rel=next]")
    assert page.frame_locator("iframe").locator("body").inner_text().strip()
    assert page.locator("iframe").get_attribute("sandbox") == ""
    page.goto(f"{portal}/item/{shelf_items['album']}/read")
    first = page.locator("figure img").get_attribute("src")
    follow(page, "a[rel=next]")
    assert page.locator("figure img").get_attribute("src") != first
    assert page.locator("figure img").evaluate("e => e.complete && e.naturalWidth > 0")
    page.goto(f"{portal}/item/{shelf_items['video']}/read")
    assert page.locator("track").count() == 3
    assert page.locator(".transcript li").count() > 3
    page.goto(f"{portal}/item/{shelf_items['audio']}/read")
    assert page.locator("audio source").count() == 1
    page.goto(f"{portal}/item/{shelf_items['html']}/read")
    assert page.frame_locator("iframe").locator("body").inner_text().strip()
    page.goto(f"{portal}/item/{shelf_items['page']}/read")
    assert page.locator("article.prose").inner_text().strip()
    course = f"/course/{shelf_items['course']}"
    page.goto(portal + course)
    follow(page, f'main a[href^="{course}/"]')
    assert page.url.startswith(f"{portal}{course}/")
    assert page.locator("h1").inner_text().strip()
    page.goto(f"{portal}/item/{shelf_items['quiz']}/read")
    follow(page, "main form button")
    assert "/1?" in page.url
    assert page.locator(".question legend").inner_text().strip()


def test_a_download_keeps_its_letters(
    page: Page, school: Config, shelf_items: dict[str, str]
) -> None:
    page.goto(f"{school.portal_url}/item/{shelf_items['pdf']}")
    title = page.locator("h1").inner_text()
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.suggested_filename.startswith(title.split(":")[0])
    assert download.value.path().read_bytes().startswith(b"%PDF")
