# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers with script: they follow the reader, and find the place again."""

import contextlib
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Error, Frame, Page, expect

from appliance.config import Config
from appliance.learning.classes import Classes, NewClass
from appliance.school.database import open_school

pytestmark = pytest.mark.browser


def places(page: Page) -> str:
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return unquote(cookies.get("places", ""))


def until(page: Page, expression: str, value: object = None) -> None:
    """Wait until JavaScript is true of the page (whose policy forbids ``wait_for_function``)."""
    for _ in range(300):
        with contextlib.suppress(Error):  # the page may be changing in this very moment
            if page.evaluate(expression, value):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def frame_at(page: Page, part: str) -> Frame:
    for _ in range(300):
        for frame in page.frames:
            if part in frame.url:
                return frame
        page.wait_for_timeout(100)
    raise AssertionError([frame.url for frame in page.frames])


def test_a_result_opens_wherever_its_card_is_touched(visit: Callable[..., Page]) -> None:
    page = visit("/search?q=об")
    card = page.locator(".hits > li").first
    target = card.locator("h2 a").get_attribute("href") or ""
    size = card.bounding_box()
    assert size is not None
    card.click(position={"x": size["width"] - 8, "y": size["height"] - 8})
    page.wait_for_url(lambda address: unquote(address).endswith(unquote(target)))


def test_an_archive_is_followed(
    visit: Callable[..., Page], school: Config, shelf_items: dict[str, str]
) -> None:
    zim = shelf_items["zim"]
    page = visit(f"/item/{zim}/read")
    frame = frame_at(page, "/zim/")
    until(page, "location.href.includes('/read?at=')")
    begin = page.url
    frame.locator("a[href]").first.click()
    until(page, "begin => location.href !== begin", begin)
    expect(page.locator("#where")).not_to_have_text("")
    at = page.evaluate("new URL(location.href).searchParams.get('at')")
    assert places(page) == f"{zim}:{at}"
    page.goto(f"{school.portal_url}/item/{zim}/read")
    assert frame_at(page, "/zim/").url.endswith(page.evaluate(f"encodeURI({at!r})"))


def test_a_book_turns_and_opens_again_where_it_was(
    visit: Callable[..., Page], school: Config, shelf_items: dict[str, str]
) -> None:
    book = shelf_items["epub"]
    page = visit(f"/item/{book}/read")
    reader = frame_at(page, "/reader/epub.html")
    until(page, "location.href.includes('epubcfi')")
    begin = page.url
    for _ in range(3):
        before = page.url
        reader.locator("#further").press("Enter")
        until(page, "before => location.href !== before", before)
    assert page.url != begin
    kept = places(page)
    assert "#epubcfi(" in kept
    page.goto(f"{school.portal_url}/item/{book}/read")
    until(page, "location.href.includes('epubcfi')")
    page.wait_for_timeout(1200)
    chapter = kept.partition(":")[2].partition("#")[0]
    assert places(page).partition(":")[2].partition("#")[0] == chapter


def test_contents_and_letters_of_a_book(
    visit: Callable[..., Page], shelf_items: dict[str, str]
) -> None:
    page = visit(f"/item/{shelf_items['epub']}/read")
    reader = frame_at(page, "/reader/epub.html")
    until(page, "location.href.includes('epubcfi')")
    before = page.url
    page.locator("#contents a[data-place] >> nth=2").press("Enter")
    until(page, "before => location.href !== before", before)
    text = reader.frame_locator("iframe").locator("body")
    size = text.evaluate("e => getComputedStyle(e).fontSize")
    reader.locator("#larger").press("Enter")
    expect(text).not_to_have_css("font-size", size)


def test_a_film_goes_on_where_it_stopped(
    visit: Callable[..., Page], school: Config, shelf_items: dict[str, str]
) -> None:
    film = shelf_items["video"]
    page = visit(f"/item/{film}/read")
    until(page, "document.querySelector('video').readyState > 0")
    page.locator(".transcript a >> nth=3").click()
    wanted = float(page.locator(".transcript a >> nth=3").get_attribute("data-second") or 0)
    until(page, "t => document.querySelector('video').currentTime >= t", wanted)
    page.evaluate("document.querySelector('video').pause()")
    until(page, "location.href.includes('/read?at=')")
    page.goto(f"{school.portal_url}/item/{film}/read")
    until(page, "t => Math.abs(document.querySelector('video').currentTime - t) < 3", wanted)
    shown = page.evaluate(
        "[...document.querySelector('video').textTracks].filter(t => t.mode === 'showing')"
        ".map(t => t.language)"
    )
    assert shown == ["tg"]


def test_a_shared_tablet_keeps_places_apart_and_forgets_them_at_signing_out(
    visit: Callable[..., Page], school: Config, shelf_items: dict[str, str]
) -> None:
    fifth = Classes(open_school(school)).add(NewClass("5А"), clock_sure=True)
    page = visit(f"/join/{fifth.code}")
    page.fill("#name", "Зарина")
    page.click("main .button.big")
    page.goto(f"{school.portal_url}/item/{shelf_items['zim']}/read")
    frame = frame_at(page, "/zim/")
    until(page, "location.href.includes('/read?at=')")
    begin = page.url
    frame.locator("a[href]").first.click()
    until(page, "begin => location.href !== begin", begin)
    at = page.evaluate("new URL(location.href).searchParams.get('at')")
    (cookie,) = [one for one in page.context.cookies() if one["name"].startswith("places")]
    assert cookie["name"].startswith("places-")
    assert cookie["expires"] == -1, "it goes with the browser's window"
    assert unquote(cookie["value"]) == f"{shelf_items['zim']}:{at}"
    page.goto(school.portal_url)
    expect(page.locator("#begun")).to_be_visible()
    page.click("form[action='/leave'] button")
    expect(page.locator("a[href='/join']")).to_be_visible()
    assert page.locator("#begun").count() == 0
    assert not [one for one in page.context.cookies() if one["name"].startswith("places")]


def test_pages_turn_by_key(visit: Callable[..., Page], shelf_items: dict[str, str]) -> None:
    page = visit(f"/item/{shelf_items['pdf']}/read?at=1")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    until(page, "location.href.endsWith('at=2')")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowLeft")
    until(page, "location.href.endsWith('at=1')")


def test_the_menu_of_looks_closes_by_escape(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.locator("details.look summary").click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details.look').open") is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
