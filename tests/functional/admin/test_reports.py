# SPDX-License-Identifier: GPL-3.0-or-later
"""A teacher sees who is how far, who is stuck on what, and saves it as a spreadsheet."""

import io
import re
from collections.abc import Callable
from urllib.parse import unquote

import msgspec
import openpyxl
import pytest

from appliance.config import Config
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Kind
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.learning.classes import NewClass
from appliance.learning.course_record import Courses
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopies
from appliance.learning.person import Person, SchoolClass
from appliance.learning.progress import Progress, write_progress
from appliance.learning.record import Record
from appliance.learning.state import LearningState
from appliance.learning.tries import NoTriesLeftError, Tries
from appliance.school.activity import Action
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
    assert "Right answer: <strong><bdi>кабуд</bdi></strong>" in wrong
    assert teacher.get(f"{base}/lesson/{quiz}/question/none").status_code == 404


def test_a_picture_without_words_has_the_name_of_its_file(
    teacher: Browser, fifth: SchoolClass, config: Config, office: Office
) -> None:
    options = (
        Option("a", picture="files/гурба.webp", credit=1),
        Option("b", picture="files/саг.webp"),
    )
    who = Question("who", QuestionType.PICTURE, "Кӣ «мияв» мегӯяд?", options=options)
    quiz = Shelf(config).put("Ҳайвонҳо", Kind.HTML)
    office.classes.give(fifth.id, [quiz.id])
    office.people.add_all(fifth.id, ["Зарина"], clock_sure=True)
    person = office.people.all(fifth.id)[0]
    tries = Tries(open_school(config))
    run = tries.start(person.id, quiz.id, Quiz((who, OPEN), feedback=True), "Ҳайвонҳо")
    tries.answer(run.id, "who", ("b",))
    page = teacher.get(f"/classes/{fifth.id}/lesson/{quiz.id}/question/who").text
    assert "<strong><bdi>гурба</bdi></strong>" in page
    assert "<strong><bdi>саг</bdi></strong>" in page
    assert (
        "<bdi>саг</bdi>"
        in teacher.get(f"/classes/{fifth.id}/people/{person.id}/tries/{quiz.id}").text
    )


def test_whose_tries_are_used_up_is_given_one_more(
    teacher: Browser, config: Config, office: Office, fifth: SchoolClass
) -> None:
    item = Shelf(config).put("Рангҳо", Kind.QUIZ)
    person = office.people.add(fifth.id, "Зарина", clock_sure=True)
    quiz, tries = Quiz((COLOUR,), attempts=1), Tries(open_school(config))
    page = f"/classes/{fifth.id}/people/{person.id}/tries/{item.id}"
    # Nobody has tried it, or nothing is used up: there is nothing to give.
    assert "Give one more try" not in teacher.get(page).text
    assert teacher.post(f"{page}/another", page="/classes").status_code == 404
    run = tries.start(person.id, item.id, quiz, "Рангҳо")
    tries.finish(run.id)
    with pytest.raises(NoTriesLeftError):
        tries.start(person.id, item.id, quiz)
    assert "Give one more try" in teacher.get(page).text
    for _ in range(2):  # a double tap gives one
        teacher.post(f"{page}/another", page=page)
    again = teacher.get(page).text
    assert "Give one more try" not in again
    assert tries.left(person.id, item.id, quiz) == 1
    assert tries.start(person.id, item.id, quiz).number == 2
    assert [entry.action for entry in office.activity.page()[0]].count(Action.TRY_GIVEN) == 1
    other = office.classes.add(NewClass("6А"), clock_sure=True)
    elsewhere = page.replace(f"/classes/{fifth.id}/", f"/classes/{other.id}/")
    assert teacher.post(f"{elsewhere}/another", page="/classes").status_code == 404


