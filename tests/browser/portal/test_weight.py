# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a phone has to fetch."""

import pytest
from playwright.sync_api import Browser

from appliance.config import Config
from tests.browser.tour import pages

pytestmark = pytest.mark.browser

FIRST_PAGE = 60 * 1024
ANY_PAGE = 100 * 1024


def fetched(browser: Browser, address: str) -> dict[str, int]:
    """Bytes that came over the wire for each address of a page, by a browser that has nothing."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda event: addresses.__setitem__(event["requestId"], event["response"]["url"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(
            addresses.get(event["requestId"], "?"), event["encodedDataLength"]
        ),
    )
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    context.close()
    return sizes


def test_the_first_page_is_light(browser: Browser, school: Config) -> None:
    sizes = fetched(browser, school.portal_url + "/")
    above = {a: n for a, n in sizes.items() if "/media/" not in a}
    covers = sorted((n for a, n in sizes.items() if "/media/" in a), reverse=True)
    # What is fetched at once on a phone: the first covers; the others wait for the finger.
    assert sum(above.values()) + sum(covers[:2]) <= FIRST_PAGE, sizes


def test_every_page_is_light_before_its_content(browser: Browser, school: Config) -> None:
    content = ("/media/", "/page/", school.read_url)
    heavy = {}
    for name, path in pages(school.portal_url).items():
        sizes = fetched(browser, school.portal_url + path)
        own = sum(n for address, n in sizes.items() if not any(mark in address for mark in content))
        if own > ANY_PAGE:
            heavy[name] = own
    assert heavy == {}
