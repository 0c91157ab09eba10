# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page, to be looked at: ``python -m tests.browser.screenshots URL FOLDER``."""

import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.tour import chromium, pages

_HEIGHTS = {360: 740, 1280: 860}
_LOOKS = {
    "dark": {"theme": "dark"},
    "contrast": {"theme": "contrast"},
    "largest": {"text": "largest", "language": "ru"},
}
_SETTLED_MS = 900


def take(portal: str, folder: Path) -> None:
    """Write a picture of every page at both widths, and of some in other looks."""
    folder.mkdir(parents=True, exist_ok=True)
    tour = pages(portal)
    with chromium() as browser:
        for width in _HEIGHTS:
            _tour(browser, portal, tour, folder, width, "tg", {"language": "tg"})
            some = {name: tour[name] for name in tour if name in ("home", "item-epub", "read-pdf")}
            for look, cookies in _LOOKS.items():
                _tour(browser, portal, some, folder, width, look, cookies)


def _tour(
    browser: Browser,
    portal: str,
    tour: dict[str, str],
    folder: Path,
    width: int,
    look: str,
    cookies: dict[str, str],
) -> None:
    context = browser.new_context(viewport={"width": width, "height": _HEIGHTS[width]})
    context.add_cookies([{"name": n, "value": v, "url": portal} for n, v in cookies.items()])
    page = context.new_page()
    for name, path in tour.items():
        page.goto(portal + path)
        page.wait_for_timeout(_SETTLED_MS)
        page.screenshot(path=folder / f"{name}-{look}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"{name} ({look}) is {wide} px wide on a screen of {width}")
    context.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
