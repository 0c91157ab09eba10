# SPDX-License-Identifier: GPL-3.0-or-later
"""A pack on a stick: what it contains beside what the shelf has, and the yes to it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.content.drive_view import DriveView, LineState, PackLine, PackView
from appliance.content.drives import Drive, UnknownDriveError, find_drive
from appliance.content.patience import NotAnsweringError
from appliance.content.room import room_for_content
from appliance.jobs.job import InstallPack
from appliance.language import N_
from appliance.school.activity import Action
from webapp.admin import stick
from webapp.admin.answer import tell
from webapp.admin.gate import signed_in
from webapp.admin.office import office

bp = Blueprint("packs", __name__, url_prefix="/add/drive/<drive_id>/pack/<pack>")

SHOWN = 300
"""So many publications are listed with a box to tick."""

_GONE = N_("This pack is not on the stick any more, or the stick was taken out.")
_CHANGED = N_(
    "The pack on the stick is another one now. See what it brings, then press the button once more."
)
_NOTHING = N_("Nothing was chosen. Tick at least one file.")
_SAY_YES = N_("Tick that you want the older version, then press the button once more.")
_CANNOT = N_("This pack cannot be installed.")
_TAKEN = (LineState.NEW, LineState.NEWER, LineState.OLDER)


@bp.get("")
def show(drive_id: str, pack: str) -> ResponseReturnValue:
    """What is in the pack."""
    found = _find(drive_id, pack)
    if found is None:
        return _gone(drive_id)
    drive, view, seen = found
    return render_template(
        "packs/show.html",
        drive=drive,
        view=view,
        pack=seen,
        key=stick.key,
        groups=_groups(seen),
        shown=SHOWN,
        free=room_for_content(office().config.state),
        rule=stick.rule(signed=seen.standing == "trusted"),
        jobs=stick.at_work(drive_id),
    )


@bp.post("")
def start(drive_id: str, pack: str) -> ResponseReturnValue:
    """Have the worker install it, or what was chosen of it."""
    found = _find(drive_id, pack)
    if found is None:
        return _gone(drive_id)
    drive, _, seen = found
    back = "back" in request.form
    chosen = () if "everything" in request.form else _chosen(seen)
    looked_at = request.form.get("digest", "")
    problem = _problem(seen, looked_at, back=back, chosen=chosen)
    if problem:
        tell(problem, "warning")
        return redirect(url_for("packs.show", drive_id=drive_id, pack=pack))
    member = signed_in()
    task = InstallPack(drive.id, seen.path, chosen or (), back=back, digest=looked_at)
    number = office().jobs.submit(task, member.name)
    office().activity.note(
        member,
        Action.PACK_INSTALLED,
        pack=stick.pack_title(seen),
        drive=drive.label,
        job=number,
    )
    return redirect(url_for("jobs.show", number=number))


def _find(drive_id: str, pack: str) -> tuple[Drive, DriveView, PackView] | None:
    try:
        drive = find_drive(office().config, drive_id)
    except (UnknownDriveError, NotAnsweringError):
        return None  # the drive's page says which
    view = stick.view_of(drive_id)
    seen = stick.find_pack(view, pack) if view else None
    return (drive, view, seen) if view and seen else None


def _gone(drive_id: str) -> ResponseReturnValue:
    tell(_GONE, "warning")
    return redirect(url_for("add.drive", drive_id=drive_id))


def _problem(seen: PackView, looked_at: str, *, back: bool, chosen: tuple[str, ...] | None) -> str:
    if seen.code or not seen.may_install:
        return _CANNOT
    if seen.digest != looked_at:
        return _CHANGED
    if chosen is None:
        return _NOTHING
    return _SAY_YES if seen.back and not back else ""


def _groups(seen: PackView) -> dict[LineState, list[PackLine]]:
    """The publications by what they are to this shelf, in the order in which people ask."""
    return {state: [line for line in seen.lines if line.state is state] for state in LineState}


def _chosen(seen: PackView) -> tuple[str, ...] | None:
    """The identifiers of what was ticked; none for nothing."""
    wanted = set(request.form.getlist("chosen"))
    lines = [line for line in seen.lines if line.state in _TAKEN]
    return tuple(line.identifier for line in lines if stick.key(line.identifier) in wanted) or None
