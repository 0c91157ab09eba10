# SPDX-License-Identifier: GPL-3.0-or-later
"""Markup in what content says of itself is text on the pages of the panel."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from appliance.config import Config
from tests.browser.admin.conftest import Panel, lesson, set_up
from tests.browser.portal.hostile import EVIL, put_album, put_book
from tests.functional.portal.shelf import Shelf

# Each test goes on where the one before it left the panel.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("panel")]


def test_markup_in_words_and_names_never_runs(panel: Panel, phone: Callable[..., Page]) -> None:
    config = Config(state=panel.state)
    book, album = put_book(config), put_album(config)
    panel.plug_in("evil", {f"{EVIL.replace('/', '')}.zip": lesson(EVIL)})
    page = phone()
    set_up(page)
    pages = [
        "/",
        "/shelf",
        "/shelf?q=%3Cimg",
        f"/shelf/{book.id}",
        f"/shelf/{album.id}",
        "/add",
        "/add/drive/evil",
        "/shelf/removed",
        "/activity",
    ]
    seen = ""
    for path in pages:
        if path == "/shelf/removed":
            Shelf(config).real.remove(book.id)
        page.goto(path)
        page.wait_for_timeout(400)
        assert page.evaluate("window.pwned") is None, path
        assert page.locator("img[src=x]").count() == 0, path
        seen += page.locator("body").inner_text()
    # The words themselves are there to be read.
    assert seen.count("<script>") >= 3
