# SPDX-License-Identifier: GPL-3.0-or-later
"""A teacher sees who is how far, who is stuck on what, and saves it as a spreadsheet."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from appliance.config import Config
from appliance.content.item import Kind
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.learning.classes import NewClass
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopies
from appliance.learning.person import Person, SchoolClass
from appliance.learning.tries import Tries
from appliance.school.database import open_school
from tests.functional.admin.conftest import Browser
from tests.functional.portal.shelf import Shelf
from webapp.admin.office import Office

COLOUR = Question(
    "colour",
    QuestionType.CHOICE,
    "Осмон <b>чӣ</b> ранг дорад?",
    options=(Option("a", "кабуд", credit=1), Option("b", "<i>сурх</i>"), Option("c", "сабз")),
)
# Not answered: as long as a question is open, so is the try.
OPEN = Question("sun", QuestionType.TRUE_FALSE, "Офтоб гарм аст?")


@pytest.fixture
def teacher(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.sign_in("teacher")
    return browser


@pytest.fixture
def fifth(office: Office) -> SchoolClass:
    return office.classes.add(NewClass("5А"), clock_sure=True)


@pytest.fixture
def stuck(config: Config, office: Office, fifth: SchoolClass) -> tuple[Person, str]:
    """A pupil who has answered four times wrongly, and the quiz."""
    quiz = Shelf(config).put("Рангҳо", Kind.HTML)
    office.classes.give(fifth.id, [quiz.id])
    office.people.add_all(fifth.id, ["=1+1", "Зарина"], clock_sure=True)
    person = office.people.all(fifth.id)[0]
    tries = Tries(open_school(config))
    run = tries.start(person.id, quiz.id, Quiz((COLOUR, OPEN), feedback=True), "Рангҳо")
    for wrong in "bcbc":  # the same answer once more would be nothing new
        tries.answer(run.id, "colour", (wrong,))
    return person, quiz.id


def test_a_class_without_lessons_is_told_what_to_do(teacher: Browser, fifth: SchoolClass) -> None:
    page = teacher.get(f"/classes/{fifth.id}/lessons").text
    assert "Nothing is given to the class." in page
    assert f"/classes/{fifth.id}/give" in page
    assert "Nobody is stuck." in teacher.get(f"/classes/{fifth.id}/help").text


def test_from_the_class_to_the_wrong_answer(
    teacher: Browser, fifth: SchoolClass, stuck: tuple[Person, str]
) -> None:
    person, quiz = stuck
    base = f"/classes/{fifth.id}"
    grid = teacher.get(f"{base}/lessons").text
    assert 'class="bar-needs-help"' in grid
    assert "needs help with 1 lesson" in grid
    assert "help: 1" in grid
    for path in (
        f"{base}/help",
        f"{base}/lesson/{quiz}",
        f"{base}/lesson/{quiz}/question/colour",
        f"{base}/people/{person.id}/tries/{quiz}",
    ):
        page = teacher.get(path).text
        assert "Осмон &lt;b&gt;чӣ&lt;/b&gt; ранг дорад?" in page, path
    wrong = teacher.get(f"{base}/lesson/{quiz}/question/colour").text
    assert "&lt;i&gt;сурх&lt;/i&gt;" in wrong
    assert "needs help" in teacher.get(f"{base}/people/{person.id}/story").text
    assert teacher.get(f"{base}/lesson/{quiz}/question/none").status_code == 404


def test_what_was_made_at_home_is_marked(
    teacher: Browser, config: Config, office: Office, fifth: SchoolClass
) -> None:
    quiz = Shelf(config).put("Рангҳо", Kind.QUIZ)
    office.classes.give(fifth.id, [quiz.id])
    office.people.add_all(fifth.id, ["Зарина"], clock_sure=True)
    (person,) = office.people.all(fifth.id)
    homes = HomeCopies(open_school(config))
    copy = homes.make(quiz.id, Quiz((COLOUR, OPEN)), "Рангҳо")
    code = HomeCode(copy.school, copy.id, run=1, passed=1, share=50, marks=0b10)
    homes.count(person.id, code.sealed(copy.key).written)
    base = f"/classes/{fifth.id}"
    page = teacher.get(f"{base}/people/{person.id}/tries/{quiz.id}").text
    assert "made at home" in page
    assert "no answer" not in page
    assert "50 %" in page
    question = teacher.get(f"{base}/lesson/{quiz.id}/question/colour").text
    assert "no answer, or made at home" in question
    assert "right: 1 · wrong: 0" in teacher.get(f"{base}/lesson/{quiz.id}/question/sun").text


def test_results_go_into_a_spreadsheet_in_which_names_are_texts(
    teacher: Browser, fifth: SchoolClass, stuck: tuple[Person, str]
) -> None:
    base = f"/classes/{fifth.id}"
    answer = teacher.post(f"{base}/results.xlsx", page=f"{base}/lessons")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Name", "Completed", "Needs help", "Рангҳо"]
    assert rows[1] == ["=1+1", 0, 1, "needs help"]
    assert sheet["A2"].data_type == "s"
    assert teacher.get(f"{base}/results.xlsx").status_code == 405


def test_another_class_is_none_of_its_business(
    teacher: Browser, office: Office, stuck: tuple[Person, str]
) -> None:
    person, quiz = stuck
    other = office.classes.add(NewClass("6Б"), clock_sure=True)
    assert teacher.get(f"/classes/{other.id}/people/{person.id}/story").status_code == 404
    assert "сурх" not in teacher.get(f"/classes/{other.id}/lesson/{quiz}").text
