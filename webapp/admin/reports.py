# SPDX-License-Identifier: GPL-3.0-or-later
"""How a class learns: lessons, who needs help, one pupil, one question, and a spreadsheet."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from appliance.content.quiz.in_words import in_one_line, in_words, named, right_in_words
from appliance.content.quiz.quiz import Answer, Question, Quiz
from appliance.learning.person import Person, SchoolClass
from appliance.learning.report import QuestionCount
from appliance.learning.result_book import XLSX, BookFailedError, make_book
from appliance.learning.state import LearningState
from appliance.learning.try_row import UnknownTryError
from appliance.school.activity import Action
from webapp.admin.class_lessons import LessonList, lesson_lists, title_of
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office
from webapp.admin.paging import Paging
from webapp.admin.result_sheet import result_sheets
from webapp.admin.strip import HEIGHT, WIDTH, bars
from webapp.admin.wording import LEARNING

bp = Blueprint("reports", __name__, url_prefix="/classes/<int:class_id>")

_NEEDS = 50
"""On a page: a class of forty that is stuck everywhere has a thousand."""


@bp.get("/lessons")
def grid(class_id: int) -> ResponseReturnValue:
    """The class against the lessons of a course, on one screen of a phone."""
    known = office().classes.get(class_id)
    people = office().people.all(class_id)
    lists = lesson_lists(known)
    chosen = _chosen(lists, request.args.get("course", ""))
    lessons = chosen.lessons if chosen else ()
    rows = office().reports.grid(people, [lesson.item_id for lesson in lessons])
    totals = [
        {state: sum(row.marks[at].state is state for row in rows) for state in LearningState}
        for at in range(len(lessons))
    ]
    home = [sum(row.marks[at].at_home for row in rows) for at in range(len(lessons))]
    return render_template(
        "reports/grid.html",
        known=known,
        lists=lists,
        chosen=chosen,
        rows=[(row, bars(row.marks)) for row in rows],
        lessons=list(zip(lessons, totals, home, strict=True)),
        finished=office().reports.completed_courses(people, chosen.item_id)
        if chosen and chosen.item_id
        else None,
        size=(WIDTH, HEIGHT),
        states=LearningState,
    )


@bp.get("/help")
def needs(class_id: int) -> ResponseReturnValue:
    """Who needs help with what."""
    known = office().classes.get(class_id)
    reports, people = office().reports, office().people.all(class_id)
    paging = Paging.of(request.args.get("page", ""), reports.count_in_need(people), _NEEDS, ())
    found = reports.in_need(people, offset=paging.offset, limit=_NEEDS)
    items = {one.item_id: (title_of(one.item_id), _quiz(one.item_id)) for one in found}
    told = [
        (one, title, [(name, _question_text(quiz, name)) for name in one.questions])
        for one in found
        for title, quiz in [items[one.item_id]]
    ]
    return render_template("reports/needs.html", known=known, needs=told, paging=paging)


@bp.get("/lesson/<item_id>")
def lesson(class_id: int, item_id: str) -> ResponseReturnValue:
    """One lesson: where everybody is, and which questions went wrong."""
    known = office().classes.get(class_id)
    people = office().people.all(class_id)
    rows = office().reports.grid(people, [item_id])
    quiz = _quiz(item_id)
    return render_template(
        "reports/lesson.html",
        known=known,
        title=title_of(item_id),
        item_id=item_id,
        by_state={
            state: [row for row in rows if row.marks[0].state is state]
            for state in reversed(LearningState)
        },
        names=LEARNING,
        counts=[
            (count, _prompt(quiz, count)) for count in office().reports.questions(people, item_id)
        ],
    )


@bp.get("/lesson/<item_id>/question/<question_id>")
def question(class_id: int, item_id: str, question_id: str) -> ResponseReturnValue:
    """One question: what was answered wrongly, and by whom."""
    known = office().classes.get(class_id)
    counts = office().reports.questions(office().people.all(class_id), item_id)
    count = next((one for one in counts if one.question_id == question_id), None)
    if count is None:
        abort(404)
    quiz = _quiz(item_id)
    asked = _question(quiz, question_id)
    return render_template(
        "reports/question.html",
        known=known,
        item_id=item_id,
        title=title_of(item_id),
        count=count,
        prompt=_prompt(quiz, count),
        right=right_in_words(asked, gettext, g.language) if asked else [],
        wrong=[(_words(quiz, question_id, answer), people) for answer, people in count.wrong],
    )


@bp.get("/people/<person_id>/story")
def story(class_id: int, person_id: str) -> ResponseReturnValue:
    """What one pupil has done, the latest first."""
    known, person = _of(class_id, person_id)
    lines = office().reports.story(person_id)
    return render_template(
        "reports/story.html",
        known=known,
        person=person,
        lines=[(line, title_of(line.item_id)) for line in lines],
        courses=office().reports.courses(person_id),
        names=LEARNING,
    )


@bp.get("/people/<person_id>/tries/<item_id>")
def tries(class_id: int, person_id: str, item_id: str) -> ResponseReturnValue:
    """One pupil's tries of a quiz, with each answer."""
    known, person = _of(class_id, person_id)
    quiz = _quiz(item_id)
    return render_template(
        "reports/tries.html",
        known=known,
        person=person,
        title=title_of(item_id),
        item_id=item_id,
        spent=quiz is not None and office().tries.left(person_id, item_id, quiz) == 0,
        tries=[
            (
                run,
                [
                    (_question_text(quiz, question_id), _words(quiz, question_id, answer), is_right)
                    for question_id, answer, is_right in run.answers
                ],
            )
            for run in office().reports.tries(person_id, item_id)
        ],
    )


@bp.post("/results.xlsx")
def export(class_id: int) -> ResponseReturnValue:
    """All of it as a spreadsheet."""
    known = office().classes.get(class_id)
    sheets = result_sheets(known, office().people.all(class_id), lesson_lists(known))
    try:
        book = make_book(sheets)
    except BookFailedError:
        abort(500)
    office().activity.note(signed_in(), Action.CLASS_EXPORTED, name=known.name)
    response = Response(book, mimetype=XLSX)
    own = quote(f"{known.name}.xlsx", safe="")  # RFC 8187; old browsers take the other name
    names = {"filename": f"class-{known.id}.xlsx", "filename*": f"UTF-8''{own}"}
    response.headers.set("Content-Disposition", "attachment", **names)
    return response


def _of(class_id: int, person_id: str) -> tuple[SchoolClass, Person]:
    return office().classes.get(class_id), office().people.of_class(class_id, person_id)


def _chosen(lists: list[LessonList], item_id: str) -> LessonList | None:
    """The list that was asked for, else the first."""
    return next((one for one in lists if one.item_id == item_id), next(iter(lists), None))


def _quiz(item_id: str) -> Quiz | None:
    """The quiz as it was tried; nothing where another player asked the questions."""
    try:
        return office().tries.quiz(item_id)
    except UnknownTryError:
        return None


def _question(quiz: Quiz | None, question_id: str) -> Question | None:
    questions = quiz.questions if quiz else ()
    found = next((one for one in questions if one.id == question_id), None)
    return found and named(found)


def _question_text(quiz: Quiz | None, question_id: str) -> str:
    found = _question(quiz, question_id)
    return in_one_line(found) if found else question_id


def _prompt(quiz: Quiz | None, count: QuestionCount) -> str:
    return count.prompt or _question_text(quiz, count.question_id)


def _words(quiz: Quiz | None, question_id: str, answer: Answer) -> list[str]:
    found = _question(quiz, question_id)
    return in_words(found, answer, gettext) if found else list(answer)
