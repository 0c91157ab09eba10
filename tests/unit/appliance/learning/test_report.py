# SPDX-License-Identifier: GPL-3.0-or-later
"""What teachers see of a class that has worked."""

import io

import openpyxl
import pytest

from appliance.content.quiz.quiz import Accepted, Option, Question, QuestionType, Quiz
from appliance.database import Database
from appliance.learning.former import take_formers
from appliance.learning.people import People
from appliance.learning.person import Person, SchoolClass
from appliance.learning.progress import Progress, write_progress
from appliance.learning.record import Record
from appliance.learning.report import Reports
from appliance.learning.result_book import BookSheet, make_book
from appliance.learning.state import LearningState
from appliance.learning.tries import Tries

FILM, QUIZ, OLD = "f" * 16, "q" * 16, "p" * 16
QUESTIONS = Quiz(
    questions=(
        Question(
            "colour",
            QuestionType.CHOICE,
            "Осмон чӣ ранг дорад?",
            options=(Option("a", "кабуд", credit=1), Option("b", "сурх"), Option("c", "сабз")),
        ),
        Question(
            "legs", QuestionType.NUMBER, "Гурба чанд по дорад?", accepted=(Accepted(value=4),)
        ),
    ),
    feedback=True,
)


@pytest.fixture
def trio(people: People, fifth: SchoolClass) -> list[Person]:
    people.add_all(fifth.id, ["Алӣ", "Вали", "Зарина"], clock_sure=True)
    return people.all(fifth.id)


@pytest.fixture
def reports(school: Database) -> Reports:
    return Reports(school)


def _answer(school: Database, person: Person, colour: str, legs: str) -> None:
    tries = Tries(school)
    run = tries.start(person.id, QUIZ, QUESTIONS, "Санҷиш")
    tries.answer(run.id, "colour", (colour,))
    tries.answer(run.id, "legs", (legs,))
    tries.finish(run.id)


def test_a_class_against_its_lessons(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    ali, vali, zarina = trio
    record = Record(school)
    record.seen(ali.id, FILM, share=0.4)
    record.seen(vali.id, FILM, completed=True)
    _answer(school, vali, "a", "4")
    rows = reports.grid(trio, [FILM, QUIZ, "n" * 16])
    assert [row.person for row in rows] == [ali, vali, zarina]
    states = [[mark.state for mark in row.marks] for row in rows]
    none = LearningState.NOT_STARTED
    assert states == [
        [LearningState.IN_PROGRESS, none, none],
        [LearningState.COMPLETED, LearningState.COMPLETED, none],
        [none, none, none],
    ]
    assert rows[1].marks[1].best == 1.0
    assert rows[1].count(LearningState.COMPLETED) == 2


def test_what_was_done_with_a_former_edition_counts(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    record = Record(school)
    record.seen(trio[0].id, OLD, completed=True)
    record.seen(trio[0].id, FILM, share=0.1)
    take_formers(school, {OLD: FILM})
    (row, *_) = reports.grid(trio, [FILM])
    assert row.marks[0].state is LearningState.COMPLETED


def test_wrong_answers_and_whose_they_are(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    ali, vali, zarina = trio
    _answer(school, ali, "b", "4")
    _answer(school, vali, "b", "3")
    _answer(school, zarina, "a", "4")
    colour, legs = reports.questions(trio, QUIZ)
    assert (colour.question_id, colour.right, colour.wrong_count) == ("colour", 1, 2)
    assert colour.wrong == ((("b",), (ali, vali)),)
    assert legs.wrong == ((("3",), (vali,)),)
    # Another class sees nothing of it.
    assert reports.questions([], QUIZ) == []


def test_who_needs_help_with_which_question(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    tries = Tries(school)
    run = tries.start(trio[1].id, QUIZ, QUESTIONS, "Санҷиш")
    for number in range(4):
        tries.answer(run.id, "colour", ("bc"[number % 2],))
    (need,) = reports.in_need(trio, offset=0, limit=10)
    assert (need.person, need.item_id, need.questions) == (trio[1], QUIZ, ("colour",))
    (line,) = reports.story(trio[1].id)
    assert line.mark.state is LearningState.NEEDS_HELP
    (told,) = reports.tries(trio[1].id, QUIZ)
    assert told.answers == (("colour", ("b",), False),)
    assert told.finished == ""


def test_the_last_try_says_what_is_wrong_the_commonest_first(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    tries = Tries(school)
    wrong_in_all = {"vali": ("legs", "legs", "colour"), "ali": ("colour",)}
    for person, last in zip(trio[:2], wrong_in_all.values(), strict=True):
        first = tries.start(person.id, QUIZ, QUESTIONS, "Санҷиш")
        for number in range(4):
            tries.answer(first.id, "colour", ("bc"[number % 2],))
        tries.finish(first.id)
        run = tries.start(person.id, QUIZ, QUESTIONS, "Санҷиш")
        for number, question in enumerate(last):
            tries.answer(run.id, question, (str(10 + number) if question == "legs" else "b",))
    found = {one.person: one.questions for one in reports.in_need(trio, offset=0, limit=10)}
    assert found == {trio[0]: ("legs", "colour"), trio[1]: ("colour",)}


def test_many_who_need_help_come_in_pages_and_all_at_one_price(
    school: Database, reports: Reports, trio: list[Person]
) -> None:
    items = [f"{number:016}" for number in range(30)]
    with school.transaction() as connection:
        for person in trio:
            for item in items:
                write_progress(connection, person.id, item, Progress(LearningState.NEEDS_HELP))
    assert reports.count_in_need(trio) == 90
    assert reports.count_in_need(trio[:1]) == 30
    asked: list[str] = []
    school.connection.set_trace_callback(asked.append)
    pages = [reports.in_need(trio, offset=offset, limit=40) for offset in (0, 40, 80)]
    school.connection.set_trace_callback(None)
    assert [len(page) for page in pages] == [40, 40, 10]
    assert len({(one.person.id, one.item_id) for page in pages for one in page}) == 90
    assert len(asked) == 9


def test_hostile_names_stay_texts_in_a_workbook() -> None:
    names = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2", '=HYPERLINK("http://x")', "a\x0bb"]
    book = make_book([BookSheet("5А/Б: [а]*?", [["Ном", 1], *([name, 2.5] for name in names)])])
    read = openpyxl.load_workbook(io.BytesIO(book))
    cells = [row[0] for row in read.worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*names[:-1], "a b"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False]
    assert read.worksheets[0]["B2"].value == 2.5
