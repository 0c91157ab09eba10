# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the adding of content is, and how it ended."""

from collections import Counter
from pathlib import Path

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

from appliance.content.drives import plugged_in
from appliance.content.result import IngestResult, Status
from appliance.errors import StoreError, UnknownItemError
from appliance.jobs.job import Change, Ingest, InstallPack, Job, Left, State, Undo
from appliance.jobs.queue import UnknownJobError
from appliance.language import N_
from appliance.reasons import sentence
from appliance.school.activity import Action
from appliance.usb.drive_list import NOT_ANSWERING
from appliance.usb.problems import sentence as problem_sentence
from webapp.admin import job_words, stick, wording
from webapp.admin.answer import tell
from webapp.admin.gate import KEEPERS, signed_in
from webapp.admin.job_words import title
from webapp.admin.office import office
from webapp.admin.paging import Paging

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

_REMEMBERED = 200
_HISTORY = 20
_RESULTS = 100
_STOPPING = N_("It stops after the file that is at work now.")
_TOO_LATE = N_("This cannot be undone any more.")
_ORDER = (
    *(Status.REJECTED, Status.INSTALLED, Status.RESTORED),
    *(Status.RETIRED, Status.REMOVED, Status.ALREADY),
)
_LONGEST_REPORT = 1_000_000


@bp.get("")
def history() -> ResponseReturnValue:
    """What was added lately, newest first."""
    jobs = office().jobs.recent(_REMEMBERED, verbs=stick.LONG_VERBS)
    paging = Paging.of(request.args.get("page", ""), len(jobs), _HISTORY, [])
    page = jobs[paging.offset : paging.offset + _HISTORY]
    return render_template(
        "jobs/history.html",
        lines=[
            (
                job,
                title(job),
                job_words.WHAT[job_words.verb(job)],
                wording.STATES[job.state],
                _counts(job),
            )
            for job in page
        ],
        paging=paging,
    )


@bp.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """One job: its progress while it runs, then what became of each file."""
    return render_template("jobs/show.html", **_facts(number))


@bp.get("/<int:number>/part")
def part(number: int) -> ResponseReturnValue:
    """The part of that page which changes, for the script that keeps it fresh."""
    return render_template("jobs/_progress.html", **_facts(number))


@bp.route("/<int:number>/cancel", methods=["GET", "POST"])
def cancel(number: int) -> ResponseReturnValue:
    """Stop a job, after a question."""
    job, member = _job(number), signed_in()
    if not _may_cancel(job):
        raise Forbidden
    if job.over:
        return redirect(url_for("jobs.show", number=number))
    if request.method == "GET":
        return render_template("jobs/cancel.html", job=job, title=title(job))
    office().jobs.cancel(number)
    office().activity.note(member, Action.JOB_CANCELLED, job=number, what=title(job))
    tell(_STOPPING)
    return redirect(url_for("jobs.show", number=number))


@bp.get("/reports")
def reports() -> ResponseReturnValue:
    """The reports that the box keeps, newest first."""
    files = sorted(office().config.reports.glob("*.txt"), reverse=True)
    numbers = [int(file.stem) for file in files if file.stem.isdecimal() and file.stem.isascii()]
    return render_template("jobs/reports.html", lines=[(n, _job_or_none(n)) for n in numbers])


@bp.get("/<int:number>/report")
def report(number: int) -> ResponseReturnValue:
    """A report as it also lies on the stick: plain text in three languages."""
    try:
        with _report_file(number).open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST_REPORT)
    except OSError as exc:
        raise NotFound from exc
    return render_template("jobs/report.html", number=number, text=text, job=_job_or_none(number))


@bp.route("/<int:number>/undo", methods=["GET", "POST"])
def undo(number: int) -> ResponseReturnValue:
    """Make the shelf as it was before a job, after a question that says what will happen."""
    job, member = _job(number), signed_in()
    if not office().jobs.can_undo(number):
        tell(_TOO_LATE, "warning")
        return redirect(url_for("jobs.show", number=number))
    changes = office().jobs.changes(number)
    if request.method == "GET":
        back, lost = _coming_back(changes)
        came = [change for change in changes if change.item]
        return render_template(
            "jobs/undo.html", job=job, title=title(job), came=came, back=back, lost=lost
        )
    undoing = office().jobs.submit(Undo(number), member.name)
    office().activity.note(member, Action.JOB_UNDONE, what=title(job), job=number)
    return redirect(url_for("jobs.show", number=undoing))


