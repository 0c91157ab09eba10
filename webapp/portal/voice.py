# SPDX-License-Identifier: GPL-3.0-or-later
"""The sounds that the box makes of pages, questions and titles, to read them aloud."""

from flask import Blueprint, Response, abort

from appliance.content.item import Kind
from appliance.content.quiz.quiz import QuestionType
from appliance.content.voice import LANGUAGES, pieces
from webapp.portal.aloud import sound
from webapp.portal.course_desk import course_desk
from webapp.portal.interface import translations
from webapp.portal.library import library
from webapp.portal.quiz_desk import desk
from webapp.portal.quiz_voice import YES_AND_NO, texts
from webapp.portal.read_page import blocks

bp = Blueprint("voice", __name__)


@bp.get("/item/<item_id>/voice/<language>/<int:number>.mp3")
def page(item_id: str, language: str, number: int) -> Response:
    """A piece of a page."""
    shelf = library()
    item = shelf.item(item_id)
    if item.kind is not Kind.PAGE:
        abort(404)
    made = shelf.remembered(
        ("said", item.id), lambda: [one for block in blocks(shelf, item) for one in block.pieces]
    )
    return _piece(item.id, language, made, number)


@bp.get("/quiz/<item_id>/voice/<language>/<question_id>/<part>-<int:number>.mp3")
def question(item_id: str, language: str, question_id: str, part: str, number: int) -> Response:
    """A piece of a question: of its text, or of something to choose."""
    quiz = desk(item_id).quiz
    asked = next((one for one in quiz.questions if one.id == question_id), None)
    if asked is None or language not in LANGUAGES:
        abort(404)
    said = texts(asked).get(part, "")
    if part in YES_AND_NO and asked.type is QuestionType.TRUE_FALSE:
        said = translations(language).gettext(YES_AND_NO[part])
    return _piece(item_id, language, pieces(said), number)


@bp.get("/course/<item_id>/voice/<language>/<lesson_id>.mp3")
def title(item_id: str, language: str, lesson_id: str) -> Response:
    """The title of a lesson."""
    course = course_desk(item_id).course
    lesson = next((one for one in course.lessons if one.id == lesson_id), None)
    if lesson is None:
        abort(404)
    return _piece(item_id, language, pieces(lesson.title_in(language)), 0)


def _piece(owner: str, language: str, said: list[str] | tuple[str, ...], number: int) -> Response:
    if number >= len(said):
        abort(404)
    return sound(owner, language, said[number])
