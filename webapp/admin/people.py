# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who may sign in, as an administrator manages them."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.school.activity import Action
from appliance.school.password import make_password
from appliance.school.staff import (
    LastAdministratorError,
    NameTakenError,
    NewMember,
    Role,
    StaffMember,
)
from webapp.admin import wording
from webapp.admin.answer import tell
from webapp.admin.forms.account import NAME_TAKEN, MemberForm
from webapp.admin.gate import signed_in
from webapp.admin.office import office

bp = Blueprint("people", __name__, url_prefix="/people")

_LAST = N_(
    "This is the only administrator who can sign in. Make somebody else an administrator first."
)
_SAVED = N_("The account of %(person)s is changed.")
_CLOSED = N_("%(person)s cannot sign in any more.")
_OPENED = N_("%(person)s can sign in again.")
_DELETED = N_("The account of %(person)s is deleted.")


@bp.get("")
def everybody() -> ResponseReturnValue:
    """Everybody who has an account."""
    return render_template("people/everybody.html", people=office().staff.all())


@bp.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Make an account; its first password is shown once, to be written down."""
    form = MemberForm(request.form)
    if request.method == "POST" and form.validate():
        password = make_password()
        new = NewMember(
            name=form.name.data,
            display_name=form.display_name.data,
            role=Role(form.role.data),
            language=g.settings.language,
            password=password,
            temporary=True,
        )
        try:
            member = office().staff.add(new)
        except NameTakenError:
            form.name.errors = [NAME_TAKEN]
        else:
            _note(Action.MEMBER_ADDED, member)
            return _slip(member, password)
    return render_template("people/add.html", form=form, meanings=wording.ROLE_MEANINGS)


@bp.route("/<int:member_id>", methods=["GET", "POST"])
def edit(member_id: int) -> ResponseReturnValue:
    """Change who somebody is and what they may do."""
    member = office().staff.get(member_id)
    form = MemberForm(
        request.form, display_name=member.display_name, name=member.name, role=member.role.value
    )
    if request.method == "POST" and form.validate():
        try:
            changed = office().staff.change(
                member_id,
                name=form.name.data,
                display_name=form.display_name.data,
                role=Role(form.role.data),
            )
        except NameTakenError:
            form.name.errors = [NAME_TAKEN]
        except LastAdministratorError:
            form.role.errors = [_LAST]
        else:
            _note(Action.MEMBER_CHANGED, changed)
            tell(_SAVED, person=changed.display_name)
            return redirect(url_for("people.everybody"))
    return render_template(
        "people/edit.html", form=form, member=member, meanings=wording.ROLE_MEANINGS
    )


@bp.post("/<int:member_id>/password")
def reset(member_id: int) -> ResponseReturnValue:
    """Give somebody who forgot it a new password; shown once, to be written down."""
    member = office().staff.get(member_id)
    password = make_password()
    office().staff.set_password(member_id, password, temporary=True)
    _note(Action.MEMBER_PASSWORD_RESET, member)
    return _slip(member, password)


@bp.post("/<int:member_id>/disable")
def disable(member_id: int) -> ResponseReturnValue:
    """Keep somebody from signing in, at once."""
    member = office().staff.get(member_id)
    try:
        office().staff.set_disabled(member_id, disabled=True)
    except LastAdministratorError:
        tell(_LAST, "error")
        return redirect(url_for("people.edit", member_id=member_id))
    _note(Action.MEMBER_DISABLED, member)
    tell(_CLOSED, person=member.display_name)
    return redirect(url_for("people.everybody"))


@bp.post("/<int:member_id>/enable")
def enable(member_id: int) -> ResponseReturnValue:
    """Let somebody sign in again."""
    member = office().staff.get(member_id)
    office().staff.set_disabled(member_id, disabled=False)
    _note(Action.MEMBER_ENABLED, member)
    tell(_OPENED, person=member.display_name)
    return redirect(url_for("people.everybody"))


@bp.route("/<int:member_id>/delete", methods=["GET", "POST"])
def delete(member_id: int) -> ResponseReturnValue:
    """Delete an account, after a question."""
    member = office().staff.get(member_id)
    if request.method == "GET":
        return render_template("people/delete.html", member=member)
    try:
        office().staff.delete(member_id)
    except LastAdministratorError:
        tell(_LAST, "error")
        return redirect(url_for("people.edit", member_id=member_id))
    _note(Action.MEMBER_DELETED, member)
    tell(_DELETED, person=member.display_name)
    return redirect(url_for("people.everybody"))


def _note(action: Action, member: StaffMember) -> None:
    office().activity.note(signed_in(), action, person=member.display_name)


def _slip(member: StaffMember, password: str) -> ResponseReturnValue:
    """The page with a password, which is nowhere else and is not shown again."""
    return render_template("people/slip.html", member=member, password=password)
