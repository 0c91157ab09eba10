# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a lesson home: what it will be, and the file itself.

A copy with a quiz is written down before its file is sent, by a form. The file has an address of
its own then, since phones fetch what they download once more, by themselves and without cookies.
"""

from typing import Any

import msgspec
from flask import (
    Blueprint,
    Response,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue

from appliance.errors import UnknownItemError
from appliance.language import UI_LANGUAGES
from appliance.learning.home_copies import HomeCopy, UnknownCopyError
from webapp.portal import take_home
from webapp.portal.answer import attachment
from webapp.portal.home_file import pieces
from webapp.portal.home_lesson import LARGEST, HomeLesson, home_lesson
from webapp.portal.interface import me
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person
from webapp.portal.within import within

bp = Blueprint("home_copy", __name__, url_prefix="/home")


@bp.get("/<item_id>")
def show(item_id: str) -> str:
    """What the file will hold, and how its result comes back."""
    item = library().item(item_id)
    lesson = home_lesson(item_id, within())
    return render_template(
        "learn/home.html", item=item, lesson=lesson, within=within(), largest=LARGEST
    )


@bp.post("/<item_id>")
def make(item_id: str) -> ResponseReturnValue:
    """Write the copy down, and send the browser to its file."""
    lesson, query = home_lesson(item_id, within()), dict[str, Any](within().query)
    if lesson.is_empty or lesson.is_too_large:
        return redirect(request.full_path.rstrip("?"), code=303)
    if lesson.quiz is not None and lesson.quiz_item is not None:
        title = lesson.quiz_item.title_in(me.language)
        who = person()
        copy = learning().homes.make(
            lesson.quiz_item.id, lesson.quiz, title, person_id=who.id if who else None
        )
        query["copy"] = copy.address
    query["language"] = me.language
    return redirect(url_for("home_copy.file", item_id=item_id, **query), code=303)


@bp.get("/<item_id>/lesson.html")
def file(item_id: str) -> ResponseReturnValue:
    """The file."""
    _speak(request.args.get("language", ""))
    lesson = home_lesson(item_id, within())
    if lesson.is_empty or lesson.is_too_large:
        raise UnknownItemError(item_id)
    copy, query = _copy(lesson), dict[str, Any](within().query)
    if lesson.quiz is not None and copy is None:
        # The lesson is another now than when the file was asked for.
        return redirect(url_for("home_copy.show", item_id=item_id, **query))
    response = Response(stream_with_context(pieces(lesson, copy)), mimetype="text/html")
    name = take_home.file_name(lesson.title, item_id, ".html")
    response.headers["Content-Disposition"] = attachment(name)
    return response


def _copy(lesson: HomeLesson) -> HomeCopy | None:
    try:
        copy = learning().homes.at(request.args.get("copy", ""))
    except UnknownCopyError:
        return None
    return copy if lesson.quiz_item is not None and copy.item_id == lesson.quiz_item.id else None


def _speak(language: str) -> None:
    """Make the rest of the answer in the language that the address names."""
    if language in UI_LANGUAGES:
        g.visitor = msgspec.structs.replace(g.visitor, language=language)
