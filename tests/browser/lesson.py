# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who works on exercises and lessons in a browser, and what the box keeps of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, ViewportSize

from appliance.config import Config
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person_name import MOST_LETTERS
from appliance.learning.person_session import PersonSessions
from appliance.learning.progress import Progress
from appliance.learning.record import Record
from appliance.school.database import open_school
from webapp.portal.person import COOKIE

T = TypeVar("T")

PHONE: ViewportSize = {"width": 360, "height": 640}
_PATIENCE_S = 120.0


def ingest(config: Config, file: Path) -> str:
    """Put a file on the shelf; the item's id."""
    return ingest_all(config, [file])[file.name]


def ingest_all(config: Config, files: Sequence[Path]) -> dict[str, str]:
    """Put files of different names on the shelf in one go; ids of the items by these names."""
    run = subprocess.run(
        [Path(sys.executable).with_name("chashma"), "ingest", "--json", *files],
        env={**os.environ, **config.environment},
        stdout=subprocess.PIPE,
        check=True,
    )
    results = map(json.loads, run.stdout.splitlines())
    return {result["file"]: result["id"] for result in results}


class Pupil:
    """A pupil of a class, with as many devices as they like."""

    def __init__(self, config: Config, browser: Browser, name: str) -> None:
        self._config = config
        self._browser = browser
        school = open_school(config)
        classes = Classes(school)
        own = next(iter(classes.all()), None) or classes.add(NewClass("5А"), clock_sure=True)
        self.person = People(school).add(own.id, name[-MOST_LETTERS:], clock_sure=True)
        self.record = Record(school)
        self._sessions = PersonSessions(school)
        self._contexts: list[BrowserContext] = []

    def device(self) -> Page:
        """A page in a browser of its own, in which this pupil is signed in."""
        page = self.guest()
        token = self._sessions.start(self.person.id, own=True)
        page.context.add_cookies(
            [{"name": COOKIE, "value": token, "url": self._config.portal_url, "httpOnly": True}]
        )
        return page

    def guest(self) -> Page:
        """A page in a browser of its own, in which nobody is signed in."""
        context = self._browser.new_context(viewport=PHONE, ignore_https_errors=True)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_S * 1000)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def open(self, page: Page, item: str) -> FrameLocator:
        """The player of an item."""
        page.goto(f"{self._config.portal_url}/item/{item}/read")
        return page.frame_locator(".book iframe")

    def leave(self, page: Page) -> None:
        """Go back to the item's description, as people do."""
        page.click(".reader-bar a >> nth=0")
        page.wait_for_url("**/item/*")

    def progress(self, item: str) -> Progress:
        """What the box knows."""
        return self.record.progress(self.person.id, [item])[item]

    def wait(self, item: str, is_so: Callable[[Progress], bool]) -> Progress:
        """What the box knows, as soon as it is so."""
        return wait_for(self._page, lambda: self.progress(item), is_so)

    def wait_for_state(self, item: str, text: str) -> None:
        """Until the state that is kept holds this."""
        wait_for(
            self._page,
            lambda: self.record.resume(self.person.id, item),
            lambda state: text in state,
        )

    @property
    def _page(self) -> Page:
        return self._contexts[-1].pages[0]

    def close(self) -> None:
        """Close all browsers."""
        for context in self._contexts:
            context.close()


def wait_for(page: Page, look: Callable[[], T], is_so: Callable[[T], bool]) -> T:
    """What is seen as soon as it is so; fails when that takes far too long.

    It is the page that waits: while Python sleeps, Playwright hears nothing from the browser.
    """
    end = time.monotonic() + _PATIENCE_S
    while not is_so(seen := look()):
        assert time.monotonic() < end, seen
        page.wait_for_timeout(200)
    return seen