@pytest.fixture
def home(config: Config, office: Office, fifth: SchoolClass) -> tuple[Person, str]:
    """A pupil who did a quiz at home with another's file, and the quiz."""
    quiz = Shelf(config).put("Рангҳо", Kind.QUIZ)
    office.classes.give(fifth.id, [quiz.id])
    office.people.add_all(fifth.id, ["Зарина", "Фаррух"], clock_sure=True)
    person, other = office.people.all(fifth.id)
    homes = HomeCopies(open_school(config))
    copy = homes.make(quiz.id, Quiz((COLOUR, OPEN)), "Рангҳо", person_id=other.id)
    code = HomeCode(copy.school, copy.id, run=1, passed=1, share=50, marks=0b10)
    homes.count(person.id, code.sealed(copy.key).written)
    return person, quiz.id


def test_what_was_made_at_home_is_marked_on_every_page(
    teacher: Browser, fifth: SchoolClass, home: tuple[Person, str]
) -> None:
    person, quiz = home
    base = f"/classes/{fifth.id}"
    grid = teacher.get(f"{base}/lessons").text
    assert 'class="key key-home"' in grid
    assert grid.count("made at home: 1") == 2  # in the row of the pupil, and at the lesson
    (bar,) = re.findall(r'class="bar-completed" d="([^"]*)"', grid)
    assert bar.count("M") == 2, "the bar is drawn in two pieces"
    assert "50&nbsp;% · made at home" in teacher.get(f"{base}/lesson/{quiz}").text
    assert "made at home" in teacher.get(f"{base}/people/{person.id}/story").text
    page = teacher.get(f"{base}/people/{person.id}/tries/{quiz}").text
    assert "made at home" in page
    assert "With the file that another took home:" in page
    assert "Фаррух" in page
    assert "no answer" not in page
    assert "50&nbsp;%" in page
    question = teacher.get(f"{base}/lesson/{quiz}/question/colour").text
    assert "no answer, or made at home" in question
    assert "right: 0 · wrong: 1 · made at home: 1" in question
    at_lesson = teacher.get(f"{base}/lesson/{quiz}").text
    assert "right: 1 · wrong: 0 · made at home: 1" in at_lesson


def test_courses_show_how_far_somebody_is(
    teacher: Browser, config: Config, office: Office, fifth: SchoolClass, home: tuple[Person, str]
) -> None:
    person, quiz = home
    school = open_school(config)
    lessons = (CourseLesson("l1", "Рангҳо", quiz), CourseLesson("l2", "Филм", "f" * 16))
    course = Course("colours", (Unit(lessons),))
    files = {"files/course.json": msgspec.json.encode(course)}
    item = Shelf(config).put("Ранг", Kind.COURSE, files=files)
    office.classes.give(fifth.id, [item.id])
    Courses(school).open(person.id, item.id, course, "Ранг", {"en": "Colour"})
    base = f"/classes/{fifth.id}"
    story = teacher.get(f"{base}/people/{person.id}/story").text
    assert "Colour" in story
    assert "in progress · lessons: 1 of 2 · 50&nbsp;% · some of it made at home" in story
    assert "The whole course is completed by 0 of 2." in teacher.get(f"{base}/lessons").text
    Record(school).seen(person.id, "f" * 16, completed=True)
    story = teacher.get(f"{base}/people/{person.id}/story").text
    assert "completed · lessons: 2 of 2" in story
    assert "The clock of the box was not sure then." in story
    assert "The whole course is completed by 1 of 2." in teacher.get(f"{base}/lessons").text


def test_the_spreadsheet_says_what_was_made_at_home_and_how_sure_the_clock_was(
    teacher: Browser, fifth: SchoolClass, home: tuple[Person, str]
) -> None:
    base = f"/classes/{fifth.id}"
    answer = teacher.post(f"{base}/results.xlsx", page=f"{base}/lessons")
    by_course, each = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    rows = list(by_course.values)
    assert rows[1] == ("Зарина", 1, 0, "completed, made at home", 50)
    heading, *lines = each.values
    (line,) = (dict(zip(heading, line, strict=True)) for line in lines)
    assert (line["Name"], line["Lesson"], line["How far"]) == ("Зарина", "Рангҳо", "completed")
    assert (line["Points, %"], line["Tries"], line["Made at home"]) == (50, 1, "yes")
    assert (line["Points at school, %"], line["With the file from home of"]) == (None, "Фаррух")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", str(line["Last worked on"]))
    assert (line["Clock was sure"], line["Clock was sure then"]) == ("no", "no")


