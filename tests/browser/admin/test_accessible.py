# SPDX-License-Identifier: GPL-3.0-or-later
"""What axe finds on the pages (nothing), and whether they fit a small phone and a thumb."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.admin.conftest import Panel, lesson, sign_in

# Each test goes on where the one before it left the panel.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("panel")]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STEPS = ("language", "school", "account", "time", "hotspot")
PAGES = (
    "/",
    "/welcome",
    "/more",
    "/shelf",
    "/shelf?q=zzz",
    "/shelf/removed",
    "/add",
    "/add/drive/Стик",
    "/jobs",
    "/jobs/1",
    "/jobs/reports",
    "/export",
    "/sticks",
    "/sticks/add",
    "/people",
    "/people/add",
    "/people/1",
    "/people/1/delete",
    "/certificates",
    "/certificates/schools",
    "/school",
    "/activity",
    "/activity?topic=people",
    "/profile",
    "/profile/password",
    "/box",
    "/hotspot",
    "/power",
)
TARGETS = "button, a.button, .nav a, summary, select, .choice, .rows a"
SMALL = f"""[...document.querySelectorAll('{TARGETS}')]
    .filter((e) => e.offsetParent !== null && e.getBoundingClientRect().height < 43.5)
    .map((e) => e.outerHTML.slice(0, 100))"""


def problems(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in Axe().run(page, options=RULES).response["violations"]
        for node in violation["nodes"]
    ]
    width = page.viewport_size["width"]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("wider than the screen")
    return found + [f"small: {html}" for html in page.evaluate(SMALL)]


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that page is there with its styles."""
    with page.expect_navigation():
        page.click(selector)


@pytest.fixture(scope="module")
def filled(panel: Panel) -> Iterator[Panel]:
    panel.plug_in("Стик", {"kimiyo.zip": lesson("Кимиё"), "a.exe": b"MZ", "b.pdf": b"%PDF-1.4"})
    return panel


def test_the_wizard(filled: Panel, phone: Callable[..., Page]) -> None:
    page = phone()
    found: dict[str, list[str]] = {}
    for step in STEPS:
        page.goto("/setup")
        assert page.url.endswith(step)
        found[step] = problems(page)
        if step == "account":
            page.evaluate("document.querySelectorAll('[required]').forEach((e) => e.required = 0)")
            press(page, "main .button.big")
            found["account, wrong"] = problems(page)
        if step == "language":
            page.check("input[value=tg]")
        for name, value in (
            ("#school_name", "Мактаби №5"),
            ("#display_name", "Зебо"),
            ("#name", "zebo"),
            ("#password", "чойи сабз бо нон"),
            ("#again", "чойи сабз бо нон"),
        ):
            if page.locator(name).count():
                page.fill(name, value)
        press(page, "button[value=right]" if step == "time" else "main .button.big")
    assert page.url.endswith("/welcome")
    page.goto("/add/drive/Стик")
    page.click("button[name=some]")
    expect(page.locator(".results")).to_be_visible(timeout=60_000)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(320, "tg", "light"), (360, "ru", "dark"), (1280, "en", "light")],
)
def test_every_page(
    filled: Panel, phone: Callable[..., Page], width: int, language: str, scheme: str
) -> None:
    page = phone(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.goto("/sign-in")
    found = {"/sign-in": problems(page)}
    sign_in(page)
    press(page, f".languages button[value={language}]")
    for path in PAGES:
        page.goto(path)
        found[path] = problems(page)
    page.goto("/shelf")
    press(page, ".rows a")
    found["item"] = problems(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_keyboard_skips_the_menu(filled: Panel, phone: Callable[..., Page]) -> None:
    page = phone(viewport={"width": 1280, "height": 800})
    sign_in(page)
    page.goto("/people")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/people/add"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
