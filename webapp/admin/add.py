# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding content: what is on the plugged-in drives, and files sent from a browser."""

import io

import msgspec
from flask import Blueprint, abort, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from appliance.agent.client import ask
from appliance.agent.protocol import EjectDrive
from appliance.content.discover import Candidate
from appliance.content.drives import (
    LOOKED_AT,
    Drive,
    Found,
    UnknownDriveError,
    find_drive,
    look,
    plugged_in,
    sources,
)
from appliance.content.folder_names import KINDS
from appliance.content.patience import NotAnsweringError
from appliance.content.quiz.sheet_words import QUIZ_FILE
from appliance.content.quiz.template_book import TemplateFailedError, template_book
from appliance.content.room import room_for_content
from appliance.jobs.job import Ingest, IngestUpload
from appliance.language import N_
from appliance.learning.result_book import XLSX
from appliance.reasons import sentence
from appliance.school.activity import Action
from appliance.usb.drive_list import NOT_ANSWERING
from appliance.usb.problems import sentence as problem_sentence
from webapp.admin import incoming, stick
from webapp.admin.answer import tell
from webapp.admin.box import told
from webapp.admin.gate import signed_in
from webapp.admin.office import office

bp = Blueprint("add", __name__, url_prefix="/add")

SHOWN = 300
"""So many new files are listed with a box to tick; there may be ten thousand."""

_NOTHING = N_("Nothing was chosen. Tick at least one file.")
_NO_FILE = N_("No file came with it. Choose a file first.")
_PULLED_OUT = N_("This drive is not plugged in any more. Plug it in again.")
_FORBIDDEN = N_("The rules of this box do not let this stick bring files.")
_EJECTED = N_("The stick “%(drive)s” may be taken out now.")
_IN_USE = N_("The stick is still needed. Wait until the work with it is done, or stop it first.")
_BROKEN = N_("The file could not be kept: the disk is full or failing.")


class Sorted(msgspec.Struct, frozen=True):
    """What is on a drive, by what can be done with it."""

    new: list[Found]
    known: list[Found]
    refused: list[Found]


@bp.get("")
def choose() -> ResponseReturnValue:
    """Where content can come from: drives, and this browser."""
    return render_template("add/choose.html", **_sources())


@bp.get("/drives")
def drives() -> ResponseReturnValue:
    """The list of drives alone, for the script that keeps it fresh."""
    return render_template("add/_drives.html", **_sources())


@bp.get("/drive/<drive_id>")
def drive(drive_id: str) -> ResponseReturnValue:
    """What is on a drive."""
    try:
        found = find_drive(office().config, drive_id)
        seen = look(found, office().catalog, closely=SHOWN)
    except (UnknownDriveError, NotAnsweringError) as exc:
        return _without(exc)
    names = {one.candidate.source for one in seen.found}
    before = stick.refused_before(drive_id, names)
    contents = _sort(seen.found)
    listed = contents.new[:SHOWN]
    return render_template(
        "add/drive.html",
        drive=found,
        contents=contents,
        more_than=0 if seen.is_all else LOOKED_AT,
        before=before,
        chosen=sum(one.size for one in listed if one.candidate.source not in before),
        view=stick.view_of(drive_id),
        jobs=stick.at_work(drive_id),
        rule=stick.rule(),
        rule_for_signed=stick.rule(signed=True),
        key=stick.key,
        shown=SHOWN,
        free=_free(),
        problem_of=_problem,
    )


@bp.post("/drive/<drive_id>")
def start(drive_id: str) -> ResponseReturnValue:
    """Have the worker add what was chosen."""
    member = signed_in()
    try:
        found = find_drive(office().config, drive_id)
        chosen = _chosen(found)
    except (UnknownDriveError, NotAnsweringError) as exc:
        return _without(exc)
    if stick.rule():
        tell(_FORBIDDEN, "warning")
        return redirect(url_for("add.drive", drive_id=drive_id))
    if chosen is None:
        tell(_NOTHING, "warning")
        return redirect(url_for("add.drive", drive_id=drive_id))
    label = found.label if found.label != found.id else ""
    number = office().jobs.submit(Ingest(found.id, chosen, label), member.name)
    office().activity.note(member, Action.DRIVE_ADDED, drive=found.label, job=number)
    return redirect(url_for("jobs.show", number=number))


@bp.post("/upload")
def upload() -> ResponseReturnValue:
    """Take a file that the browser sent, with captions if it is a film."""
    member = signed_in()
    try:
        folder = incoming.keep([*request.files.getlist("file"), *request.files.getlist("captions")])
    except BadRequest:
        tell(_NO_FILE, "warning")
        return redirect(url_for("add.choose"))
    except OSError:
        tell(_BROKEN, "error")
        return redirect(url_for("add.choose"))
    number = office().jobs.submit(IngestUpload(folder), member.name)
    name = folder.partition("-")[2]
    office().activity.note(member, Action.FILE_UPLOADED, file=name, job=number)
    return redirect(url_for("jobs.show", number=number))


@bp.get("/quiz.xlsx")
def quiz_template() -> ResponseReturnValue:
    """A spreadsheet to fill in with questions, which may then be sent like any other file."""
    try:
        book = template_book(g.language)
    except TemplateFailedError:
        abort(500)
    name = QUIZ_FILE[g.language]
    return send_file(io.BytesIO(book), mimetype=XLSX, as_attachment=True, download_name=name)


@bp.post("/drive/<drive_id>/eject")
def eject(drive_id: str) -> ResponseReturnValue:
    """Have the agent unmount a stick, so that it may be taken out."""
    if stick.at_work(drive_id):
        tell(_IN_USE, "warning")
        return redirect(url_for("add.drive", drive_id=drive_id))
    label = stick.label_of(drive_id)
    with told():
        ask(office().config, EjectDrive(drive_id))
        office().activity.note(signed_in(), Action.DRIVE_EJECTED, drive=label)
        tell(_EJECTED, drive=label)
    return redirect(url_for("add.choose"))


def _without(error: UnknownDriveError | NotAnsweringError) -> ResponseReturnValue:
    """To the list of the others, with the reason."""
    hangs = isinstance(error, NotAnsweringError)
    tell(problem_sentence(NOT_ANSWERING, g.language) if hangs else _PULLED_OUT, "warning")
    return redirect(url_for("add.choose"))


def _sources() -> dict[str, object]:
    return {
        "drives": [(one, stick.view_of(one.id)) for one in plugged_in(office().config)],
        "problems": stick.problem_drives(),
        "endings": KINDS,
        "room": incoming.room(),
        "free": _free(),
    }


def _free() -> int:
    return room_for_content(office().config.state)


def _sort(contents: list[Found]) -> Sorted:
    refused = [found for found in contents if found.candidate.problem or not found.candidate.kind]
    rest = [found for found in contents if not found.candidate.problem and found.candidate.kind]
    return Sorted(
        new=[found for found in rest if not found.on_shelf],
        known=[found for found in rest if found.on_shelf],
        refused=refused,
    )


def _problem(candidate: Candidate) -> str:
    """Why a file cannot be taken, as far as its name tells."""
    details = {"path": candidate.missing or candidate.source}
    return sentence(candidate.problem or "unsupported-kind", details, g.language)


def _chosen(found: Drive) -> tuple[str, ...] | None:
    """The names of what was chosen; empty for everything, none for nothing."""
    if "everything" in request.form:
        return ()
    wanted = set(request.form.getlist("chosen"))
    return tuple(source for source in sources(found) if stick.key(source) in wanted) or None
