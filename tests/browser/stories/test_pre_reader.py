# SPDX-License-Identifier: GPL-3.0-or-later
"""A child who cannot read: three pictures instead of a name, pictures and sound instead of text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from appliance.config import Config
from appliance.content.quiz.grade import right_answer
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.school.database import open_school
from tests.browser.stories.answers import answer_all_rightly, asked_here
from tests.browser.stories.phone import Phone
from tests.browser.tour import ids_of

pytestmark = pytest.mark.browser

NAME = {"tg": "Меҳрона", "ru": "Амина", "en": "Amina"}


@pytest.mark.parametrize(("language", "by_keys"), [("ru", False), ("tg", True)])
def test_from_three_pictures_to_a_quiz(
    school: Config, phone: Callable[..., Phone], language: str, by_keys: bool
) -> None:
    course = ids_of(school.portal_url, kind="course", language=language, audience="pre-primary")[0]
    code, pictures = _a_class(school, f"0 {language} {by_keys}", NAME[language], course)
    child = phone(language, "pre-reader", by_keys=by_keys)
    _tap(child, code, pictures)
    expect(child.page.locator("h1")).to_contain_text(NAME[language])
    child.look("my")
    child.go(f"a[href='/course/{course}']")
    child.look("course")
    _listen_and_look(child, has_voice=language != "tg")
    _quiz(child, school)
    _beats(child, course)
    child.go("form[action='/leave'] button")
    child.look("left")


def _a_class(school: Config, name: str, pupil: str, course: str) -> tuple[str, tuple[str, ...]]:
    """A class of small children who were given a course; its code and a child's pictures."""
    database = open_school(school)
    made = Classes(database).add(NewClass(name, grade=0, pictures=True), clock_sure=True)
    child = People(database).add(made.id, pupil, clock_sure=True)
    Classes(database).give(made.id, [course])
    pictures = People(database).pictures(made.id)[child.id]
    database.close()
    return made.code, pictures


def _tap(child: Phone, code: str, pictures: tuple[str, ...]) -> None:
    """The camera has read the code on the card; wrong pictures first, then the right ones."""
    child.portal(f"/join/{code}")
    child.look("pictures")
    for name in (*pictures[:2], pictures[0]):
        child.go(f"button[value={name}]")
    expect(child.page.get_by_role("alert")).to_be_visible()
    child.look("wrong-pictures")
    child.go(f"button[value={pictures[0]}]")
    child.look("one-picture")
    for name in pictures[1:]:
        child.go(f"button[value={name}]")
    child.look("are-you")
    child.go("button[value=me]")


def _listen_and_look(child: Phone, *, has_voice: bool) -> None:
    if has_voice:
        _listen(child, ".big-lesson .small-aloud")
    child.go(".big-lesson a")
    child.look("page")
    if has_voice:
        _listen(child, "#aloud")
        child.press("#aloud")
    child.go(".lesson-bar form button")


def _listen(child: Phone, button: str) -> None:
    with child.page.expect_response("**/voice/**/*.mp3") as heard:
        child.press(button)
    assert heard.value.ok


def _quiz(child: Phone, school: Config) -> None:
    child.look("quiz")
    child.go("main form button")
    child.look("question")
    question = asked_here(child, school)
    wrong = [each.id for each in question.options if each.id not in right_answer(question)]
    child.choose(f"input[name=a][value='{wrong[0]}']")
    child.look("chosen")
    child.go(".send button")
    expect(child.page.locator(".verdict-wrong")).to_be_visible()
    child.look("wrong")
    child.go("a.quiet")
    answer_all_rightly(child, school)
    child.look("result")


def _beats(child: Phone, course: str) -> None:
    """A lesson with sound that was recorded for it."""
    child.go(f"main a[href='/course/{course}']")
    child.look("course-so-far")
    child.go(".big-lesson a[href*='/']:has(.kind-page) >> nth=-1")
    child.look("beats")
    child.page.locator("audio").first.evaluate("(sound) => sound.play()")
    child.page.wait_for_function("document.querySelector('audio').currentTime > 0")
