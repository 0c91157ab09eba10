# SPDX-License-Identifier: GPL-3.0-or-later
"""The first-run wizard: five steps, each kept as soon as it is done."""

from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentAbsentError,
    AgentError,
    ReadHotspot,
)
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState, HotspotTrouble
from appliance.language import N_
from appliance.school.activity import Action
from appliance.school.staff import (
    AlreadySetUpError,
    NameTakenError,
    NewMember,
    Role,
    StaffMember,
)
from webapp.admin import box_wording, network
from webapp.admin.answer import tell
from webapp.admin.box import reason
from webapp.admin.forms.account import NAME_TAKEN, FirstAccountForm, good_pair
from webapp.admin.forms.hotspot import PREFIX, NetworkForm
from webapp.admin.forms.school import LanguageForm, SchoolForm
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office
from webapp.admin.power import read_clock, set_clock, vouch_for_clock
from webapp.admin.signing import begin_session

bp = Blueprint("wizard", __name__, url_prefix="/setup")

STEPS = ("language", "school", "account", "time", "hotspot")
"""The network last: to follow its change takes the phone away from this page."""
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


@bp.route("/time", methods=["GET", "POST"])
def time() -> ResponseReturnValue:
    """Step 4: whether the clock is right. On the box it is set here, on a laptop it cannot be."""
    clock, _ = read_clock()
    said = request.form.get("clock", "")
    if g.settings.steps_done < STEPS.index("time"):
        return begin()
    if request.method == "POST" and clock and said == "set":
        return _done("time") if set_clock() else redirect(url_for("wizard.time", wrong=1))
    wrong = said == "wrong" or "wrong" in request.args
    if request.method == "POST" and (not wrong or "anyway" in request.form):
        if wrong:
            office().activity.note(signed_in(), Action.CLOCK_WRONG)
        elif clock:
            vouch_for_clock()
        return _done("time")
    return _page("time", None, now=datetime.now(UTC), wrong=wrong, clock=clock)


@bp.route("/hotspot", methods=["GET", "POST"])
def hotspot() -> ResponseReturnValue:
    """Step 5: the name and password of the Wi-Fi, shown once more before the network changes."""
    if g.settings.steps_done < STEPS.index("hotspot"):
        return begin()
    try:
        state = ask(office().config, ReadHotspot())
    except AgentError as exc:
        return _without_hotspot(reason(exc), absent=isinstance(exc, AgentAbsentError))
    if state.radio is None:
        return _without_hotspot(gettext(box_wording.HOTSPOT_TROUBLES[HotspotTrouble.NO_RADIO]))
    return _with_hotspot(state)


def _with_hotspot(state: HotspotState) -> ResponseReturnValue:
    form = NetworkForm(request.form, prefix=PREFIX, data=_suggested(state.settings))
    wanted = form.accept(state.settings) if request.method == "POST" else None
    if wanted is None:
        return _page("hotspot", form)
    if wanted == state.settings:
        return _finish()
    if "sure" not in request.form:
        return _page("network", form, network=wanted)
    _finish()
    return network.begin(wanted, state.settings)


def _without_hotspot(why: str, *, absent: bool = False) -> ResponseReturnValue:
    """Step 5 where there is nothing to ask; it keeps nobody from finishing."""
    if request.method == "POST":
        return _finish()
    return _page("hotspot", None, absent=absent, reason=why)


def _finish() -> ResponseReturnValue:
    office().settings.save(set_up=True, steps_done=len(STEPS))
    office().activity.note(signed_in(), Action.SET_UP)
    return redirect(url_for("home.welcome"))


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


def _page(template: str, form: object, **more: object) -> ResponseReturnValue:
    number = STEPS.index(request.endpoint.partition(".")[2]) + 1 if request.endpoint else 1
    if number > g.settings.steps_done + 1:
        return begin()
    back = url_for(f"wizard.{STEPS[number - 2]}") if number > 1 else ""
    return render_template(
        f"wizard/{template}.html", form=form, number=number, count=len(STEPS), back=back, **more
    )


def _suggested(now: HotspotSettings) -> dict[str, str]:
    """The network as it is; under the school's name, if phones show it, where it has none yet."""
    name: str = g.settings.school_name if now.name == HotspotSettings().name else now.name
    fits = len(name.encode()) <= _SSID_BYTES
    return {"name": name if fits else "Maktab", "password": now.password}
