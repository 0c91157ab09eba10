# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates: one's own to print, and the check of any."""

import io
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from appliance.language import UI_LANGUAGES
from appliance.late_module import LateModule
from appliance.learning.certificate import (
    Certificate,
    NotCompletedError,
    UnknownCertificateError,
)
from appliance.learning.certificate_check import Verdict
from appliance.learning.certificate_code import read_code, spaced_code
from appliance.learning.certificate_ornament import svg
from appliance.learning.certificate_pdf import PDF, PdfBusyError, PdfFailedError, make_pdf
from appliance.learning.certificate_sheet import certificate_sheet, picture_text
from appliance.learning.certificate_words import FINDINGS, certificate_facts
from webapp.portal.answer import attachment
from webapp.portal.interface import gettext, me
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person

if TYPE_CHECKING:
    import segno
else:
    segno = LateModule("segno")

bp = Blueprint("certificate", __name__)

_DAY = 24 * 3600


@bp.get("/certificate")
def check() -> ResponseReturnValue:
    """Ask for a code or the text of a QR code, and say what is known of it."""
    typed = request.args.get("q", "")
    return _checked(typed)


@bp.get("/C/<path:text>")
def scanned(text: str) -> ResponseReturnValue:
    """What a phone's camera opens: the text of the QR code is an address of any box."""
    return _checked(text)


@bp.get("/certificate/frame.svg")
def frame() -> Response:
    """The ornament around a certificate."""
    response = Response(svg(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = f"private, max-age={_DAY}"
    return response


@bp.post("/my/certificate")
def get() -> ResponseReturnValue:
    """Whoever has completed a course gets its certificate."""
    who = person()
    if who is None:
        return redirect("/join", code=303)
    try:
        given = learning().certificates.issue(who.id, request.form.get("course", ""))
    except NotCompletedError:
        abort(404)
    return redirect(f"/my/certificate/{given.code}", code=303)


@bp.get("/my/certificate/<code>")
def show(code: str) -> ResponseReturnValue:
    """One's own certificate, as it is printed."""
    own = _own(code)
    language = _language()
    sheet = certificate_sheet(own, language, library().config.portal_url)
    return render_template(
        "certificate/show.html", own=own, sheet=sheet, language=language, code=code
    )


@bp.get("/my/certificate/<code>/picture.svg")
def picture(code: str) -> Response:
    """The QR code of one's own certificate."""
    text = picture_text(_own(code), library().config.portal_url)
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", scale=4, light="#fff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@bp.get("/my/certificate/<code>/certificate.pdf")
def pdf(code: str) -> ResponseReturnValue:
    """One's own certificate as a PDF."""
    own = _own(code)
    if own.revoked:
        abort(404)
    sheet = certificate_sheet(own, _language(), library().config.portal_url)
    try:
        made = make_pdf([sheet])
    except PdfBusyError:
        abort(503)
    except PdfFailedError:
        abort(500)
    response = Response(made, mimetype=PDF)
    response.headers["Content-Disposition"] = attachment(f"{sheet.heading} {sheet.code}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _own(code: str) -> Certificate:
    """A certificate of whoever is signed in; of others there is none."""
    who = person()
    if who is None:
        abort(404)
    try:
        found = learning().certificates.get(read_code(code))
    except UnknownCertificateError:
        abort(404)
    if found.person_id != who.id:
        abort(404)
    return found


def _language() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in UI_LANGUAGES else me.language


def _checked(typed: str) -> ResponseReturnValue:
    verdict: Verdict | None = None
    if typed.strip():
        if not learning().check_rate.allows(request.remote_addr or ""):
            abort(429)
        verdict = learning().checks.check(typed)
    said = verdict.statement if verdict else None
    return render_template(
        "certificate/check.html",
        verdict=verdict,
        sentence=gettext(FINDINGS[verdict.finding]) if verdict else "",
        said=said,
        facts=certificate_facts(said, me.language) if said else (),
        code=spaced_code(said.code) if said else "",
    )
