# SPDX-License-Identifier: GPL-3.0-or-later
"""A teacher's pages of a class that has worked, at school and at home, on a phone."""

from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import Page, expect

from appliance.config import Config
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Kind
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.learning.classes import Classes, NewClass
from appliance.learning.course_record import Courses
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopies
from appliance.learning.people import People
from appliance.learning.tries import Tries
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings
from appliance.school.staff import NewMember, Role, Staff
from tests.browser.admin.conftest import PASSWORD, Panel, sign_in
from tests.browser.admin.test_accessible import press, problems
from tests.functional.portal.shelf import Shelf

# Both go on with one panel.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("panel of a class")]

NAMES = ("Зарина", "Фаррух", "Нигора Абдуҷабборзодаи Панҷакентӣ")
QUESTIONS = tuple(
    Question(
        f"q{n}",
        QuestionType.CHOICE,
        f"Саволи {n}?",
        (Option("a", "ҳа", credit=1.0), Option("b", "не")),
    )
    for n in range(1, 6)
)


@pytest.fixture(scope="module")
def pages(panel: Panel) -> tuple[str, ...]:
    """The pages of a class in which one is stuck, one has worked at home, one has done nothing."""
    config = Config(state=panel.state)
    school = open_school(config)
    SchoolSettings(school).save(school_name="Мактаби №5", set_up=True, steps_done=5)
    Staff(school).add(NewMember("zebo", "Зебо", Role.ADMINISTRATOR, "tg", PASSWORD))
    fifth = Classes(school).add(NewClass("5А"), clock_sure=True)
    People(school).add_all(fifth.id, NAMES, clock_sure=True)
    quiz = Shelf(config).put("Санҷиши об", Kind.QUIZ).id
    course = Course("water", (Unit((CourseLesson("l1", "Санҷиш", quiz),)),))
    files = {"files/course.json": msgspec.json.encode(course)}
    given = Shelf(config).put("Роҳи об", Kind.COURSE, files=files).id
    Classes(school).give(fifth.id, [given, quiz])
    first, second, _ = People(school).all(fifth.id)
    Courses(school).open(first.id, given, course, "Роҳи об", {})
    asked = Quiz(QUESTIONS, feedback=True)
    homes = HomeCopies(school)
    copy = homes.make(quiz, asked, "Санҷиш", person_id=second.id)
    code = HomeCode(copy.school, copy.id, run=1, passed=1, share=80, marks=0b1111)
    homes.count(first.id, code.sealed(copy.key).written)
    run = Tries(school).start(second.id, quiz, asked, "Санҷиш")
    for question in QUESTIONS[:4]:
        Tries(school).answer(run.id, question.id, ("b",))
    school.close()
    base = f"/classes/{fifth.id}"
    return (
        *("/classes", "/classes/add", base, f"{base}/edit", f"{base}/give", f"{base}/cards"),
        *(f"{base}/people/add", f"{base}/people/{first.id}", f"{base}/people/{first.id}/delete"),
        *(f"{base}/lessons", f"{base}/help", f"{base}/lesson/{quiz}"),
        *(f"{base}/lesson/{quiz}/question/q1", f"{base}/people/{first.id}/story"),
        *(f"{base}/people/{first.id}/tries/{quiz}", f"{base}/people/{second.id}/tries/{quiz}"),
    )


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(320, "tg", "light"), (360, "ru", "dark"), (1280, "en", "light")],
)
def test_every_page_of_a_class(
    pages: tuple[str, ...], phone: Callable[..., Page], width: int, language: str, scheme: str
) -> None:
    page = phone(viewport={"width": width, "height": 740}, color_scheme=scheme)
    sign_in(page)
    press(page, f".languages button[value={language}]")
    found = {}
    for path in pages:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found[path] = problems(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_was_made_at_home_is_seen_and_heard(
    pages: tuple[str, ...], phone: Callable[..., Page]
) -> None:
    page = phone()
    sign_in(page)
    press(page, ".languages button[value=en]")
    page.goto(next(path for path in pages if path.endswith("/lessons")))
    row = page.get_by_role("row", name="Зарина")
    assert "made at home: 1" in row.inner_text()
    expect(page.locator(".key-home")).to_be_visible()
    press(page, "th a:has-text('Зарина')")
    press(page, "a:has-text('made at home')")
    assert "With the file that another took home" in page.inner_text("main")
    press(page, "a:has-text('Нигора')")
    assert page.inner_text("h1") == NAMES[2]
