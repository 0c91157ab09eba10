# SPDX-License-Identifier: GPL-3.0-or-later
"""Courses and quizzes for those who cannot see, cannot use a mouse, or cannot read yet."""

from collections.abc import Callable
from itertools import pairwise
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from appliance.config import Config
from tests.browser.portal.test_accessible import OURS
from tests.browser.tour import ids_of

pytestmark = pytest.mark.browser

# What stands in for the voices of a device: it says everything at once, and remembers it.
_VOICES = """
window.said = [];
const voice = {lang: "LANG", localService: LOCAL, name: "x", default: true, voiceURI: "x"};
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice], cancel() {}, addEventListener() {},
  speak(one) { window.said.push(one.lang + ": " + one.text); setTimeout(() => one.onend({}), 10); },
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture
def shelf(school: Config) -> Callable[..., str]:
    """The first item of these filters: ``shelf(kind="course", language="ru")``."""

    def first(**filters: str) -> str:
        return ids_of(school.portal_url, **filters)[0]

    return first


@pytest.fixture
def little(shelf: Callable[..., str]) -> str:
    """A course in Russian for those who cannot read yet."""
    return shelf(kind="course", language="ru", audience="pre-primary")


def _portal(page: Page) -> str:
    address = urlsplit(page.url)
    return f"{address.scheme}://{address.netloc}"


def open_lesson(page: Page, course: str, kind: str) -> None:
    """Go to the first lesson of this kind of a course."""
    page.goto(f"{_portal(page)}/course/{course}")
    page.locator(
        f"main li a:has(.kind-{kind}), main .lesson a:has(use[href$='#{kind}'])"
    ).first.press("Enter")
    page.wait_for_url("**/quiz/**" if kind == "quiz" else f"**/course/{course}/*")


def start_quiz(page: Page) -> None:
    """From a quiz's page to its first question."""
    page.locator("main form button").press("Enter")
    page.wait_for_url("**/1?*")


def violations(page: Page) -> dict[str, list[str]]:
    found = Axe().run(page, options=OURS).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"][:3]] for one in found}


@pytest.mark.parametrize(
    ("audience", "language", "theme"),
    [("pupil", "ru", "light"), ("pre-primary", "ru", "dark"), ("teacher", "tg", "contrast")],
)
def test_axe_finds_nothing_from_the_course_to_the_result(
    visit: Callable[..., Page],
    school: Config,
    shelf: Callable[..., str],
    audience: str,
    language: str,
    theme: str,
) -> None:
    course = shelf(kind="course", language=language, audience=audience)
    page = visit(f"/course/{course}")
    looks = {"language": language, "theme": theme, "text": "large", "spacing": "wide"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": school.portal_url} for name, value in looks.items()]
    )
    wrong: dict[str, dict[str, list[str]]] = {}

    def look(name: str) -> None:
        wrong[name] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wrong[name]["wide"] = [page.url]

    page.reload()
    look("course")
    open_lesson(page, course, "page")
    look("page")
    open_lesson(page, course, "quiz")
    look("quiz")
    start_quiz(page)
    look("question")
    page.locator(".send button").press("Enter")
    page.wait_for_selector("#problem")
    look("problem")
    page.locator(".question input:not([type=hidden])").first.press("Space")
    page.locator(".send button").press("Enter")
    page.wait_for_selector(".verdict")
    look("verdict")
    page.goto(page.url.replace("/1?", "/result?"))
    look("result")
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_question_is_heard_in_its_order_and_answered_by_key(
    visit: Callable[..., Page], shelf: Callable[..., str]
) -> None:
    page = visit("/")
    page.context.add_cookies([{"name": "language", "value": "en", "url": page.url}])
    course = shelf(kind="course", language="en", audience="pre-primary")
    open_lesson(page, course, "quiz")
    start_quiz(page)
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - progressbar "So much of the quiz is done"
        - group:
          - heading [level=1]
          - button /Listen/
          - radio
          - button /Listen/
          - radio
          - button /Listen/
        - paragraph:
          - button "Answer"
        """
    )
    names = [radio.evaluate(_NAME) for radio in page.get_by_role("radio").all()]
    assert all(names)
    assert len(set(names)) == len(names)

    page.locator(".send button").press("Enter")
    problem = page.locator("#problem")
    expect(problem).to_have_attribute("role", "alert")
    assert page.locator(".question fieldset").get_attribute("aria-describedby") == "problem"

    by_tab(page, page.locator("input[type=radio]").first)
    page.keyboard.press("Space")
    by_tab(page, page.locator(".send button"))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_attribute("role", "status")
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading [level=1]
        - status
        - paragraph:
          - link /Next question/
        """
    )
    by_tab(page, page.locator(".send a"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/2?*")


_NAME = "(e) => [...e.labels].map((label) => label.textContent.trim()).join(' ')"


def by_tab(page: Page, target: Locator) -> None:
    """Come to an element by the tabulator, as somebody without a mouse does."""
    for _ in range(60):
        if target.evaluate("(e) => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def test_headings_go_down_step_by_step_and_landmarks_have_names(
    visit: Callable[..., Page], shelf: Callable[..., str]
) -> None:
    page = visit("/")
    for audience in ("pupil", "pre-primary"):
        course = shelf(kind="course", language="ru", audience=audience)
        for path in (f"/course/{course}", f"/item/{shelf(kind='page', language='ru')}/read"):
            page.goto(_portal(page) + path)
            levels = page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((e) => +e.tagName[1])"
            )
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            for role in ("banner", "main"):
                expect(page.get_by_role(role)).to_have_count(1)
            unnamed = page.get_by_role("navigation").evaluate_all(
                "all => all.filter((e) => !e.getAttribute('aria-label') "
                "&& !e.getAttribute('aria-labelledby')).length"
            )
            assert unnamed == 0


def test_the_box_reads_a_page_aloud(visit: Callable[..., Page], shelf: Callable[..., str]) -> None:
    page = visit(f"/item/{shelf(kind='page', language='ru')}/read")
    button = page.locator("#aloud")
    expect(button).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/voice/ru/0.mp3") as first:
        button.press("Enter")
    assert first.value.ok
    assert first.value.headers["content-type"] == "audio/mpeg"
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-say='0']")).to_have_class("saying")
    with page.expect_response("**/voice/ru/1.mp3"):
        expect(page.locator(".saying")).not_to_have_attribute("data-say", "0")
    button.press("Enter")
    expect(page.locator(".saying")).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "false")


