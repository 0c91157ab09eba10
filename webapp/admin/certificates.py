# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificates that were given: the list, new ones, printing, revoking."""

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.language import N_, UI_LANGUAGES
from appliance.learning.certificate import (
    Certificate,
    NotCompletedError,
    UnknownCertificateError,
)
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_pdf import (
    MOST_PAGES,
    PDF,
    PdfBusyError,
    PdfFailedError,
    make_pdf,
)
from appliance.learning.certificate_sheet import certificate_sheet
from appliance.learning.certificate_words import certificate_facts
from appliance.learning.result_book import XLSX, BookFailedError, BookSheet, Cell, make_book
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office
from webapp.admin.paging import Paging

bp = Blueprint("certificates", __name__, url_prefix="/certificates")

_PAGE = 50
# Each is flushed to the card before the next; whoever is left is given theirs at the next press.
_MOST_GIVEN = 200
_REVOKED = N_("The certificate %(code)s does not hold any more.")
_RESTORED = N_("The certificate %(code)s holds again.")
_BUSY = N_("The box is making other certificates. Try again in a moment.")
_COLUMNS = (
    *(N_("Name"), N_("Class"), N_("Course"), N_("Hours"), N_("Result, %"), N_("Date")),
    *(N_("Was the clock right?"), N_("Code"), N_("Revoked"), N_("Reason")),
)
_YES, _NO = N_("yes"), N_("no")
_TITLE = N_("Certificates")


@bp.get("")
def everything() -> ResponseReturnValue:
    """What was given, the newest first, and who could have one."""
    certificates = office().certificates
    paging = Paging.of(request.args.get("page", ""), certificates.count(), _PAGE, ())
    shown = certificates.all(limit=_PAGE, offset=paging.offset)
    return render_template(
        "certificates/everything.html",
        due=certificates.due(),
        lines=[(one, certificate_facts(one.statement, g.language)) for one in shown],
        spaced=spaced_code,
        paging=paging,
        most=MOST_PAGES,
        of_school=g.settings.language,
    )


@bp.post("/give")
def give() -> ResponseReturnValue:
    """Give a certificate to everybody who has completed a course and has none."""
    count = 0
    for one in office().certificates.due()[:_MOST_GIVEN]:
        try:
            office().certificates.issue(one.person_id, one.item_id)
        except NotCompletedError:
            continue  # deleted a moment ago
        count += 1
    if count:
        office().activity.note(signed_in(), Action.CERTIFICATES_GIVEN, count=count)
        tell(_given(count))
    return redirect(url_for("certificates.everything"))


@bp.get("/<code>/certificate.pdf")
def pdf(code: str) -> ResponseReturnValue:
    """One certificate to print."""
    known = _known(code)
    if known.revoked:
        abort(404)
    return _pdf([known], f"certificate-{known.code}.pdf")


@bp.get("/all.pdf")
def all_pdf() -> ResponseReturnValue:
    """The newest that hold, a page each."""
    newest = office().certificates.all(limit=MOST_PAGES)
    holding = [one for one in newest if not one.revoked]
    return _pdf(holding, "certificates.pdf") if holding else abort(404)


@bp.route("/<code>/revoke", methods=["GET", "POST"])
def revoke(code: str) -> ResponseReturnValue:
    """Say that a certificate does not hold, and why; it can be undone."""
    known = _known(code)
    if request.method == "GET":
        return render_template("certificates/revoke.html", known=known, spaced=spaced_code)
    office().revocations.revoke(signed_in(), known.code, request.form.get("reason", ""))
    tell(_REVOKED, "warning", code=spaced_code(known.code))
    return redirect(url_for("certificates.everything"))


@bp.post("/<code>/restore")
def restore(code: str) -> ResponseReturnValue:
    """Undo a revocation."""
    known = _known(code)
    office().revocations.restore(signed_in(), known.code)
    tell(_RESTORED, code=spaced_code(known.code))
    return redirect(url_for("certificates.everything"))


@bp.post("/list.xlsx")
def export() -> ResponseReturnValue:
    """The list as a spreadsheet."""
    rows: list[list[Cell]] = [[gettext(column) for column in _COLUMNS]]
    rows += [_row(one) for one in office().certificates.all()]
    try:
        book = make_book([BookSheet(gettext(_TITLE), rows)])
    except BookFailedError:
        abort(500)
    office().activity.note(signed_in(), Action.CERTIFICATES_EXPORTED)
    response = Response(book, mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="certificates.xlsx"'
    return response


def _given(count: int) -> str:
    text = ngettext(
        "%(num)d certificate is given. Print it here.",
        "%(num)d certificates are given. Print them here.",
        count,
    )
    return text % {"num": count}


def _row(one: Certificate) -> list[Cell]:
    said = one.statement
    return [
        said.name,
        one.class_name,
        said.title,
        said.hours or None,
        said.percent,
        said.date,
        gettext(_YES if said.sure else _NO),
        spaced_code(one.code),
        one.revoked[:10],
        one.reason,
    ]


def _pdf(shown: list[Certificate], name: str) -> ResponseReturnValue:
    wanted = request.args.get("language", "")
    language = wanted if wanted in UI_LANGUAGES else g.settings.language
    portal = office().config.portal_url
    try:
        made = make_pdf([certificate_sheet(one, language, portal) for one in shown])
    except PdfBusyError:
        tell(_BUSY, "warning")
        return redirect(url_for("certificates.everything"))
    except PdfFailedError:
        abort(500)
    response = Response(made, mimetype=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _known(code: str) -> Certificate:
    try:
        return office().certificates.get(code)
    except UnknownCertificateError:
        abort(404)
