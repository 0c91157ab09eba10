# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of a quiz: what to expect, one question a page, the result. No script is needed.

Whoever is in a class finds everything in the database, so reload, "back", another device and an
empty battery change nothing. A guest's sheet travels in the address.
"""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from appliance.content.quiz.quiz import Answer
from appliance.learning.answering import TryOverError
from appliance.learning.tries import NoTriesLeftError
from appliance.learning.try_row import Try, UnknownTryError
from webapp.portal.learning import learning
from webapp.portal.person import person
from webapp.portal.quiz_desk import Desk, desk, sheet_on
from webapp.portal.quiz_form import problem, typed
from webapp.portal.quiz_page import question_page, result_page, start_page
from webapp.portal.quiz_sheet import Sheet, guest_sheet, sheet_of

bp = Blueprint("quiz", __name__, url_prefix="/quiz")


@bp.get("/<item_id>")
def show(item_id: str) -> str:
    """What to expect, what was reached so far, and the way in."""
    on = desk(item_id)
    return start_page(on, sheet_on(on))


@bp.post("/<item_id>/start")
def start(item_id: str) -> ResponseReturnValue:
    """Begin, or go on where it was left."""
    on, who = desk(item_id), person()
    if on.item is None:  # a try that runs goes on without this door
        return redirect(on.address("show"), code=303)
    if who is None:
        return _go(on, guest_sheet(on.quiz, ""), 0)
    try:
        run = learning().tries.start(who.id, on.item_id, on.quiz, on.title)
    except NoTriesLeftError:
        return redirect(on.address("show"), code=303)
    return _go(on, sheet_of(on.quiz, run, learning().tries.responses(run.id)), 0)


@bp.get("/<item_id>/<int:place>")
def question(item_id: str, place: int) -> ResponseReturnValue:
    """A question, or how it was answered."""
    on = desk(item_id)
    sheet = sheet_on(on)
    if sheet is None:
        return redirect(on.address("show"))
    if not 1 <= place <= sheet.total or (sheet.is_over and place > len(sheet.marks)):
        return _go(on, sheet, 0)
    return question_page(on, sheet, place, again="again" in request.args)


@bp.post("/<item_id>/<int:place>")
def answer(item_id: str, place: int) -> ResponseReturnValue:
    """Take an answer; the page that follows says so only after it is on the disk."""
    on = desk(item_id)
    if person() is None and "try" in request.form:
        return render_template("learn/signed_out.html", desk=on), 403
    sheet = _sheet_of_form(on)
    if not 1 <= place <= sheet.total:
        abort(404)
    asked = sheet.question(place)
    given = typed(asked, request.form)
    hints = min(_number("hints") + ("hint" in request.form), len(asked.hints))
    missing = "" if "hint" in request.form else problem(asked, given)
    if missing or "hint" in request.form:
        return question_page(
            on, sheet, place, again=True, entered=given, hints=hints, problem=missing
        )
    if sheet.run is None:
        return question_page(on, sheet, place, entered=given, hints=hints, take=True)
    return _keep(on, sheet, sheet.run, place, given, hints)


def _keep(
    on: Desk, sheet: Sheet, run: Try, place: int, given: Answer, hints: int
) -> ResponseReturnValue:
    """Have an answer written down, and only then go on."""
    try:
        done = learning().tries.answer(
            run.id,
            sheet.question(place).id,
            given,
            hints,
            round_=sheet.round(place),
            seen=_number("seen"),
        )
    except TryOverError:
        return redirect(on.address("result", note="over"), code=303)
    if done.response.late:
        return redirect(on.address("result", note="late"), code=303)
    if done.repeated and done.response.answer != given:
        return redirect(on.address("question", place=place, note="already"), code=303)
    if on.quiz.feedback:
        return redirect(on.address("question", place=place), code=303)
    return _go(on, sheet_on(on) or sheet, place)


@bp.post("/<item_id>/finish")
def finish(item_id: str) -> ResponseReturnValue:
    """End a try with what was answered."""
    on = desk(item_id)
    sheet = _sheet_of_form(on)
    if sheet.run is not None:
        learning().tries.finish(sheet.run.id)
    return redirect(on.address("result", sheet), code=303)


@bp.get("/<item_id>/result")
def result(item_id: str) -> ResponseReturnValue:
    """What was reached, what to look at again; before the end: what is not answered yet."""
    on = desk(item_id)
    sheet = sheet_on(on)
    if sheet is None:
        return redirect(on.address("show"))
    return result_page(on, sheet)


def _go(on: Desk, sheet: Sheet, place: int) -> ResponseReturnValue:
    """On to the next question that is not answered, or to the result."""
    following = sheet.following(place)
    if not following:
        return redirect(on.address("result", sheet), code=303)
    return redirect(on.address("question", sheet, place=following), code=303)


def _sheet_of_form(on: Desk) -> Sheet:
    """The sheet that a form was made from: an older try than the last, perhaps."""
    who = person()
    if who is None:
        return guest_sheet(on.quiz, request.form.get("g", ""))
    tries = learning().tries
    try:
        run = tries.get(_number("try"), who.id)
    except UnknownTryError:
        abort(404)
    if run.item_id != on.item_id:
        abort(404)
    return sheet_of(on.quiz, run, tries.responses(run.id))


def _number(field: str) -> int:
    text = request.form.get(field, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0  # noqa: PLR2004 - fits into a column
