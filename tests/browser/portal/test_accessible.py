# SPDX-License-Identifier: GPL-3.0-or-later
"""What axe finds on the pages (nothing), and what the keyboard alone reaches (everything)."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from appliance.config import Config
from tests.browser.tour import pages

pytestmark = pytest.mark.browser

# Others' pages in the frames are not ours to mend.
OURS = {"iframes": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.mark.parametrize(
    ("language", "theme"), [("tg", "light"), ("ru", "dark"), ("en", "contrast")]
)
def test_axe_finds_nothing(browser: Browser, school: Config, language: str, theme: str) -> None:
    portal = school.portal_url
    context = browser.new_context(viewport={"width": 360, "height": 740})
    looks = {"language": language, "theme": theme, "text": "large" if theme == "dark" else "normal"}
    context.add_cookies([{"name": n, "value": v, "url": portal} for n, v in looks.items()])
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, path in pages(portal).items():
        page.goto(portal + path)
        for violation in Axe().run(page, options=OURS).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found[f"{name}: {violation['id']}"] = nodes
    context.close()
    assert found == {}


def _focused(page: Page) -> str:
    return page.evaluate(
        "(() => { const e = document.activeElement; return e.id || e.href || e.name + e.value "
        "|| e.tagName; })()"
    )


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    visit: Callable[..., Page],
) -> None:
    page = visit("/", viewport={"width": 1280, "height": 860})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert _focused(page) == "main"
    page.reload()
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href],button,input:not([type=hidden]),summary')]"
        ".filter((e) => e.tagName === 'SUMMARY' || !e.closest('details:not([open])'))"
        ".filter((e) => e.offsetParent !== null).length"
    )
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement.tagName") == "BODY"
    assert len(reached) >= wanted - 1


def test_suggestions_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.focus("#q")
    page.keyboard.type("чаш")
    page.wait_for_selector("#suggestions li")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = page.get_attribute("#q", "aria-activedescendant")
    assert page.get_attribute(f"#{first}", "aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    assert page.input_value("#q") == "чаш"
    page.keyboard.type("м")
    page.wait_for_selector("#suggestions:not([hidden]) li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/item/**")


def test_touch_targets_are_large_enough(visit: Callable[..., Page]) -> None:
    for path in ("/", "/browse"):
        page = visit(path)
        small = page.evaluate(
            "[...document.querySelectorAll('button,a.button,a.chip,summary,input[type=search]')]"
            ".filter((e) => e.offsetParent !== null)"
            ".filter((e) => e.getBoundingClientRect().height < 43.5)"
            ".map((e) => e.outerHTML.slice(0, 80))"
        )
        assert small == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("text", ["normal", "largest"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, school: Config, width: int, text: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    context.add_cookies([{"name": "text", "value": text, "url": school.portal_url}])
    page = context.new_page()
    too_wide = []
    for name, path in pages(school.portal_url).items():
        page.goto(school.portal_url + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(name)
    context.close()
    assert too_wide == []
