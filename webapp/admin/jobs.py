# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the adding of content is, and how it ended."""

from collections import Counter

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

from appliance.content.result import IngestResult, Status
from appliance.jobs.job import Ingest, IngestUpload, Job, State
from appliance.jobs.queue import UnknownJobError
from appliance.language import N_
from appliance.reasons import sentence
from appliance.school.activity import Action
from webapp.admin import wording
from webapp.admin.answer import tell
from webapp.admin.gate import KEEPERS, signed_in
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office
from webapp.admin.paging import Paging

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

_VERBS = ("ingest", "ingest-upload")
_REMEMBERED = 200
_HISTORY = 20
_RESULTS = 100
_MINUTE, _HOUR = 60, 3600
_STOPPING = N_("It stops after the file that is at work now.")
_ORDER = (Status.REJECTED, Status.INSTALLED, Status.ALREADY)


@bp.get("")
def history() -> ResponseReturnValue:
    """What was added lately, newest first."""
    jobs = office().jobs.recent(_REMEMBERED, verbs=_VERBS)
    paging = Paging.of(request.args.get("page", ""), len(jobs), _HISTORY, [])
    page = jobs[paging.offset : paging.offset + _HISTORY]
    return render_template(
        "jobs/history.html",
        lines=[(job, title(job), wording.STATES[job.state], _counts(job)) for job in page],
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


def title(job: Job) -> str:
    """What people know the job by: the drive, or the file that was sent."""
    if isinstance(job.task, Ingest):
        return job.task.drive
    return job.task.folder.partition("-")[2] if isinstance(job.task, IngestUpload) else ""


def _job(number: int) -> Job:
    try:
        job = office().jobs.get(number)
    except UnknownJobError as exc:
        raise NotFound from exc
    if not isinstance(job.task, Ingest | IngestUpload):
        raise NotFound
    return job


def _facts(number: int) -> dict[str, object]:
    job = _job(number)
    results = office().jobs.results(number)
    results.sort(key=lambda result: _ORDER.index(result.status))
    paging = Paging.of(request.args.get("page", ""), len(results), _RESULTS, [])
    waiting = office().jobs.recent(_REMEMBERED, verbs=_VERBS)
    return {
        "job": job,
        "title": title(job),
        "counts": Counter(result.status for result in results),
        "results": results[paging.offset : paging.offset + _RESULTS],
        "paging": paging,
        "reason": sentence(job.code, job.details, g.language) if job.code else "",
        "reason_of": lambda result: result.reason(g.language),
        "notices_of": _notices,
        "left": _time_left(job),
        "before": sum(1 for other in waiting if other.id < number and not other.over),
        "may_cancel": _may_cancel(job),
    }


def _counts(job: Job) -> Counter[Status]:
    return Counter(result.status for result in office().jobs.results(job.id))


def _notices(result: IngestResult) -> list[str]:
    return [sentence(notice.code, notice.details, g.language) for notice in result.notices]


def _may_cancel(job: Job) -> bool:
    member = signed_in()
    return not job.over and (member.role in KEEPERS or member.name == job.asked_by)


def _time_left(job: Job) -> str:
    """How long it will take, as people say it; empty while that cannot be told."""
    seconds = job.report.seconds_left
    if seconds is None or job.state is not State.RUNNING:
        return ""
    if seconds < _MINUTE:
        return gettext("less than a minute")
    if seconds < _HOUR:
        minutes = round(seconds / _MINUTE)
        return ngettext("about %(num)d minute", "about %(num)d minutes", minutes) % {"num": minutes}
    hours = round(seconds / _HOUR)
    return ngettext("about %(num)d hour", "about %(num)d hours", hours) % {"num": hours}
