# SPDX-License-Identifier: GPL-3.0-or-later
"""Script inside content, in a real browser, against the portal and the admin pages."""

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page

from appliance.config import Config
from appliance.content.item import Item
from tests.browser.portal import hostile
from tests.functional.portal.shelf import Shelf

pytestmark = pytest.mark.browser

SECRET = "secret-of-the-portal"


@pytest.fixture(scope="module")
def evil(school: Config) -> Iterator[dict[str, Item]]:
    """Hostile items of each sort, on the shelf."""
    put = {
        "html": hostile.put_pages,
        "epub": hostile.put_book,
        "zim": hostile.put_archive,
        "album": hostile.put_album,
    }
    items = {name: make(school) for name, make in put.items()}
    yield items
    shelf = Shelf(school).real
    for item in items.values():
        shelf.remove(item.id)


@contextmanager
def visitor(browser: Browser, school: Config) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser with cookies of the portal, and what the portal and the admin pages answered."""
    context = browser.new_context(ignore_https_errors=True)
    context.add_cookies(
        [
            {"name": "language", "value": "tg", "url": school.portal_url},
            {"name": "secret", "value": SECRET, "url": school.portal_url},
            {"name": "secret", "value": SECRET, "url": school.admin_url, "secure": True},
        ]
    )
    answered: list[str] = []
    context.on("response", lambda response: answered.append(response.url))
    yield context, answered
    context.close()


def frame_with(page: Page, part: str, script: str) -> Frame:
    for _ in range(300):
        for frame in page.frames:
            try:
                if part in frame.url and frame.evaluate(script):
                    return frame
            except Error:
                continue  # it is still loading
        page.wait_for_timeout(100)
    raise AssertionError([frame.url for frame in page.frames])


def open_content(page: Page, school: Config, item: Item) -> Frame:
    if item.kind == "zim":
        wait_for_archive(school, item)
    page.goto(f"{school.portal_url}/item/{item.id}/read")
    return frame_with(page, item.id, "window.done === true")


def wait_for_archive(school: Config, item: Item) -> None:
    """kiwix-serve notices a new archive after a second or two."""
    request = Request(
        f"http://127.0.0.1:{school.port}/zim/{item.id}/{item.details.entry}",
        headers={"Host": f"{school.read_host}:{school.port}"},
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(URLError), urlopen(request):
            return
        time.sleep(0.2)
    raise AssertionError("kiwix-serve does not serve the archive")


@pytest.mark.parametrize("kind", ["html", "zim"])
def test_script_in_content_reaches_nothing(
    browser: Browser, school: Config, evil: dict[str, Item], kind: str
) -> None:
    item = evil[kind]
    with visitor(browser, school) as (context, answered):
        page = context.new_page()
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        frame = open_content(page, school, item)
        before = len(answered)
        tried = frame.evaluate("window.tried")
        page.wait_for_timeout(1500)
        # It ran, and got nothing: no cookie, no look at the page around it, no answer.
        assert {name: got for name, got in tried.items() if got not in ("", "null")} == {}
        assert len(tried) >= 15
        assert page.url.startswith(f"{school.portal_url}/item/{item.id}/read")
        assert SECRET not in str(tried)
        own = [url for url in answered if "stolen" in url or "/settings" in url]
        assert own == []
        assert [u for u in answered[before:] if u.startswith(school.admin_url)] == []
        cookies = {c["name"]: c["value"] for c in context.cookies(school.portal_url)}
        assert cookies["language"] == "tg"
        assert cookies["secret"] == SECRET
        assert set(cookies) <= {"language", "secret", "places"}
        assert cookies.get("places", "").startswith(item.id)
        assert "|" not in cookies.get("places", "")
        assert page.evaluate("window.pwned") is None
        assert dialogs == []
        # The portal cannot be framed, so that nobody's click can be led astray.
        assert not [f for f in page.frames[1:] if f.url.startswith(school.portal_url)]
        assert page.title().startswith(item.shown.title[:8])


def test_script_of_a_book_never_runs(
    browser: Browser, school: Config, evil: dict[str, Item]
) -> None:
    with visitor(browser, school) as (context, answered):
        page = context.new_page()
        page.goto(f"{school.portal_url}/item/{evil['epub'].id}/read")
        chapter = frame_with(page, "about:srcdoc", "document.body.innerText.includes('Матн')")
        page.wait_for_timeout(1000)
        assert chapter.evaluate("[window.tried, window.pwned]") == [None, None]
        assert frame_with(page, "/reader/epub.html", "true").evaluate("window.pwned") is None
        assert page.evaluate("window.pwned") is None
        assert [url for url in answered if url.endswith("probe.js")] == []


def test_an_archive_made_to_attack(browser: Browser, school: Config, data: Path) -> None:
    content = (data / "zim-invalid" / "hostile_en_test_2026-11.zim").read_bytes()
    item = hostile.put_archive(school, content)
    with visitor(browser, school) as (context, answered):
        page = context.new_page()
        wait_for_archive(school, item)
        page.goto(f"{school.portal_url}/item/{item.id}/read")
        page.wait_for_timeout(3000)
        assert page.url.startswith(f"{school.portal_url}/item/{item.id}/read")
        assert page.evaluate("window.pwned") is None
        assert not any(url.startswith(school.admin_url) for url in answered)
        for frame in page.frames[1:]:
            assert frame.url.startswith(school.read_url)
            assert SECRET not in frame.evaluate("document.cookie")
    Shelf(school).real.remove(item.id)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/browse",
        "/browse?collection={evil}&subject={evil}",
        "/search?q={evil}",
        "/search?q=Матн",
        "/item/{epub}",
        "/item/{html}",
        "/item/{zim}",
        "/item/{album}",
        "/item/{album}/read",
        "/item/{epub}/read",
        "/{evil}",
    ],
)
def test_markup_in_words_never_runs(
    visit: Callable[..., Page], evil: dict[str, Item], path: str
) -> None:
    names = {name: item.id for name, item in evil.items()}
    page = visit(path.format(evil=hostile.EVIL.replace("/", "%2F"), **names))
    page.wait_for_timeout(600)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src=x]").count() == 0


def test_markup_in_suggestions_never_runs(
    visit: Callable[..., Page], evil: dict[str, Item]
) -> None:
    page = visit("/")
    page.focus("#q")
    page.keyboard.type("китоб")
    page.wait_for_selector("#suggestions li")
    page.wait_for_timeout(300)
    assert "<img" in page.locator("#suggestions").inner_text()
    assert page.locator("#suggestions img").count() == 0
    assert page.evaluate("window.pwned") is None
