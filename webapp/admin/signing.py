# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and out, and the language of the pages."""

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from appliance.language import N_, UI_LANGUAGES
from appliance.school.activity import Action
from appliance.school.failures import TooManyTriesError
from appliance.school.staff import StaffMember
from webapp.admin.answer import tell
from webapp.admin.forms.account import SignInForm
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office
from webapp.same_site import local_path

bp = Blueprint("signing", __name__)

_WRONG = N_("The name or the password is wrong. Look at the keyboard's language and try again.")
_SIGNED_OUT = N_("You are signed out.")
_MINUTE = 60
_YEAR = 365 * 24 * 3600
_BROWSER = "__Host-chashma-browser"


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    target = local_path(request.values.get("next", "/"))
    if g.member is not None:
        return redirect(target)
    form = SignInForm(request.form)
    problem, code = "", 200
    if request.method == "POST" and form.validate():
        member, problem = _authenticate(form.name.data, form.password.data)
        if member is not None:
            begin_session(member)
            office().activity.note(member, Action.SIGNED_IN)
            return _remember_browser(member, redirect(target))
        code = 403
    ended = "ended" in request.args
    page = render_template("sign_in.html", form=form, problem=problem, target=target, ended=ended)
    return page, code


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    member = signed_in()
    office().sessions.end(session["token"])
    session.clear()
    office().activity.note(member, Action.SIGNED_OUT)
    session["language"] = member.language
    tell(_SIGNED_OUT)
    return redirect(url_for("signing.sign_in"))


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Show the pages in another language from now on."""
    wanted = request.form.get("language")
    if wanted in UI_LANGUAGES:
        session["language"] = wanted
        if g.member is not None:
            office().staff.set_language(g.member.id, wanted)
    return redirect(local_path(request.form.get("next", "/")))


def begin_session(member: StaffMember) -> None:
    """Sign somebody in, with nothing left of what the browser's session was before."""
    session.clear()
    session["token"] = office().sessions.start(member.id)


def _remember_browser(member: StaffMember, response: Response) -> Response:
    """Let this browser sign in also while others guess at the person's password."""
    token = office().browsers.remember(member.id, request.cookies.get(_BROWSER, ""))
    response.set_cookie(
        _BROWSER, token, max_age=_YEAR, secure=True, httponly=True, samesite="Strict"
    )
    return response


def _authenticate(name: str, password: str) -> tuple[StaffMember | None, str]:
    """Who this is, or what to tell whoever it is."""
    address, browser = request.remote_addr or "unknown", request.cookies.get(_BROWSER, "")
    try:
        last_free_try = office().limits.count_try(name, address, browser)
    except TooManyTriesError as exc:
        return None, _wait(exc.seconds)
    member = office().staff.authenticate(name, password)
    if member is not None:
        office().limits.forget(name, address, browser)
        return member, ""
    if last_free_try:
        office().activity.note(None, Action.SIGN_IN_BLOCKED, name=name[:60], address=address)
    return None, gettext(_WRONG)


def _wait(seconds: int) -> str:
    if seconds < _MINUTE:
        words = ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    else:
        minutes = -(-seconds // _MINUTE)
        words = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return gettext("Too many wrong tries. Wait %(time)s, then try again.") % {"time": words}
