# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones for those of whom the stories tell."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from appliance.config import Config
from tests.browser.stories.phone import Phone


@pytest.fixture
def phone(browser: Browser, school: Config) -> Iterator[Callable[..., Phone]]:
    """Another phone: ``phone(language, story)``."""
    phones: list[Phone] = []

    def another(language: str, story: str, *, by_keys: bool = False) -> Phone:
        phones.append(Phone(browser, school, language, story, by_keys=by_keys))
        return phones[-1]

    yield another
    for each in phones:
        each.close()