@bp.post("/<int:number>/again")
def again(number: int) -> ResponseReturnValue:
    """Ask once more for a job that ended too early; what was copied is not copied again."""
    job, member = _job(number), signed_in()
    if not _may_repeat(job):
        raise Forbidden
    return redirect(url_for("jobs.show", number=office().jobs.submit(job.task, member.name)))


def _job(number: int) -> Job:
    try:
        job = office().jobs.get(number)
    except UnknownJobError as exc:
        raise NotFound from exc
    if job_words.verb(job) not in stick.LONG_VERBS:
        raise NotFound
    return job


def _facts(number: int) -> dict[str, object]:
    job = _job(number)
    results = office().jobs.results(number)
    results.sort(key=lambda result: _ORDER.index(result.status))
    paging = Paging.of(request.args.get("page", ""), len(results), _RESULTS, [])
    waiting = office().jobs.recent(_REMEMBERED, verbs=stick.LONG_VERBS)
    return {
        "job": job,
        "title": title(job),
        "heading": job_words.heading(job),
        "verb": job_words.verb(job),
        "drive": job.drive,
        "removable": stick.removable(job),
        "silent": stick.is_silent(job),
        "silent_words": problem_sentence(NOT_ANSWERING, g.language),
        "on_box": _has_drive(job),
        "changes": office().jobs.changes(number),
        "has_report": _report_file(number).exists(),
        "may_undo": signed_in().role in KEEPERS and office().jobs.can_undo(number),
        "may_repeat": _may_repeat(job),
        "counts": Counter(result.status for result in results),
        "results": results[paging.offset : paging.offset + _RESULTS],
        "paging": paging,
        "reason": sentence(job.code, job.details, g.language) if job.code else "",
        "reason_of": lambda result: result.reason(g.language),
        "notices_of": _notices,
        "left": job_words.time_left(job, job.report.seconds_left),
        "item_left": job_words.time_left(job, job.report.item_seconds_left),
        "before": sum(1 for other in waiting if other.id < number and not other.over),
        "may_cancel": _may_cancel(job),
    }


def _counts(job: Job) -> Counter[Status]:
    return Counter(result.status for result in office().jobs.each_result(job.id))


def _notices(result: IngestResult) -> list[str]:
    return [sentence(notice.code, notice.details, g.language) for notice in result.notices]


def _may_cancel(job: Job) -> bool:
    member = signed_in()
    return not job.over and (member.role in KEEPERS or member.name == job.asked_by)


def _report_file(number: int) -> Path:
    return office().config.reports / f"{number:08}.txt"


def _job_or_none(number: int) -> tuple[Job, str] | None:
    """The job that a report tells of, and its title; it may be forgotten already."""
    try:
        job = office().jobs.get(number)
    except UnknownJobError:
        return None
    return job, title(job)


def _may_repeat(job: Job) -> bool:
    """Whether this person may ask for it again: the stick is back, or somebody stopped it."""
    if not job.over or job.state is State.DONE or not isinstance(job.task, Ingest | InstallPack):
        return False
    if job.code == "pack-changed":
        return False  # somebody has to look first
    allowed = isinstance(job.task, Ingest) or signed_in().role in KEEPERS
    return allowed and not stick.rule(signed=isinstance(job.task, InstallPack)) and _is_in(job)


def _is_in(job: Job) -> bool:
    drive = job.drive
    return any(one.id == drive for one in plugged_in(office().config))


def _has_drive(job: Job) -> bool:
    """Whether its stick is plugged in and the agent can be asked to let go of it."""
    drive = job.drive
    return any(one.id == drive and one.mounted for one in plugged_in(office().config))


def _coming_back(changes: list[Change]) -> tuple[list[Left], list[Left]]:
    """What left and can come back, and what cannot because its room was needed."""
    back: list[Left] = []
    lost: list[Left] = []
    for left in (left for change in changes for left in change.left):
        try:
            office().store.read_removed(left.id)
        except (StoreError, UnknownItemError):
            lost.append(left)
        else:
            back.append(left)
    return back, lost