@pytest.mark.parametrize("sure", [True, False])
def test_each_time_says_whether_the_clock_was_sure(
    teacher: Browser, config: Config, fifth: SchoolClass, stuck: tuple[Person, str], sure: bool
) -> None:
    person, quiz = stuck
    with open_school(config).transaction() as connection:
        for table in ("progress", "try"):
            connection.execute(f"UPDATE {table} SET clock_sure = ?", (sure,))
    base = f"/classes/{fifth.id}"
    for path in ("help", f"people/{person.id}/story", f"people/{person.id}/tries/{quiz}"):
        page = teacher.get(f"{base}/{path}").text
        assert ("The clock of the box was not sure then." in page) is not sure, path


def test_the_story_says_why_a_lesson_done_at_home_leaves_a_course_open(
    teacher: Browser, config: Config, fifth: SchoolClass, home: tuple[Person, str]
) -> None:
    person, quiz = home
    lessons = (CourseLesson("l1", "Рангҳо", quiz), CourseLesson("l2", "Об", "o" * 16))
    course = Course("colours", (Unit(lessons),), certificate=True)
    Courses(open_school(config)).open(person.id, "c" * 16, course, "Табиат", {})
    story = f"/classes/{fifth.id}/people/{person.id}/story"
    why = "Done at home; counts for the certificate once it is done at school:"
    page = teacher.get(story).text
    assert "lessons: 0 of 2" in page
    assert re.search(rf"{why} <bdi>Рангҳо</bdi>\s*<", page)
    record = Record(open_school(config))
    record.result(person.id, quiz, 1.0, True)
    page = teacher.get(story).text
    assert "lessons: 1 of 2" in page
    assert why not in page


def test_more_who_need_help_than_fit_on_a_page_are_counted_and_can_be_reached(
    teacher: Browser, config: Config, fifth: SchoolClass, stuck: tuple[Person, str]
) -> None:
    person, _ = stuck
    help_page = f"/classes/{fifth.id}/help"
    assert "The others are on the other pages." not in teacher.get(help_page).text
    with open_school(config).transaction() as connection:
        for number in range(60):
            one = Progress(LearningState.NEEDS_HELP, touched="2020-01-01T00:00:00Z")
            write_progress(connection, person.id, f"{number:016}", one)
    first, second = teacher.get(help_page).text, teacher.get(f"{help_page}?page=2").text
    assert "Shown: 1 to 50 of 61. The others are on the other pages." in first
    assert 'href="?page=2"' in first
    assert "Shown: 51 to 61 of 61." in second
    assert (first.count('<section class="card">'), second.count('<section class="card">')) == (
        50,
        11,
    )
    # The one that came last waits on the last page, with its question.
    assert "Осмон" in second
    assert "Осмон" not in first
    for page in ("3", "-1", "x"):
        assert teacher.get(f"{help_page}?page={page}").status_code == 200


def test_results_go_into_a_spreadsheet_in_which_names_are_texts(
    teacher: Browser, fifth: SchoolClass, stuck: tuple[Person, str]
) -> None:
    base = f"/classes/{fifth.id}"
    answer = teacher.post(f"{base}/results.xlsx", page=f"{base}/lessons")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    told = answer.headers["Content-Disposition"]
    assert told.startswith(f"attachment; filename=class-{fifth.id}.xlsx; filename*=UTF-8''")
    assert unquote(told).endswith("5А.xlsx")
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
