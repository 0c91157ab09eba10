# SPDX-License-Identifier: GPL-3.0-or-later
"""The page on which the code of a lesson at home is entered."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from appliance.errors import ApplianceError, UnknownItemError
from appliance.language import N_
from appliance.learning.home_code import MistypedCodeError
from appliance.learning.home_copies import (
    OtherSchoolError,
    SpentCodeError,
    UnfitCodeError,
)
from appliance.learning.person import Person
from appliance.school.failures import TooManyTriesError
from webapp.portal.answer import wait_words
from webapp.portal.interface import gettext
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person

bp = Blueprint("home_code", __name__)

_LONGEST = 80
_MISTYPED = N_("A letter or figure is not right. Compare each with what the file shows.")
_OTHER = N_("This code is of another school's file. It counts only there.")
_UNFIT = N_("No file of this school gives this code. Compare it once more.")
_SPENT_OWN = N_("This code was counted for you before. Nothing is lost.")
_SPENT = N_(
    "This code was counted for somebody else. Do the quiz in the file once more: you get a code of"
    " your own."
)


@bp.get("/my/code")
def ask() -> str:
    """Ask for the code; a guest is asked to join first."""
    return render_template("learn/home_code.html", problem="", typed="", counted=None)


@bp.post("/my/code")
def take() -> ResponseReturnValue:
    """Count a code for whoever is signed in."""
    who = person()
    if who is None:
        return redirect("/my/code", code=303)
    return _take(who, request.form.get("code", "")[:_LONGEST])


def _take(who: Person, typed: str) -> ResponseReturnValue:
    try:
        counted = learning().homes.count(who.id, typed)
    except (MistypedCodeError, OtherSchoolError, UnfitCodeError, SpentCodeError) as exc:
        return _refused(_reason(exc), typed, 422)
    except TooManyTriesError as exc:
        said = wait_words(exc.seconds)
        page, status = _refused(said, typed, 429)
        return page, status, {"Retry-After": str(exc.seconds)}
    return render_template(
        "learn/home_code.html",
        problem="",
        typed="",
        counted=counted,
        is_former=not _on_shelf(counted.item_id),
    )


def _refused(problem: str, typed: str, status: int) -> tuple[str, int]:
    page = render_template("learn/home_code.html", problem=problem, typed=typed, counted=None)
    return page, status


def _reason(error: ApplianceError) -> str:
    if isinstance(error, SpentCodeError):
        return gettext(_SPENT_OWN if error.own else _SPENT)
    if isinstance(error, MistypedCodeError):
        return gettext(_MISTYPED)
    return gettext(_OTHER if isinstance(error, OtherSchoolError) else _UNFIT)


def _on_shelf(item_id: str) -> bool:
    """Whether the quiz is still the one that was taken home."""
    try:
        library().item(item_id)
    except UnknownItemError:
        return False
    return True
