# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of page that the portal has, over whatever library it shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def items(portal: str) -> dict[str, str]:
    """One item of each kind that the library has: kind to id, asked from its own catalogue."""
    found: dict[str, str] = {}
    for kind in ("zim", "html", "epub", "pdf", "video", "audio", "album"):
        with urlopen(f"{portal}/opds/v2/books?kind={kind}") as answer:
            for publication in json.load(answer)["publications"][:1]:
                found[kind] = publication["metadata"]["identifier"].rpartition(":")[2]
    return found


def pages(portal: str) -> dict[str, str]:
    """The name and path of a page of each sort."""
    found = {
        "home": "/",
        "browse": "/browse",
        "browse-filtered": "/browse?language=tg&kind=epub&kind=zim",
        "browse-nothing": "/browse?subject=chemistry&grade=11&kind=zim",
        "search": "/search?q=" + quote("об"),
        "search-nothing": "/search?q=" + quote("щщщщщщ"),
        "search-empty": "/search",
        "missing": "/item/aaaaaaaaaaaaaaaa",
        "certificate": "/certificate?q=A2C4E6H8K3M5",
    }
    for kind, item in items(portal).items():
        found[f"item-{kind}"] = f"/item/{item}"
        found[f"read-{kind}"] = f"/item/{item}/read"
        if kind == "pdf":
            found["read-pdf-text"] = f"/item/{item}/read?at=2&view=text"
            found["read-pdf-zoom"] = f"/item/{item}/read?at=2&zoom=2"
        if kind == "zim":
            found["search-inside"] = f"/search?q={quote('об')}&inside={item}"
    return found
