# SPDX-License-Identifier: GPL-3.0-or-later
"""What jobs are called, and how long they take, as people say it."""

from appliance.jobs.job import ExportPack, Ingest, IngestUpload, InstallPack, Job, State, Undo
from appliance.jobs.queue import UnknownJobError
from appliance.language import N_
from webapp.admin import stick
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office

_MINUTE, _HOUR = 60, 3600

WHAT = {
    "ingest": N_("Files of a stick"),
    "ingest-upload": N_("File from a browser"),
    "install-pack": N_("Pack"),
    "export-pack": N_("Copy for another school"),
    "undo": N_("Undone"),
}
"""What kind of work it is, by the tag of its task."""

_HEADINGS = {
    "ingest": (N_("Adding “%(name)s”"), N_("Added from “%(name)s”")),
    "ingest-upload": (N_("Adding “%(name)s”"), N_("Added from “%(name)s”")),
    "install-pack": (N_("Installing “%(name)s”"), N_("Pack “%(name)s”")),
    "export-pack": (N_("Copying “%(name)s” to a stick"), N_("Copy of “%(name)s”")),
    "undo": (N_("Undoing “%(name)s”"), N_("Undo of “%(name)s”")),
}


def verb(job: Job) -> str:
    """The tag of its task."""
    return str(job.task.__struct_config__.tag)


def heading(job: Job) -> str:
    """What stands above the job's page."""
    going, over = _HEADINGS[verb(job)]
    return gettext(over if job.over else going) % {"name": title(job)}


def title(job: Job) -> str:
    """What people know the job by: the drive, the pack, the file that was sent."""
    match job.task:
        case Ingest(drive, label=label):
            return stick.label_of(drive, label)
        case IngestUpload(folder):
            return folder.partition("-")[2]
        case InstallPack(drive, path):
            view = stick.view_of(drive)
            pack = next((one for one in view.packs if one.path == path), None) if view else None
            name = path.rpartition("/")[2].partition(".chashma")[0]
            return stick.pack_title(pack) if pack else name
        case ExportPack(title=name):
            return name
        case Undo(number):
            return _title_of(number)
    return ""


def _title_of(number: int) -> str:
    try:
        job = office().jobs.get(number)
    except UnknownJobError:
        return str(number)
    return str(number) if isinstance(job.task, Undo) else title(job)


def time_left(job: Job, seconds: float | None) -> str:
    """How long it will take, as people say it; empty while that cannot be told."""
    if seconds is None or job.state is not State.RUNNING:
        return ""
    if seconds < _MINUTE:
        return gettext("less than a minute")
    if seconds < _HOUR:
        minutes = round(seconds / _MINUTE)
        return ngettext("about %(num)d minute", "about %(num)d minutes", minutes) % {"num": minutes}
    hours = round(seconds / _HOUR)
    return ngettext("about %(num)d hour", "about %(num)d hours", hours) % {"num": hours}
