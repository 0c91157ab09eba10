# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose certificates can be checked here: the keys of other schools, and this school's for them."""

import base64
import binascii

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.learning.certificate_school import (
    School,
    TooManySchoolsError,
    UnknownSchoolError,
    revoked_text,
    school_text,
    texts_of_schools,
)
from appliance.learning.certificate_seal import (
    CutSealError,
    ForgedSealError,
    NoSealError,
    fingerprint,
)
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office

bp = Blueprint("certificate_schools", __name__, url_prefix="/certificates/schools")

_TAKEN = N_("“%(name)s” is known here now.")
_REMOVED = N_("“%(name)s” is not known here any more.")
_PROBLEMS = {
    NoSealError: N_("This is no text of a school. It begins with CHASHMAKEY or CHASHMALIST."),
    CutSealError: N_("A part of the text is missing. Copy all of it."),
    ForgedSealError: N_("The signature of this text is not right. Nothing was taken."),
    UnknownSchoolError: N_("Add the key of this school first, then its list."),
    TooManySchoolsError: N_("So many schools are known that no more are taken."),
}


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """This school's key, and the schools that are known; take in another, or a list."""
    problem = ""
    if request.method == "POST":
        try:
            _take(request.form.get("text", ""), request.form.get("name", ""))
        except tuple(_PROBLEMS) as error:
            problem = gettext(_PROBLEMS[type(error)])
        else:
            return redirect(url_for("certificate_schools.show"))
    key = office().certificates.key()
    return render_template(
        "certificates/schools.html",
        own=school_text(g.settings.school_name, key),
        number=fingerprint(key.public_key().public_bytes_raw()),
        schools=[
            (one, base64.b32encode(one.key).decode("ascii")) for one in office().schools.all()
        ],
        problem=problem,
    )


@bp.get("/school.txt")
def file() -> Response:
    """This school's key and the list of what it revoked: all that others need, in one file."""
    key = office().certificates.key()
    texts = (
        school_text(g.settings.school_name, key),
        revoked_text(*office().revocations.listed(), key),
    )
    response = Response("\n".join((*texts, "")), mimetype="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="school.txt"'
    return response


@bp.post("/remove")
def remove() -> ResponseReturnValue:
    """Know a school no more."""
    try:
        known = office().schools.get(base64.b32decode(request.form.get("key", "")))
    except (UnknownSchoolError, binascii.Error, ValueError):
        abort(404)
    office().schools.remove(known.key)
    _note(Action.CERTIFICATE_SCHOOL_REMOVED, known)
    tell(_REMOVED, name=known.name)
    return redirect(url_for("certificate_schools.show"))


@bp.get("/revoked.txt")
def revoked() -> Response:
    """The signed list of what this school has revoked, for others."""
    serial, codes = office().revocations.listed()
    response = Response(
        revoked_text(serial, codes, office().certificates.key()) + "\n", mimetype="text/plain"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="revoked-certificates.txt"'
    return response


def _take(pasted: str, name: str) -> None:
    """Take in what schools gave: one text, or a file of the district with many.

    Raises:
        NoSealError, CutSealError, ForgedSealError, UnknownSchoolError, TooManySchoolsError: the
            first text that is wrong; those before it were taken.
    """
    texts = texts_of_schools(pasted)
    schools = {}
    for text in texts:
        taken = office().schools.take(text, name if len(texts) == 1 else "")
        if taken.key not in schools:
            _note(Action.CERTIFICATE_SCHOOL_ADDED, taken)
            tell(_TAKEN, name=taken.name)
        schools[taken.key] = taken


def _note(action: Action, school: School) -> None:
    office().activity.note(signed_in(), action, name=school.name, number=school.fingerprint)
