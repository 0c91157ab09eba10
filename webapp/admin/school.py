# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's settings, after the wizard."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.forms.school import SettingsForm
from webapp.admin.gate import signed_in
from webapp.admin.office import office

bp = Blueprint("school", __name__, url_prefix="/school")

_SAVED = N_("The settings are kept.")


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Name of the school, first language, network."""
    form = SettingsForm(request.form, obj=g.settings)
    if request.method == "POST" and form.validate():
        office().settings.save(**form.data)
        office().activity.note(signed_in(), Action.SCHOOL_CHANGED)
        tell(_SAVED)
        return redirect(url_for("school.show"))
    return render_template("school.html", form=form)
