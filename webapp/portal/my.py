# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil's own page: where to go on, what was given to the class, what is done."""

import msgspec
from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from appliance.content.item import Item, Kind
from appliance.learning.course_record import CourseProgress
from appliance.learning.person import Person
from appliance.learning.progress import NOTHING, Progress
from appliance.learning.state import LearningState
from webapp.portal.learning import learning
from webapp.portal.library import Library, library
from webapp.portal.person import person

bp = Blueprint("my", __name__)

_LATEST = 40
_GO_ON = 4


class Line(msgspec.Struct, frozen=True):
    """An item, and how somebody is with it.

    Attributes:
        done, of: lessons of a course; 0 of 0 of everything else.
    """

    item: Item
    state: LearningState
    address: str
    share: float = 0.0
    done: int = 0
    of: int = 0
    touched: str = ""

    @property
    def is_done(self) -> bool:
        """It is completed."""
        return self.state is LearningState.COMPLETED


@bp.get("/my")
def show() -> ResponseReturnValue:
    """The page of whoever is signed in; a guest is asked to join."""
    who = person()
    if who is None:
        return redirect("/join")
    shelf = library()
    given = [line for item_id in _given(shelf, who) if (line := _line(shelf, who, item_id))]
    begun = [*_courses(shelf, who), *_latest(shelf, who)]
    begun.sort(key=lambda line: line.touched, reverse=True)
    return render_template(
        "learn/my.html",
        go_on=[line for line in begun if not line.is_done][:_GO_ON],
        given=given,
        done=[line for line in begun if line.is_done],
        certificates=learning().certificates.of_person(who.id),
    )


def _given(shelf: Library, who: Person) -> tuple[str, ...]:
    return shelf.classes.get(who.class_id).items


def _line(shelf: Library, who: Person, item_id: str) -> Line | None:
    item = shelf.item_or_heir(item_id)
    if item is None:
        return None
    if item.kind is Kind.COURSE:
        known = learning().courses.of_people([who.id], item.id).get(who.id)
        return _of_course(item, known) if known else _of_item(item, NOTHING)
    return _of_item(item, learning().record.progress(who.id, [item.id])[item.id])


def _courses(shelf: Library, who: Person) -> list[Line]:
    found = {}
    for known in learning().courses.of_person(who.id):
        item = shelf.item_or_heir(known.item_id)
        if item is not None and item.id not in found:
            found[item.id] = _of_course(item, known)
    return list(found.values())


def _latest(shelf: Library, who: Person) -> list[Line]:
    found = {}
    for item_id, progress in learning().record.latest(who.id, _LATEST).items():
        item = shelf.item_or_heir(item_id)
        if item is not None and item.id not in found and item.kind is not Kind.COURSE:
            found[item.id] = _of_item(item, progress)
    return list(found.values())


def _of_course(item: Item, known: CourseProgress) -> Line:
    share = known.done / known.required if known.required else 0.0
    return Line(item, known.state, _address(item), share, known.done, known.required, known.touched)


def _of_item(item: Item, progress: Progress) -> Line:
    return Line(item, progress.state, _address(item), progress.share, touched=progress.touched)


def _address(item: Item) -> str:
    doors = {Kind.COURSE: f"/course/{item.id}", Kind.QUIZ: f"/quiz/{item.id}"}
    return doors.get(item.kind, f"/item/{item.id}/read")
