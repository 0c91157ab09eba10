# SPDX-License-Identifier: GPL-3.0-or-later
"""Script inside content reaches no cookie, no form and no page of portal or admin panel."""

import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.attack import attack, heard
from tests.browser.lesson import ingest
from tests.conftest import Stack

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def attacker(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An item whose page attacks; its id."""
    file = tmp_path_factory.mktemp("attack") / "attack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "index.html",
            f"<!doctype html><html><head><title>Attack</title></head>"
            f"<body><script>{attack(stack.config)}</script></body></html>",
        )
    return ingest(stack.config, file)


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A browser with cookies of portal and admin panel."""
    context = browser.new_context(ignore_https_errors=True)
    for url in (stack.config.portal_url, stack.config.admin_url):
        context.add_cookies([{"name": "secret", "value": "theirs", "url": url}])
    yield context.new_page()
    context.close()


def attacked(page: Page) -> Frame:
    """The frame of the content, once its script is through."""
    (frame,) = (frame for frame in page.frames if "/pages/" in frame.url)
    frame.wait_for_function("window.result")
    return frame


def test_script_in_content_is_kept_in_its_frame(stack: Stack, attacker: str, page: Page) -> None:
    address = f"{stack.config.portal_url}/item/{attacker}/read"
    page.goto(address)
    frame = attacked(page)
    result = frame.evaluate("window.result")
    assert "theirs" not in result.pop("cookies")
    assert heard(result) <= {"leave"}
    frame.evaluate("setTimeout(window.sendForms)")
    page.wait_for_timeout(2000)  # for the forms, and for what was only asked
    assert page.url.startswith(address)
    names = {cookie["name"] for cookie in page.context.cookies(stack.config.portal_url)}
    assert names <= {"secret", "places"}


def test_a_page_of_content_opened_alone_reaches_nothing_either(
    stack: Stack, attacker: str, page: Page
) -> None:
    page.goto(f"{stack.config.read_url}/pages/{attacker}/index.html")
    page.wait_for_function("window.result")
    result = page.evaluate("window.result")
    # Alone it is its own parent, and has storage and cookies of its own.
    assert heard(result) <= {"parent", "top", "storage", "cookies"}
    assert "theirs" not in result["cookies"]


def test_our_pages_show_in_no_frame(stack: Stack, attacker: str, page: Page) -> None:
    for url in (stack.config.portal_url, stack.config.admin_url):
        answer = page.goto(url)
        assert answer
        assert "frame-ancestors 'none'" in (answer.header_value("content-security-policy") or "")
