# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of a class, as teachers manage them."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.learning.class_list import (
    ClassList,
    ListProblem,
    pasted_rows,
    read_class_list,
)
from appliance.learning.class_sheet import SheetUnreadableError, read_class_sheet
from appliance.learning.people import Added
from appliance.learning.person import Person, SchoolClass
from appliance.learning.person_name import NameTakenError, UnfitNameError
from appliance.learning.try_row import UnknownTryError
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.forms.school_class import PERSON_TAKEN, UNFIT, PeopleForm, PersonForm
from webapp.admin.gate import signed_in
from webapp.admin.interface import ngettext
from webapp.admin.office import office

bp = Blueprint("pupils", __name__, url_prefix="/classes/<int:class_id>")

_UNREADABLE = N_("This file cannot be read. Save the list as .xlsx or .csv, or paste the names.")
_NOBODY = N_("Write or paste at least one name, or choose a file.")
_RENAMED = N_("%(person)s is changed.")
_OTHER_PICTURES = N_("%(person)s has other pictures now. Print the card anew.")
_ANOTHER_TRY = N_("%(person)s may try once more.")
_ERASED = N_("Everything of %(person)s is deleted.")

PROBLEMS = {
    ListProblem.NO_NAME: N_("there is no name"),
    ListProblem.UNFIT: N_("this is too long, or has letters that cannot be shown"),
    ListProblem.TWICE: N_("stands in the list already, in row %(first)s"),
    ListProblem.TOO_MANY: N_("a list has at most 1,000 rows"),
    ListProblem.ABOVE: N_("stands above the heading"),
}


@bp.route("/people/add", methods=["GET", "POST"])
def add(class_id: int) -> ResponseReturnValue:
    """Take people into a class; what became of each row is told."""
    known = office().classes.get(class_id)
    form = PeopleForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            listed = _listed(form)
        except SheetUnreadableError:
            form.file.errors = [_UNREADABLE]
        else:
            if listed.names or listed.problems:
                return _taken(known, listed)
            form.names.errors = [_NOBODY]
    return render_template("pupils/add.html", form=form, known=known)


@bp.route("/people/<person_id>", methods=["GET", "POST"])
def edit(class_id: int, person_id: str) -> ResponseReturnValue:
    """Call somebody otherwise."""
    known, person = _of(class_id, person_id)
    form = PersonForm(request.form, name=person.name)
    if request.method == "POST" and form.validate():
        try:
            changed = office().people.rename(person_id, form.name.data)
        except NameTakenError:
            form.name.errors = [PERSON_TAKEN]
        except UnfitNameError:
            form.name.errors = [UNFIT]
        else:
            office().activity.note(signed_in(), Action.PUPIL_CHANGED, name=known.name)
            tell(_RENAMED, person=changed.name)
            return redirect(url_for("classes.show", class_id=class_id))
    pictures = office().people.pictures(class_id).get(person_id, ())
    return render_template(
        "pupils/edit.html", form=form, known=known, person=person, pictures=pictures
    )


@bp.post("/people/<person_id>/pictures")
def pictures(class_id: int, person_id: str) -> ResponseReturnValue:
    """Other pictures, because somebody has seen these."""
    known, person = _of(class_id, person_id)
    office().people.new_pictures(person_id)
    office().activity.note(signed_in(), Action.PUPIL_CHANGED, name=known.name)
    tell(_OTHER_PICTURES, person=person.name)
    return redirect(url_for("pupils.edit", class_id=class_id, person_id=person_id))


@bp.post("/people/<person_id>/tries/<item_id>/another")
def another_try(class_id: int, person_id: str, item_id: str) -> ResponseReturnValue:
    """One more try of a quiz for somebody who has used up theirs."""
    known, person = _of(class_id, person_id)
    try:
        given = office().tries.give_another(person_id, item_id)
    except UnknownTryError:
        abort(404)
    if given:
        office().activity.note(signed_in(), Action.TRY_GIVEN, name=known.name)
        tell(_ANOTHER_TRY, person=person.name)
    where = url_for("reports.tries", class_id=class_id, person_id=person_id, item_id=item_id)
    return redirect(where)


@bp.route("/people/<person_id>/delete", methods=["GET", "POST"])
def delete(class_id: int, person_id: str) -> ResponseReturnValue:
    """Delete somebody and everything of theirs, after a question."""
    known, person = _of(class_id, person_id)
    if request.method == "GET":
        return render_template("pupils/delete.html", known=known, person=person)
    office().eraser.person(person_id)
    office().activity.note(signed_in(), Action.PUPIL_ERASED, name=known.name)
    tell(_ERASED, person=person.name)
    return redirect(url_for("classes.show", class_id=class_id))


def _of(class_id: int, person_id: str) -> tuple[SchoolClass, Person]:
    """Somebody of a class, and the class.

    Raises:
        UnknownClassError: there is no such class.
        UnknownPersonError: nobody of it is this one.
    """
    return office().classes.get(class_id), office().people.of_class(class_id, person_id)


def _listed(form: PeopleForm) -> ClassList:
    """Who is named in the form, or in its file.

    Raises:
        SheetUnreadableError: the file is no spreadsheet.
    """
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return read_class_list(read_class_sheet(sent.filename, sent.stream.read()))
    return read_class_list(pasted_rows(form.names.data or ""))


def _taken(known: SchoolClass, listed: ClassList) -> ResponseReturnValue:
    names = [one.name for one in listed.names]
    added = office().people.add_all(known.id, names, clock_sure=office().clock_sure())
    count = len(added.people)
    if count:
        office().activity.note(signed_in(), Action.PUPILS_ADDED, name=known.name, count=count)
    if listed.problems or added.present or added.refused:
        return render_template(
            "pupils/added.html", known=known, listed=listed, added=added, problems=PROBLEMS
        )
    tell(_welcome(added))
    return redirect(url_for("classes.show", class_id=known.id))


def _welcome(added: Added) -> str:
    count = len(added.people)
    text = ngettext(
        "%(num)d person is in the class now.", "%(num)d people are in the class now.", count
    )
    return text % {"num": count}