def test_where_there_is_no_voice_there_is_no_button(
    visit: Callable[..., Page], shelf: Callable[..., str]
) -> None:
    page = visit(f"/item/{shelf(kind='page', language='tg')}/read")
    expect(page.locator("article.prose")).to_be_visible()
    assert page.locator("#aloud").is_hidden()


@pytest.mark.parametrize(("local", "is_there"), [("true", True), ("false", False)])
def test_a_voice_of_the_device_is_used_if_it_needs_no_internet(
    browser: Browser, school: Config, shelf: Callable[..., str], local: str, is_there: bool
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(_VOICES.replace("LANG", "tg_TJ").replace("LOCAL", local))
    page = context.new_page()
    page.goto(f"{school.portal_url}/item/{shelf(kind='page', language='tg')}/read")
    button = page.locator("#aloud")
    assert button.is_visible() is is_there
    if is_there:
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "false")  # it is through
        said = page.evaluate("window.said")
        assert said
        assert all(one.startswith("tg_TJ: ") for one in said)
    context.close()


def test_who_cannot_read_touches_pictures_and_listens(
    visit: Callable[..., Page], little: str
) -> None:
    page = visit(f"/course/{little}")
    lessons = page.locator(".big-lesson")
    assert lessons.count() > 4
    expect(page.locator(".small-aloud")).to_have_count(lessons.count())
    with page.expect_response(f"**/course/{little}/voice/ru/*.mp3") as title:
        page.locator(".small-aloud").first.press("Enter")
    assert title.value.ok
    assert page.url.endswith(f"/course/{little}")
    open_lesson(page, little, "quiz")
    start_quiz(page)
    choices = page.locator(".choice")
    expect(page.locator(".choice .small-aloud")).to_have_count(choices.count())
    expect(page.locator(".options-pictures img").first).to_be_visible()
    with page.expect_response("**/voice/ru/**/o*.mp3") as choice:
        page.locator(".choice .small-aloud").first.press("Enter")
    assert choice.value.ok
    assert not page.locator("input[type=radio]:checked").count()
    small = page.locator(".small-aloud, .option").evaluate_all(
        "all => all.filter((e) => e.getBoundingClientRect().height < 43.5).length"
    )
    assert small == 0


def test_easier_to_read_is_there_for_guests_on_every_page(visit: Callable[..., Page]) -> None:
    page = visit("/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).lineHeight)")
    page.locator("details.look summary").press("Enter")
    with page.expect_navigation():
        page.locator("button.easy").press("Enter")
    for path in ("/", "/browse", "/search?q=" + quote("об")):
        page.goto(_portal(page) + path)
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.body);"
            "return [s.lineHeight, s.letterSpacing, s.fontSize].map(parseFloat); })()"
        )
        assert style[0] > before * 1.4
        assert style[1] > 1
        assert style[2] == 20
