# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of page that the portal has, over whatever library it shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
]

KINDS = ("zim", "html", "epub", "pdf", "video", "audio", "album", "page", "course", "quiz")


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
    first = {kind: ids_of(portal, kind=kind)[:1] for kind in KINDS}
    return {kind: ids[0] for kind, ids in first.items() if ids}


def ids_of(portal: str, **filters: str) -> list[str]:
    """Ids of the items that these filters leave."""
    with urlopen(f"{portal}/opds/v2/books?{urlencode(filters)}") as answer:
        publications = json.load(answer)["publications"]
    return [one["metadata"]["identifier"].rpartition(":")[2] for one in publications]


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
