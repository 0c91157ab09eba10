# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a class: with its code and a name, or with its code and three pictures."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.learning.classes import UnknownClassError
from appliance.learning.people import ClassFullError
from appliance.learning.person import Person, SchoolClass
from appliance.learning.person_name import NameTakenError, UnfitNameError, checked_name
from appliance.learning.picture_pin import LENGTH, PICTURES, read_pictures
from appliance.school.failures import TooManyTriesError
from webapp.portal.answer import remember_secret, wait_words
from webapp.portal.interface import gettext
from webapp.portal.library import library
from webapp.portal.person import person, sign_in, sign_out
from webapp.portal.places import forget

bp = Blueprint("join", __name__)

BROWSER = "class"
"""The cookie by which a browser of the class is known: guesses elsewhere do not make it wait."""

_NO_CLASS = N_("No class has this code. Look at the blackboard or at your card, and try again.")
_NO_NAME = N_("Please write your name.")
_NOT_LISTED = N_("The list of this class has no such name. Write it as your teacher does, or ask.")
_FULL = N_("This class is full. Tell your teacher.")
_TAKEN = N_("Another in the class has this name too. Write some more of yours.")
_NOT_RIGHT = N_("These are not somebody's pictures. Try again.")


@bp.get("/join")
def code() -> ResponseReturnValue:
    """Ask for the code of the class."""
    typed = request.args.get("code", "")
    if not typed:
        return render_template("join/code.html", problem="", typed="")
    found = _class_of(typed)
    return redirect(f"/join/{found.code}")


@bp.get("/join/<typed>")
def enter(typed: str) -> ResponseReturnValue:
    """The door of a class: who are you?"""
    found = _class_of(typed)
    return _door(found)


@bp.post("/join/<typed>")
def join(typed: str) -> ResponseReturnValue:
    """Sign in as one of the class, or join it."""
    found = _class_of(typed)
    return _by_pictures(found) if found.pictures else _by_name(found)


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Sign out."""
    response = redirect("/", code=303)
    sign_out(response)
    forget(response)
    return response


@bp.errorhandler(UnknownClassError)
def unknown(_: UnknownClassError) -> ResponseReturnValue:
    """Ask for the code once more."""
    typed = request.args.get("code", "")
    return render_template("join/code.html", problem=gettext(_NO_CLASS), typed=typed), 404


@bp.errorhandler(TooManyTriesError)
def wait(error: TooManyTriesError) -> ResponseReturnValue:
    """Say how long somebody has to wait who was wrong too often."""
    said = wait_words(error.seconds)
    answer = render_template("join/code.html", problem=said, typed="")
    return answer, 429, {"Retry-After": str(error.seconds)}


def _class_of(typed: str) -> SchoolClass:
    """The class of a code, which may be guessed at only slowly.

    Raises:
        UnknownClassError: there is none.
        TooManyTriesError: too many codes were wrong.
    """
    library().guesses.check(*_guesser())
    try:
        return library().classes.by_code(typed)
    except UnknownClassError:
        library().guesses.count_try(*_guesser())
        raise


def _guesser() -> tuple[str, str]:
    """The address that guesses are counted by, and the secret of its browser."""
    return request.remote_addr or "", request.cookies.get(BROWSER, "")


def _by_name(found: SchoolClass) -> ResponseReturnValue:
    try:
        name = checked_name(request.form.get("name", ""))
    except UnfitNameError:
        return _door(found, _NO_NAME)
    known = library().people.named(found.id, name)
    if known is not None:
        return _known_name(found, name, known)
    if not found.open:
        return _door(found, _NOT_LISTED, name=name)
    try:
        return _welcome(library().people.add(found.id, name, clock_sure=library().clock_sure()))
    except NameTakenError:  # by somebody who was a moment earlier
        return _door(found, _TAKEN, name=name)
    except ClassFullError:
        return _door(found, _FULL, name=name)


def _known_name(found: SchoolClass, name: str, known: Person) -> ResponseReturnValue:
    """Two people may have one name: ask before somebody works in the other's place."""
    who = request.form.get("who", "")
    if who == "me":
        return _welcome(known)
    if who == "another":
        free = library().people.free_name(found.id, known.name)
        return _door(found, _TAKEN, name=name, suggested=free)
    return render_template("join/sure.html", school_class=found, known=known, picked="")


def _by_pictures(found: SchoolClass) -> ResponseReturnValue:
    picked = read_pictures(f"{request.form.get('picked', '')} {request.form.get('pick', '')}")
    if len(picked) < LENGTH:
        return _door(found, picked=picked)
    library().guesses.count_try(*_guesser(), found.id)
    known = library().people.with_pictures(found.id, " ".join(picked))
    if known is None:
        return _door(found, _NOT_RIGHT)
    library().guesses.forgive(*_guesser(), found.id)
    if request.form.get("who") == "me":
        return _welcome(known)
    return render_template(
        "join/sure.html", school_class=found, known=known, picked=" ".join(picked)
    )


def _welcome(known: Person) -> ResponseReturnValue:
    """Sign in, and go to the own page."""
    response = redirect("/my", code=303)
    own = request.form.get("own") == "1"
    # What was read on one's own phone before it was signed in stays; on a tablet it was anybody.
    if not own or person() is not None:
        forget(response)
    sign_in(response, known.id, own=own)
    secret = library().guesses.remember(known.class_id, request.cookies.get(BROWSER, ""))
    remember_secret(response, BROWSER, secret)
    return response


def _door(
    found: SchoolClass,
    problem: str = "",
    *,
    name: str = "",
    suggested: str = "",
    picked: tuple[str, ...] = (),
) -> str:
    return render_template(
        "join/pictures.html" if found.pictures else "join/name.html",
        school_class=found,
        problem=gettext(problem) if problem else "",
        name=name,
        suggested=suggested,
        picked=picked,
        pictures=PICTURES,
        own=request.form.get("own") == "1",
    )
