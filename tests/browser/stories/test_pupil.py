# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil: joins, learns, errs, comes back on another phone, and takes a lesson home."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from appliance.config import Config
from appliance.content.quiz.judge import in_order
from appliance.content.quiz.quiz import QuestionType, Quiz
from appliance.learning.classes import Classes, NewClass
from appliance.school.database import open_school
from tests.browser.stories.answers import (
    answer_all_rightly,
    answer_at_home,
    answer_rightly,
    asked_here,
    lesson_after,
    stored_quiz,
)
from tests.browser.stories.phone import Phone
from tests.browser.tour import ids_of

pytestmark = pytest.mark.browser

NAME = {"tg": "Нигора", "ru": "Зарина", "en": "Daler"}


@pytest.mark.parametrize("language", ["tg"])
def test_from_the_code_on_the_blackboard_to_a_lesson_done_at_home(
    school: Config,
    phone: Callable[..., Phone],
    tmp_path: Path,
    language: str,
) -> None:
    course = ids_of(school.portal_url, kind="course", language=language, audience="pupil")[0]
    code = _a_class(school, f"5 {language}")
    one = phone(language, "pupil")
    _join(one, code, NAME[language])
    _find(one, course)
    _first_lessons(one, school)
    _err_and_mend(one, school)
    one.close()

    other = phone(language, "pupil-again")
    _come_back(other, school, code, NAME[language])
    file, quiz = _take_home(other, school, tmp_path)
    written = _at_home(phone(language, "pupil-home"), file, quiz)
    _count(other, course, written)


def _a_class(school: Config, name: str) -> str:
    """A class that its teacher has made; the code on the blackboard."""
    database = open_school(school)
    made = Classes(database).add(NewClass(name, grade=5), clock_sure=True)
    database.close()
    return made.code


def _join(one: Phone, code: str, name: str) -> None:
    one.portal()
    one.look("home")
    one.portal("/join")
    one.look("join")
    one.page.fill("#code", "22222")
    one.go("main form button")
    expect(one.page.get_by_role("alert")).to_be_visible()
    one.look("wrong-code")
    one.page.fill("#code", code.lower())
    one.go("main form button")
    one.look("name")
    one.page.fill("#name", name)
    one.go("main form button")
    expect(one.page.locator("h1")).to_contain_text(name)
    one.look("my")


def _find(one: Phone, course: str) -> None:
    one.portal()
    one.look("home-joined")
    one.go(".doors a[href='/browse?kind=course']")
    one.look("courses")
    one.go(f"a[href='/item/{course}']")
    one.look("about-the-course")
    one.go(".actions .button.big")
    one.page.wait_for_url(f"**/course/{course}")
    one.look("course")


def _first_lessons(one: Phone, school: Config) -> None:
    """The test before the course, two pages and a film, as the course leads to them."""
    one.go("main .button.big")
    one.look("test-before")
    one.go("main form button")
    one.look("question")
    one.go(".send button")
    expect(one.page.locator("#problem")).to_be_visible()
    one.look("nothing-chosen")
    answer_all_rightly(one, school)
    one.look("test-before-done")
    one.go("main .button.big")
    one.look("page")
    one.go(".lesson-bar form button")
    one.look("second-page")
    one.go(".lesson-bar form button")
    one.look("film")
    one.go(".lesson-bar form button")


def _err_and_mend(one: Phone, school: Config) -> None:
    """A wrong answer, a hint, and the right one; then something else is to be done."""
    one.look("quiz")
    one.go("main form button")
    question = asked_here(one, school)
    assert question.type is QuestionType.ORDER
    one.go("button[name=hint]")
    expect(one.page.locator(".hint")).to_have_text(question.hints[0])
    one.look("hint")
    for place, option in enumerate(reversed(in_order(question)), start=1):
        one.page.select_option(f"#a{place}", label=option.text)
    one.go(".send button")
    expect(one.page.locator(".verdict-wrong")).to_be_visible()
    one.look("wrong")
    one.go("a.quiet")
    one.look("think-again")
    answer_rightly(one, school)
    one.look("mended")
    one.go(".send a")
    answer_rightly(one, school)
    one.look("right")
    one.go(".quiz-top a")
    one.look("stopped")


def _come_back(other: Phone, school: Config, code: str, name: str) -> None:
    other.portal(f"/join/{code}")
    other.page.fill("#name", name.lower())
    other.go("main form button")
    other.look("are-you")
    other.go("button[value=me]")
    other.look("my")
    other.go("[aria-labelledby=go-on] a[href^='/course/']")
    other.look("course")
    other.go("main .button.big")
    other.look("quiz-begun")
    other.go(".actions .button.big")
    expect(other.page.locator(".quiz-top b")).to_contain_text("3")
    answer_all_rightly(other, school)
    expect(other.page.locator(".verdict-right")).to_be_visible()
    other.look("result")


def _take_home(other: Phone, school: Config, folder: Path) -> tuple[Path, Quiz]:
    """The second page of the next unit as a file, with the quiz after it."""
    other.go("main .button.big")
    other.go(".lesson-bar form button")
    quiz = stored_quiz(school, lesson_after(other, school))
    other.go("a[href^='/home/']")
    other.look("take-home")
    with other.page.expect_download() as coming:
        other.press("main form button")
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file, quiz


def _at_home(home: Phone, file: Path, quiz: Quiz) -> str:
    """Open the file where there is no box; the code at its end."""
    home.page.context.set_offline(offline=True)
    home.page.goto(file.as_uri())
    home.look("lesson")
    home.press("#quiz button >> nth=-1")
    home.look("question")
    for _ in quiz.questions:
        answer_at_home(home, quiz)
    home.look("code")
    return home.page.locator("#code").inner_text()


def _count(other: Phone, course: str, written: str) -> None:
    other.portal("/my")
    other.go("a[href='/my/code']")
    other.look("enter-code")
    other.page.fill("#code", written.lower())
    other.go("main form button")
    expect(other.page.locator(".verdict-right")).to_be_visible()
    other.look("counted")
    other.go("main .button.big")
    other.portal(f"/course/{course}")
    expect(other.page.locator(".lesson .state-completed")).to_have_count(7)
    other.look("course-so-far")
