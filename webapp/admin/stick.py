# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said about a stick on every page that names one."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime

from flask import Flask, g

from appliance.content.drive_view import DriveView, PackView, read_drive_view
from appliance.content.drives import Drive, plugged_in
from appliance.content.pack.public_key import in_groups
from appliance.content.policy import FromSticks
from appliance.jobs.job import Job, State
from appliance.jobs.refused import results_before
from appliance.language import N_, UI_LANGUAGES, moment_in_words
from appliance.reasons import sentence
from appliance.usb.drive_list import read_drive_list, silent_drives
from appliance.usb.problems import sentence as problem_sentence
from webapp.admin.interface import gettext
from webapp.admin.office import office

LONG_VERBS = ("ingest", "ingest-upload", "install-pack", "export-pack", "undo")
"""Tags of the tasks that have a page of their own."""

_LONGEST_TITLE = 300
_LOOKED_BACK = 200
_A_STICK = N_("USB stick")
_NO_TITLE = N_("Pack without a title")
_OF_DAY = 12
"""A version that was made as ``YYYYMMDDhhmm`` has so many figures."""

_RULES = {
    FromSticks.NOTHING: N_("By the rules of this box nothing is taken from sticks."),
    FromSticks.SIGNED: N_("By the rules of this box only packs of trusted keys are taken."),
}


def install(app: Flask) -> None:
    """Let templates say it."""
    app.jinja_env.filters.update(
        pack_title=pack_title,
        line_title=lambda line: (line.titles.get(g.language) or line.title)[:_LONGEST_TITLE],
        version=version,
        spaced=in_groups,
    )
    app.jinja_env.globals["reason"] = lambda code, details: sentence(code, details, g.language)


def key(name: str) -> str:
    """What stands for a name of a stick in a form: it may be anything, even no text."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def view_of(drive_id: str) -> DriveView | None:
    """What the worker saw on a drive; nothing while it has not looked."""
    return read_drive_view(office().config.run, drive_id)


def find_pack(view: DriveView, pack: str) -> PackView | None:
    """The pack that an address means by ``key``."""
    return next((one for one in view.packs if key(one.path) == pack), None)


def own_title(titles: Mapping[str, str], otherwise: str = "") -> str:
    """A title in the reader's language, else in another of ours, else any that there is."""
    wanted = (g.language, *UI_LANGUAGES, *titles)
    found = next((titles[code] for code in wanted if titles.get(code, "").strip()), otherwise)
    return found[:_LONGEST_TITLE]


def pack_title(pack: PackView) -> str:
    """What people call a pack: its title, else the name of its file."""
    file_name = pack.path.rpartition("/")[2].partition(".chashma")[0]
    return own_title(pack.info.title if pack.info else {}, file_name) or gettext(_NO_TITLE)


def version(number: int) -> str:
    """A version as the day when it was made, where it is one."""
    text = str(number)
    try:
        made = datetime.strptime(text, "%Y%m%d%H%M")  # noqa: DTZ007 - a day, wherever it was
    except ValueError:
        return text
    if len(text) != _OF_DAY:
        return text
    return moment_in_words(made, g.language)


def label_of(drive_id: str, remembered: str = "") -> str:
    """What a drive is called, also when it is not plugged in any more, if somebody remembers."""
    found = next((one for one in plugged_in(office().config) if one.id == drive_id), None)
    if found is not None:
        return found.label
    # On a box an id says nothing; on a laptop it is the name of a folder.
    return remembered or (gettext(_A_STICK) if _is_box() else drive_id)


def problem_drives() -> list[tuple[str, str]]:
    """Sticks that cannot be used: what they are called, and why."""
    listed = read_drive_list(office().config.drives)
    return [
        (
            drive.label or drive.maker or gettext(_A_STICK),
            problem_sentence(drive.problem, g.language),
        )
        for drive in listed
        if drive.problem
    ]


def rule(*, signed: bool = False) -> str:
    """Why the rules keep something of a stick out; empty where they let it in."""
    policy: FromSticks = g.settings.from_sticks
    if policy is FromSticks.SIGNED and signed:
        return ""
    return gettext(_RULES[policy]) if policy in _RULES else ""


def at_work(drive_id: str) -> list[Job]:
    """The jobs that need this stick and are not over, oldest first."""
    recent = office().jobs.recent(_LOOKED_BACK, verbs=LONG_VERBS)
    return [job for job in reversed(recent) if not job.over and job.drive == drive_id]


def refused_before(drive_id: str, names: Collection[str]) -> dict[str, str]:
    """Which of these files of a stick were refused when they were last tried, and why.

    So nobody has the box try them again and again without knowing better.
    """
    before = results_before(office().jobs, drive_id, names)
    reasons = {file: result.reason(g.language) for file, result in before.items()}
    return {file: reason for file, reason in reasons.items() if reason}


def is_silent(job: Job) -> bool:
    """Whether a job waits because its stick does not answer."""
    return not job.over and job.drive in silent_drives(office().config.drives)


def removable(job: Job) -> bool | None:
    """Whether the stick of a job may be taken out now; nothing where there is none."""
    if not job.drive or job.state is State.QUEUED:
        return None
    return not at_work(job.drive)


def writable(drive: Drive) -> bool:
    """Whether something can be copied to it, as far as is known before it is tried."""
    return drive.mounted is None or drive.mounted.writable


def _is_box() -> bool:
    return office().config.agent_socket.exists()
