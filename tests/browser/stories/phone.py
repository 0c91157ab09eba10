# SPDX-License-Identifier: GPL-3.0-or-later
"""A cheap phone in somebody's hands, and what its screen shows on the way through a story.

``CHASHMA_STORIES=folder`` keeps a picture of every page that a story looks at, to be looked at.
"""

import os
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from appliance.config import Config

WIDTH, HEIGHT = 360, 740
_FOLDER = os.environ.get("CHASHMA_STORIES", "")
_MOST_TABS = 80
_PATIENCE_MS = 120_000


class Phone:
    """A browser of its own, in one language.

    Attributes:
        page: what is on the screen.
        by_keys: whether it has no touch screen, and only keys: Tab, Enter, the space bar.
        troubles: what went wrong in scripts.
    """

    def __init__(
        self, browser: Browser, config: Config, language: str, story: str, *, by_keys: bool = False
    ) -> None:
        self._config = config
        self._name = f"{story}-{language}{'-keys' if by_keys else ''}"
        self._places = count(1)
        self._context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            has_touch=not by_keys,
            ignore_https_errors=True,
        )
        own = [{"name": "language", "value": language, "url": config.portal_url}]
        self._context.add_cookies(own)  # type: ignore[arg-type] # a cookie is a dict to mypy
        self.by_keys = by_keys
        self.troubles: list[str] = []
        self.page = self._context.new_page()
        self.page.set_default_timeout(_PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def portal(self, path: str = "/") -> None:
        """Type an address of the portal."""
        self.page.goto(self._config.portal_url + path)

    def panel(self, path: str = "/") -> None:
        """Type an address of the staff's pages."""
        self.page.goto(self._config.admin_url + path)

    def look(self, name: str) -> None:
        """Look at the whole page: it fits the screen, and no script of it went wrong."""
        self.page.wait_for_load_state("networkidle")
        if _FOLDER:
            self.keep(f"{name}.png", self.page.screenshot(full_page=True))
        assert self.page.evaluate("document.documentElement.scrollWidth") <= WIDTH, name
        assert self.troubles == [], name

    def paper(self, name: str) -> None:
        """Look at the page as a printer gets it."""
        if _FOLDER:
            self.keep(f"{name}.pdf", self.page.pdf(format="A4"))

    def keep(self, name: str, content: bytes) -> None:
        """Keep something to be looked at, if somebody wants to look."""
        if _FOLDER:
            Path(_FOLDER).mkdir(parents=True, exist_ok=True)
            Path(_FOLDER, f"{self._name}-{next(self._places):02}-{name}").write_bytes(content)

    def press(self, target: str | Locator) -> None:
        """Touch something; by keys, go to it with the tabulator and press Enter."""
        there = self._there(target)
        if self.by_keys:
            self._tab_to(there)
            self.page.keyboard.press("Enter")
        else:
            there.tap()

    def go(self, target: str | Locator) -> None:
        """Touch what leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.press(target)

    def choose(self, box: str | Locator) -> None:
        """Tick a box or choose one of several, wherever on its label a finger lands."""
        there = self._there(box)
        if self.by_keys:
            self._choose_by_keys(there)
        else:
            there.locator("xpath=ancestor::label[1]").tap()
        expect(there).to_be_checked()

    def close(self) -> None:
        """Put it away."""
        self._context.close()

    def _there(self, target: str | Locator) -> Locator:
        there = self.page.locator(target).first if isinstance(target, str) else target
        there.wait_for(state="attached")
        return there

    def _tab_to(self, there: Locator) -> None:
        for _ in range(_MOST_TABS):
            if there.evaluate("(e) => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {there}")

    def _choose_by_keys(self, there: Locator) -> None:
        """The tabulator leads to one of a group, the arrows to the others."""
        group = f"input[name='{there.get_attribute('name')}']"
        here = self.page.locator(f"{group}:checked")
        self._tab_to(here if here.count() else self.page.locator(group).first)
        self.page.keyboard.press("Space")
        for _ in range(_MOST_TABS):
            if there.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {there}")
