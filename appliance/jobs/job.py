# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: what staff ask of the worker."""

from enum import StrEnum

import msgspec

from appliance.content.item import Metadata
from appliance.content.progress import Report


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Ingest(msgspec.Struct, frozen=True, tag="ingest"):
    """Bring files of a drive onto the shelf.

    Attributes:
        drive: its id.
        sources: the candidates' names on the drive; empty: all of them.
        label: what people call the drive, for when it is not plugged in any more; empty where that
            is its id.
    """

    drive: str
    sources: tuple[str, ...] = ()
    label: str = ""


class IngestUpload(msgspec.Struct, frozen=True, tag="ingest-upload"):
    """Bring onto the shelf what a browser sent; the folder is deleted afterwards.

    Attributes:
        folder: name of a folder below ``Config.uploads`` that holds just these files.
    """

    folder: str


class InstallPack(msgspec.Struct, frozen=True, tag="install-pack"):
    """Bring a pack of a drive onto the shelf.

    Attributes:
        drive: its id.
        pack: path of the pack below the drive's folder, with ``/``.
        identifiers: the publications that were chosen; empty: all of them, and what it retires.
        back: somebody said yes to an older version than the one that is installed.
        by_itself: nobody asked but the stick that was plugged in; ``Job.asked_by`` is empty, and
            only the signature of a trusted key counts.
        digest: ``PackView.digest`` of the pack that somebody looked at before saying yes; another
            pack at the same place is refused. Empty where ``by_itself``.
    """

    drive: str
    pack: str
    identifiers: tuple[str, ...] = ()
    back: bool = False
    by_itself: bool = False
    digest: str = ""


class ExportPack(msgspec.Struct, frozen=True, tag="export-pack"):
    """Write items of the shelf onto a drive as a pack, for another school.

    Attributes:
        drive: its id.
        items: their ids; empty: everything that students can see.
        title: for people.
    """

    drive: str
    items: tuple[str, ...]
    title: str


class Undo(msgspec.Struct, frozen=True, tag="undo"):
    """Make the shelf as it was before a job: what came leaves, what left comes back.

    Attributes:
        job: the number of an ``Ingest``, ``IngestUpload`` or ``InstallPack`` that is over.
    """

    job: int


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """Let people see this metadata."""

    item: str
    metadata: Metadata


class Show(msgspec.Struct, frozen=True, tag="show"):
    """Show an item to students, or hide it."""

    item: str
    shown: bool


class Feature(msgspec.Struct, frozen=True, tag="feature"):
    """Put an item in front, or back into the row."""

    item: str
    featured: bool


class Remove(msgspec.Struct, frozen=True, tag="remove"):
    """Take an item off the shelf."""

    item: str


class Restore(msgspec.Struct, frozen=True, tag="restore"):
    """Put a removed item back."""

    item: str


class Purge(msgspec.Struct, frozen=True, tag="purge"):
    """Delete a removed item for good."""

    item: str


Task = (
    Ingest
    | IngestUpload
    | InstallPack
    | ExportPack
    | Undo
    | Edit
    | Show
    | Feature
    | Remove
    | Restore
    | Purge
)
LONG = (Ingest, IngestUpload, InstallPack, ExportPack, Undo)
"""Tasks that may take hours; the others overtake them."""


UNDOABLE = (Ingest, IngestUpload, InstallPack)


class Left(msgspec.Struct, frozen=True):
    """An item that left the shelf; it lies in the store's trash as long as there is room."""

    id: str
    title: str


class Change(msgspec.Struct, frozen=True):
    """One thing that a job did to the shelf.

    Attributes:
        item: id of the item that came; empty where a pack only took something off the shelf.
        title: of the item that came.
        left: what it took the place of, or what was taken off.
    """

    item: str = ""
    title: str = ""
    left: tuple[Left, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """A task on its way.

    Attributes:
        asked_by: name of the account; empty: the box itself.
        asked: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; ``finished`` likewise, or empty.
        report: how far an ingest is.
        cancelling: somebody asked to stop it.
        code: why it failed, a key of ``appliance.reasons.REASONS``; ``details`` for its sentence.
        undone_by: number of the job that took back what this one did, or 0.
    """

    id: int
    task: Task
    asked_by: str
    asked: str
    state: State
    report: Report
    cancelling: bool
    code: str
    details: dict[str, str | int]
    finished: str
    undone_by: int = 0

    @property
    def drive(self) -> str:
        """Id of the stick that it needs; empty where it needs none."""
        task = self.task
        return task.drive if isinstance(task, Ingest | InstallPack | ExportPack) else ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)
