# SPDX-License-Identifier: GPL-3.0-or-later
"""A course: its page, and its lessons one after the other."""

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from appliance.content.item import Item, Kind
from webapp.portal.course_desk import CourseDesk, course_desk, own_certificate
from webapp.portal.course_tile import tiles
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person
from webapp.portal.places import Place, clean_place, keep
from webapp.portal.read import READERS
from webapp.portal.reading import SELF_TOLD, catch_up, keep_place, start_place

bp = Blueprint("course", __name__, url_prefix="/course")


@bp.get("/<item_id>")
def show(item_id: str) -> str:
    """The units and lessons of a course, and where to go on."""
    desk = course_desk(item_id)
    catch_up([item for item in desk.items.values() if item is not None])
    standing, guest = desk.standing(), not person()
    if desk.is_little:
        return render_template(
            "learn/course_little.html",
            desk=desk,
            standing=standing,
            guest=guest,
            tiles=tiles(desk, standing),
        )
    certificate, may_have = own_certificate(desk, standing)
    return render_template(
        "learn/course.html",
        desk=desk,
        standing=standing,
        guest=guest,
        certificate=certificate,
        may_have=may_have,
    )


@bp.get("/<item_id>/<lesson_id>")
def lesson(item_id: str, lesson_id: str) -> ResponseReturnValue:
    """A lesson in its reader, with the way back to the course and on to the next lesson."""
    desk = course_desk(item_id)
    item = _lesson_item(desk, lesson_id)
    here = desk.standing().lessons[lesson_id]
    if not here.is_open and person():
        return render_template("learn/locked.html", desk=desk, here=here), 403
    if item.kind is Kind.QUIZ:
        return redirect(f"/quiz/{item.id}?in={desk.item.id}.{lesson_id}")
    if item.kind is Kind.COURSE:
        _lead_on(item)
        return redirect(f"/course/{item.id}")
    catch_up([item])
    asked = request.args.get("at")
    at = (start_place(item) or here.lesson.at) if asked is None else clean_place(asked)
    opening = READERS[item.kind](library(), item, at)
    keep_place(item, opening.at)
    page = render_template(
        opening.template,
        item=item,
        at=opening.at,
        course=desk,
        here=desk.standing().lessons[lesson_id],
        before=desk.neighbour(lesson_id, -1),
        after=desk.neighbour(lesson_id, 1),
        tells_itself=item.kind in SELF_TOLD,
        **opening.facts,
    )
    response = make_response(page)
    keep(response, Place(item.id, opening.at))
    return response


@bp.get("/<item_id>/<lesson_id>/next")
def following(item_id: str, lesson_id: str) -> ResponseReturnValue:
    """The lesson after this one; after the last one the course."""
    desk = course_desk(item_id)
    _lesson_item(desk, lesson_id)
    after = desk.neighbour(lesson_id, 1)
    return redirect(desk.address(after.id if after else ""))


@bp.post("/<item_id>/<lesson_id>/done")
def done(item_id: str, lesson_id: str) -> ResponseReturnValue:
    """Somebody says that they have done a lesson that cannot tell by itself."""
    desk = course_desk(item_id)
    item = _lesson_item(desk, lesson_id)
    who = person()
    if who and item.kind not in SELF_TOLD and desk.standing().lessons[lesson_id].is_open:
        learning().record.seen(who.id, item.id, completed=True)
    after = desk.neighbour(lesson_id, 1)
    return redirect(desk.address(after.id if after else ""), code=303)


def _lead_on(item: Item) -> None:
    """A lesson that only leads to a course is done by whoever goes there.

    It has no page on which they could say so, and the two may lead to each other.
    """
    who = person()
    if who:
        learning().record.seen(who.id, item.id, completed=True)


def _lesson_item(desk: CourseDesk, lesson_id: str) -> Item:
    item = desk.items.get(lesson_id)
    if item is None:
        abort(404)
    return item
