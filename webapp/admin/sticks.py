# SPDX-License-Identifier: GPL-3.0-or-later
"""What sticks may bring, and the keys whose packs install by themselves."""

from collections.abc import Callable

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.content.policy import FromSticks
from appliance.language import N_
from appliance.school.pack_key import (
    KeyKnownError,
    KeyRevokedError,
    PackKey,
    Source,
    UnknownKeyError,
)
from webapp.admin import wording
from webapp.admin.answer import tell
from webapp.admin.forms.sticks import KeyForm, KeyNameForm, PolicyForm
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office

bp = Blueprint("sticks", __name__, url_prefix="/sticks")

_DECIDED = N_("This holds from now on.")
_ADDED = N_("Packs signed with the key of “%(name)s” install by themselves from now on.")
_KNOWN = N_("This key is trusted already.")
_REVOKED_BEFORE = N_("This key was revoked. It cannot be added again.")
_RENAMED = N_("The key has its new name.")
_REVOKED = N_("The key of “%(name)s” is revoked. Its packs do not install any more.")
_TRUSTED = N_("The key of “%(name)s” is trusted again.")
_REMOVED = N_("The key of “%(name)s” is removed.")
_NOT_KEPT = N_("This could not be kept: the disk is full or failing. Nothing was changed.")


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The rules, and every key."""
    form = PolicyForm(
        request.form if request.method == "POST" else None,
        from_sticks=g.settings.from_sticks.value,
        reports=g.settings.stick_reports,
    )
    if request.method == "POST" and form.validate():
        wanted = FromSticks(form.from_sticks.data)
        try:
            office().sticks.decide(signed_in(), wanted, reports=form.reports.data)
        except OSError:
            tell(_NOT_KEPT, "error")
        else:
            tell(_DECIDED)
        return redirect(url_for("sticks.show"))
    return render_template(
        "sticks/show.html",
        form=form,
        meanings=wording.FROM_STICKS_MEANINGS,
        keys=office().sticks.all(),
        name_of=name_of,
    )


@bp.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Trust a key that somebody brought."""
    form = KeyForm(request.form)
    if request.method == "POST" and (key := form.accept()):
        try:
            added = office().sticks.add(signed_in(), key, form.name.data)
        except KeyKnownError:
            form.key.errors = [_KNOWN]
        except KeyRevokedError:
            form.key.errors = [_REVOKED_BEFORE]
        except OSError:
            form.key.errors = [_NOT_KEPT]
        else:
            tell(_ADDED, name=added.name)
            return redirect(url_for("sticks.key", number=added.id))
    return render_template("sticks/add.html", form=form)


@bp.route("/key/<int:number>", methods=["GET", "POST"])
def key(number: int) -> ResponseReturnValue:
    """One key: its number to compare, its name, and what can be done with it."""
    known = _key(number)
    form = KeyNameForm(request.form, name=known.name)
    if request.method == "POST" and form.validate():
        name = form.name.data
        return _done(lambda: office().sticks.rename(signed_in(), number, name), _RENAMED)
    return render_template(
        "sticks/key.html",
        key=known,
        name=name_of(known),
        form=form,
        sources=wording.KEY_SOURCES,
        by_list=known.revoked_by == Source.LIST,
    )


@bp.route("/key/<int:number>/revoke", methods=["GET", "POST"])
def revoke(number: int) -> ResponseReturnValue:
    """Trust a key no more, after a question."""
    return _after_a_question(number, "revoke", office().sticks.revoke, _REVOKED)


@bp.route("/key/<int:number>/trust", methods=["GET", "POST"])
def trust(number: int) -> ResponseReturnValue:
    """Trust a key again that was revoked by hand, after a question."""
    return _after_a_question(number, "trust", office().sticks.trust_again, _TRUSTED)


@bp.route("/key/<int:number>/remove", methods=["GET", "POST"])
def remove(number: int) -> ResponseReturnValue:
    """Forget a key that is trusted, after a question."""
    return _after_a_question(number, "remove", office().sticks.remove, _REMOVED)


def name_of(key: PackKey) -> str:
    """What people call a key."""
    return key.name or gettext(N_("Key without a name"))


def _after_a_question(
    number: int, what: str, change: Callable[..., PackKey], told: str
) -> ResponseReturnValue:
    known = _key(number)
    if request.method == "GET":
        return render_template(f"sticks/{what}.html", key=known, name=name_of(known))
    return _done(lambda: change(signed_in(), number), told)


def _done(change: Callable[[], PackKey], told: str) -> ResponseReturnValue:
    try:
        changed = change()
    except KeyRevokedError:
        tell(_REVOKED_BEFORE, "error")
    except OSError:
        tell(_NOT_KEPT, "error")
    else:
        tell(told, name=name_of(changed))
    return redirect(url_for("sticks.show"))


def _key(number: int) -> PackKey:
    try:
        return office().sticks.key(number)
    except UnknownKeyError:
        abort(404)
