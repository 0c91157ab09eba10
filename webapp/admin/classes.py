# SPDX-License-Identifier: GPL-3.0-or-later
"""The classes, as teachers manage them."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.content.catalog_row import Card
from appliance.content.filters import Filters
from appliance.content.item import Kind
from appliance.errors import UnknownItemError
from appliance.language import N_
from appliance.learning.person import SchoolClass
from appliance.learning.person_name import NameTakenError, UnfitNameError
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.class_cards import join_code
from webapp.admin.forms.school_class import CLASS_TAKEN, UNFIT, ClassForm, values_of
from webapp.admin.gate import signed_in
from webapp.admin.office import office

bp = Blueprint("classes", __name__, url_prefix="/classes")

_MADE = N_("The class “%(name)s” is there. Write its code on the blackboard, or print cards.")
_SAVED = N_("The class “%(name)s” is changed.")
_NEW_CODE = N_("“%(name)s” has a new code. The old one does not work any more.")
_GIVEN = N_("The class “%(name)s” has this now.")
_REMOVED = N_("The class “%(name)s” is deleted. Below it can be brought back.")
_BACK = N_("The class “%(name)s” is back, with its people and all they did.")
_NAMESAKE = N_("Another class is called “%(name)s” now. Rename that one first.")
_ERASED = N_("The class “%(name)s” and all that its people did is deleted for good.")

_MOST_OFFERED = 60
_LESSONS = (Kind.COURSE, Kind.QUIZ)


@bp.get("")
def everything() -> ResponseReturnValue:
    """Every class, and those that can be brought back."""
    return render_template(
        "classes/everything.html",
        classes=office().classes.all(),
        removed=office().classes.removed(),
        counts=office().people.counts(),
    )


@bp.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Make a class."""
    form = ClassForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            made = office().classes.add(form.new_class(), clock_sure=office().clock_sure())
        except NameTakenError:
            form.name.errors = [CLASS_TAKEN]
        except UnfitNameError:
            form.name.errors = [UNFIT]
        else:
            return _done(Action.CLASS_ADDED, made, _MADE)
    return render_template("classes/add.html", form=form)


@bp.get("/<int:class_id>")
def show(class_id: int) -> ResponseReturnValue:
    """A class: its code, its people, what was given to it."""
    known = office().classes.get(class_id)
    return render_template(
        "classes/show.html",
        known=known,
        code=join_code(known),
        people=office().people.all(class_id),
        pictures=office().people.pictures(class_id),
        given=[_shown(item_id) for item_id in known.items],
    )


@bp.route("/<int:class_id>/edit", methods=["GET", "POST"])
def edit(class_id: int) -> ResponseReturnValue:
    """Change what is said of a class."""
    known = office().classes.get(class_id)
    form = ClassForm(request.form, data=values_of(known))
    if request.method == "POST" and form.validate():
        try:
            changed = office().classes.change(class_id, form.new_class())
        except NameTakenError:
            form.name.errors = [CLASS_TAKEN]
        except UnfitNameError:
            form.name.errors = [UNFIT]
        else:
            if changed.pictures:
                office().people.draw_pictures(class_id)
            return _done(Action.CLASS_CHANGED, changed, _SAVED)
    return render_template("classes/edit.html", form=form, known=known)


@bp.post("/<int:class_id>/code")
def new_code(class_id: int) -> ResponseReturnValue:
    """Another code, because the old one got about."""
    return _done(Action.CLASS_CODE, office().classes.new_code(class_id), _NEW_CODE)


@bp.route("/<int:class_id>/give", methods=["GET", "POST"])
def give(class_id: int) -> ResponseReturnValue:
    """Choose courses and quizzes for a class."""
    known = office().classes.get(class_id)
    if request.method == "POST":
        chosen = [item_id for item_id in request.form.getlist("item") if _shown(item_id)[1]]
        kept = [item_id for item_id in known.items if item_id in chosen]
        added = [item_id for item_id in chosen if item_id not in kept]
        changed = office().classes.give(class_id, [*kept, *added])
        return _done(Action.CLASS_GIVEN, changed, _GIVEN)
    words = request.args.get("q", "").strip()[:100]
    return render_template(
        "classes/give.html",
        known=known,
        given=[_shown(item_id) for item_id in known.items],
        offered=[card for card in _offered(words) if card.id not in known.items],
        words=words,
    )


@bp.route("/<int:class_id>/delete", methods=["GET", "POST"])
def delete(class_id: int) -> ResponseReturnValue:
    """Delete a class, after a question; it can be brought back."""
    known = office().classes.get(class_id)
    if request.method == "GET":
        count = office().people.counts().get(class_id, 0)
        return render_template("classes/delete.html", known=known, count=count)
    office().classes.remove(class_id)
    office().activity.note(signed_in(), Action.CLASS_REMOVED, name=known.name)
    tell(_REMOVED, name=known.name)
    return redirect(url_for("classes.everything"))


@bp.post("/<int:class_id>/restore")
def restore(class_id: int) -> ResponseReturnValue:
    """Bring a deleted class back."""
    try:
        back = office().classes.restore(class_id)
    except NameTakenError as exc:
        tell(_NAMESAKE, "error", name=str(exc))
        return redirect(url_for("classes.everything"))
    return _done(Action.CLASS_RESTORED, back, _BACK)


@bp.route("/<int:class_id>/erase", methods=["GET", "POST"])
def erase(class_id: int) -> ResponseReturnValue:
    """Delete a class for good, after a question."""
    known = office().classes.get_removed(class_id)
    if request.method == "GET":
        return render_template("classes/erase.html", known=known)
    office().eraser.school_class(class_id)
    office().activity.note(signed_in(), Action.CLASS_ERASED, name=known.name)
    tell(_ERASED, name=known.name)
    return redirect(url_for("classes.everything"))


def _done(action: Action, known: SchoolClass, said: str) -> ResponseReturnValue:
    office().activity.note(signed_in(), action, name=known.name)
    tell(said, name=known.name)
    return redirect(url_for("classes.show", class_id=known.id))


def _shown(item_id: str) -> tuple[str, str]:
    """The id of an item and its title; no title where it is not on the shelf any more."""
    try:
        return item_id, office().catalog.get(item_id).title_in(g.language)
    except UnknownItemError:
        return item_id, ""


def _offered(words: str) -> list[Card]:
    """What can be given: courses, then quizzes; whatever words find, for any item is a lesson."""
    sorts = [Filters(words=words)] if words else [Filters(kinds=(kind,)) for kind in _LESSONS]
    found = [office().catalog.cards(filters, limit=_MOST_OFFERED) for filters in sorts]
    return [card for cards in found for card in cards][:_MOST_OFFERED]
