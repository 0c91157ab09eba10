# SPDX-License-Identifier: GPL-3.0-or-later
"""The first-run wizard: five steps, each kept as soon as it is done."""

from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.school.activity import Action
from appliance.school.staff import (
    AlreadySetUpError,
    NameTakenError,
    NewMember,
    Role,
    StaffMember,
)
from webapp.admin.answer import tell
from webapp.admin.forms.account import NAME_TAKEN, FirstAccountForm, good_pair
from webapp.admin.forms.school import HotspotForm, LanguageForm, SchoolForm
from webapp.admin.gate import signed_in
from webapp.admin.office import office
from webapp.admin.signing import begin_session

bp = Blueprint("wizard", __name__, url_prefix="/setup")

STEPS = ("language", "school", "account", "hotspot", "time")
_OTHER_WAS_QUICKER = N_(
    "Somebody else has just made the first account. If it was you on another phone, sign in here."
)
_SSID_BYTES = 32


@bp.get("")
def begin() -> ResponseReturnValue:
    """Go on where the wizard was left."""
    return redirect(url_for(f"wizard.{STEPS[min(g.settings.steps_done, len(STEPS) - 1)]}"))


@bp.route("/language", methods=["GET", "POST"])
def language() -> ResponseReturnValue:
    """Step 1: in which language the box speaks."""
    form = LanguageForm(request.form, language=g.language)
    if request.method == "POST" and form.validate():
        session["language"] = form.language.data
        if g.member is not None:
            office().staff.set_language(g.member.id, form.language.data)
        return _done("language", language=form.language.data)
    return _page("language", form)


@bp.route("/school", methods=["GET", "POST"])
def school() -> ResponseReturnValue:
    """Step 2: what the school is called."""
    form = SchoolForm(request.form, school_name=g.settings.school_name)
    if request.method == "POST" and form.validate():
        return _done("school", school_name=form.school_name.data)
    return _page("school", form)


@bp.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Step 3: the administrator's account; whoever makes it is signed in from then on."""
    if g.settings.steps_done < STEPS.index("account"):
        return begin()
    if g.member is not None:
        return _own_account(g.member)
    form = FirstAccountForm(request.form)
    if request.method == "POST" and form.accept(
        g.settings.school_name, form.name.data, form.display_name.data
    ):
        new = NewMember(
            name=form.name.data,
            display_name=form.display_name.data,
            role=Role.ADMINISTRATOR,
            language=g.language,
            password=form.password.data,
        )
        try:
            member = office().staff.add_first(new)
        except AlreadySetUpError:
            tell(_OTHER_WAS_QUICKER, "warning")
            return redirect(url_for("signing.sign_in"))
        begin_session(member)
        return _done("account")
    return _page("account", form)


@bp.route("/hotspot", methods=["GET", "POST"])
def hotspot() -> ResponseReturnValue:
    """Step 4: the name and password of the Wi-Fi."""
    form = HotspotForm(
        request.form,
        hotspot_name=g.settings.hotspot_name or _suggested_network(g.settings.school_name),
        hotspot_password=g.settings.hotspot_password,
    )
    if request.method == "POST" and form.validate():
        return _done(
            "hotspot",
            hotspot_name=form.hotspot_name.data,
            hotspot_password=form.hotspot_password.data,
        )
    return _page("hotspot", form)


@bp.route("/time", methods=["GET", "POST"])
def time() -> ResponseReturnValue:
    """Step 5: whether the clock is right. Setting it needs more than a web page may do."""
    if g.settings.steps_done < STEPS.index("time"):
        return begin()
    wrong = request.form.get("clock") == "wrong"
    if request.method == "POST" and (not wrong or "anyway" in request.form):
        if wrong:
            office().activity.note(signed_in(), Action.CLOCK_WRONG)
        office().settings.save(set_up=True, steps_done=len(STEPS))
        office().activity.note(signed_in(), Action.SET_UP)
        return redirect(url_for("home.welcome"))
    return _page("time", None, now=datetime.now(UTC), wrong=wrong)


def _own_account(member: StaffMember) -> ResponseReturnValue:
    """Step 3 again, by the person who made the account: the password may stay as it is."""
    form = FirstAccountForm(request.form, name=member.name, display_name=member.display_name)
    form.password.validators = form.again.validators = ()
    form.password.flags = form.again.flags = {}
    if request.method == "POST" and form.validate() and _new_password_is_good(form):
        try:
            office().staff.change(
                member.id,
                name=form.name.data,
                display_name=form.display_name.data,
                role=member.role,
            )
        except NameTakenError:
            form.name.errors = [NAME_TAKEN]
            return _page("account", form)
        if form.password.data:
            office().staff.set_password(member.id, form.password.data)
            begin_session(member)
        return _done("account")
    return _page("account", form)


def _new_password_is_good(form: FirstAccountForm) -> bool:
    names = (g.settings.school_name, form.name.data, form.display_name.data)
    return not form.password.data or good_pair(form.password, form.again, names)


def _done(step: str, **settings: str) -> ResponseReturnValue:
    """Keep what the step has brought, and go to the next one."""
    number = STEPS.index(step) + 1
    office().settings.save(**settings, steps_done=max(number, g.settings.steps_done))
    return redirect(url_for(f"wizard.{STEPS[number]}"))


def _page(step: str, form: object, **more: object) -> ResponseReturnValue:
    number = STEPS.index(step) + 1
    if number > g.settings.steps_done + 1:
        return begin()
    back = url_for(f"wizard.{STEPS[number - 2]}") if number > 1 else ""
    return render_template(
        f"wizard/{step}.html", form=form, number=number, count=len(STEPS), back=back, **more
    )


def _suggested_network(school_name: str) -> str:
    """The school's name, if phones can show it."""
    return school_name if len(school_name.encode()) <= _SSID_BYTES else "Maktab"
