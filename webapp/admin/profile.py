# SPDX-License-Identifier: GPL-3.0-or-later
"""The own account."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.school.activity import Action
from appliance.school.failures import TooManyTriesError
from webapp.admin.answer import tell
from webapp.admin.forms.account import WRONG_PASSWORD, OwnPasswordForm
from webapp.admin.gate import signed_in
from webapp.admin.office import office
from webapp.admin.signing import begin_session

bp = Blueprint("profile", __name__, url_prefix="/profile")

_CHANGED = N_("Your password is changed. Everywhere else you are signed out.")
_WAIT = N_("Too many wrong tries. Wait some minutes, then try again.")


@bp.get("")
def show() -> ResponseReturnValue:
    """Who I am here, and what I may do."""
    return render_template("profile.html")


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Choose another password; every other session ends."""
    member = signed_in()
    form = OwnPasswordForm(request.form)
    names = (g.settings.school_name, member.name, member.display_name)
    if request.method == "POST" and form.accept(*names):
        address = request.remote_addr or "unknown"
        try:
            office().limits.count_try(member.name, address)
        except TooManyTriesError:
            form.old.errors = [_WAIT]
            return render_template("password.html", form=form), 403
        if office().staff.has_password(member.id, form.old.data):
            office().limits.forget(member.name, address)
            office().staff.set_password(member.id, form.password.data)
            begin_session(member)
            office().activity.note(member, Action.PASSWORD_CHANGED)
            tell(_CHANGED)
            return redirect(url_for("profile.show"))
        form.old.errors = [WRONG_PASSWORD]
    return render_template("password.html", form=form)
