# SPDX-License-Identifier: GPL-3.0-or-later
"""The long tasks: bringing content in, taking it back, writing it on sticks."""

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from appliance.config import Config
from appliance.content.course.choice import with_lessons
from appliance.content.discover import discover
from appliance.content.drives import Drive, UnknownDriveError, find_drive
from appliance.content.exchange import Before, Coming
from appliance.content.file_name import safe_names
from appliance.content.filters import Filters
from appliance.content.ingest import ingest
from appliance.content.install import Wanted, install
from appliance.content.item import Item
from appliance.content.note import Phase, StickNote
from appliance.content.pack.export import export_items
from appliance.content.pack.pack import find_packs, read_pack
from appliance.content.pack.series import title_language
from appliance.content.pack.verify import VerifiedPack, verify_pack
from appliance.content.progress import Progress, Report, Stopped
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError, StoreError
from appliance.jobs.burst import Burst
from appliance.jobs.job import (
    Change,
    ExportPack,
    Ingest,
    IngestUpload,
    InstallPack,
    Job,
    Left,
    Undo,
)
from appliance.jobs.memory import Memory, Tried
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue, UnknownJobError
from appliance.jobs.stick_report import Outcome, keep_report, leave_report, report_text
from appliance.jobs.stick_writing import writable
from appliance.jobs.trust import allow_loose, allow_pack, policy_now, today
from appliance.jobs.undo import undo

log = logging.getLogger(__name__)
LongTask = Ingest | IngestUpload | InstallPack | ExportPack | Undo
_AGAIN = frozenset(("drive-removed", "no-space"))
"""Ends after which the same stick is worth another try."""


class Carrier:
    """Does one long task after the other."""

    def __init__(
        self,
        config: Config,
        shelf: Shelf,
        queue: JobQueue,
        news: News,
        memory: Memory,
        is_ending: Callable[[], bool],
    ) -> None:
        self._config, self._shelf, self._queue = config, shelf, queue
        self._news, self._memory, self._is_ending = news, memory, is_ending

    def do(self, job: Job, task: LongTask) -> None:
        """Do it; what became of each file is in the queue.

        Raises:
            RefusalError: it broke off; what was done until then is kept.
            UnknownDriveError: the drive is not plugged in.
            NotAnsweringError: it hangs.
        """
        match task:
            case IngestUpload():
                self._upload(job, task)
            case Ingest():
                self._loose(job, task)
            case InstallPack():
                self._pack(job, task)
            case ExportPack():
                self._export(job, task)
            case Undo():
                self._undo(job, task)

    def _upload(self, job: Job, task: IngestUpload) -> None:
        if "/" in task.folder or task.folder.startswith("."):
            raise StoreError(f"not a name of an upload: {task.folder!r}")
        folder = self._config.uploads / task.folder
        candidates = list(discover([folder]))
        burst = Burst(self._queue, job.id)
        progress = self._progress(job, burst)
        burst.take(ingest(candidates, self._shelf, progress, self._before(job)))
        if not self._is_ending():
            shutil.rmtree(folder, ignore_errors=True)

    def _loose(self, job: Job, task: Ingest) -> None:
        drive = find_drive(self._config, task.drive)
        allow_loose(policy_now(self._config))
        found = list(discover([drive.path]))
        candidates = with_lessons(found, task.sources) if task.sources else found
        burst = Burst(self._queue, job.id)
        progress = self._progress(job, burst, drive, {})
        results = ingest(candidates, self._shelf, progress, self._before(job))
        self._from_stick(job, drive, {}, burst, results)

    def _pack(self, job: Job, task: InstallPack) -> None:
        drive = find_drive(self._config, task.drive)
        try:
            verified = self._verified(drive, task)
        except RefusalError:
            self._news.put(drive.id, StickNote(Phase.FAILED, job=job.id))
            raise
        title = verified.pack.info.title
        wanted = Wanted(frozenset(task.identifiers), task.back)
        burst = Burst(self._queue, job.id)
        progress = self._progress(job, burst, drive, title)
        info = verified.pack.info
        tried = Tried(drive.id, info.id, info.version, verified.pack.digest)
        results = install(verified, wanted, self._shelf, progress, self._before(job))
        try:
            self._from_stick(job, drive, title, burst, results)
        except RefusalError as exc:
            if task.by_itself and exc.code not in _AGAIN:
                self._memory.add(tried)
            raise
        if task.by_itself and not self._is_ending():
            self._memory.add(tried)

    def _verified(self, drive: Drive, task: InstallPack) -> VerifiedPack:
        """The pack, checked again now: what was seen before may be another by now."""
        path = drive.path.joinpath(*Path(task.pack).parts)
        if ".." in Path(task.pack).parts or path not in find_packs(drive.path):
            raise UnknownDriveError(task.pack)
        policy = policy_now(self._config)
        verified = verify_pack(read_pack(path), policy, today(self._config))
        allow_pack(policy, verified, by_itself=task.by_itself)
        if not task.by_itself and verified.pack.digest != task.digest:
            raise RefusalError("pack-changed")
        return verified

    def _from_stick(
        self,
        job: Job,
        drive: Drive,
        what: dict[str, str],
        burst: Burst,
        results: Iterable[IngestResult],
    ) -> None:
        """Take the results of a stick, and tell everybody who should know."""
        end: RefusalError | None = None
        try:
            burst.take(results)
        except RefusalError as exc:
            end = exc
            raise
        finally:
            if not self._is_ending():
                self._tell_end(job, drive, what, end)

    def _tell_end(
        self, job: Job, drive: Drive, what: dict[str, str], end: RefusalError | None
    ) -> None:
        outcome = Outcome.of(self._queue.each_result(job.id))
        name = what.get("tg") or next(iter(what.values()), "") or drive.label
        text = report_text(name, outcome, end)
        try:
            keep_report(self._config.reports, job.id, text)
            self._leave(drive, text, gone=end is not None and end.code == "drive-removed")
        except (OSError, RefusalError) as exc:
            log.warning("the report of job %s: %s", job.id, exc)
        if self._queue.is_cancelled(job.id):
            self._news.take_down(drive.id)
            return
        count = outcome.counts
        refused = count[Status.REJECTED]
        good = end is None and (not refused or refused < count.total())
        self._news.put(
            drive.id,
            StickNote(
                Phase.DONE if good else Phase.FAILED,
                what,
                part=1.0 if good else 0.0,
                installed=count[Status.INSTALLED],
                removed=count[Status.RETIRED],
                refused=refused,
                job=job.id,
            ),
        )

    def _leave(self, drive: Drive, text: str, *, gone: bool) -> None:
        """A report on the stick too, where it can be written and nobody minds."""
        told = drive.mounted
        if gone or (told and not told.writable) or not policy_now(self._config).reports:
            return
        with writable(self._config, drive.id):
            leave_report(drive.path, text)

    def _export(self, job: Job, task: ExportPack) -> None:
        drive = find_drive(self._config, task.drive)
        catalog = self._shelf.catalog
        items = task.items or tuple(
            card.id for card in catalog.cards(Filters(), limit=catalog.count())
        )
        what = {title_language(task.title): task.title}
        progress = self._progress(job, Burst(self._queue, job.id), drive, what)
        try:
            with writable(self._config, drive.id):
                target = _free_name(drive.path, task.title)
                made = export_items(self._shelf, items, target, task.title, progress)
        except Stopped:
            self._news.take_down(drive.id)
        except (RefusalError, OSError):
            self._news.put(drive.id, StickNote(Phase.FAILED, job=job.id))
            raise
        else:
            log.info("job %s: %s", job.id, made)
            self._news.put(drive.id, StickNote(Phase.DONE, made.info.title, 1.0, job=job.id))

    def _undo(self, job: Job, task: Undo) -> None:
        try:
            if not self._queue.get(task.job).over:
                raise RefusalError("item-gone")
            changes = self._queue.changes(task.job)
        except UnknownJobError as exc:
            raise RefusalError("item-gone") from exc
        for result in undo(self._shelf, changes):
            self._queue.add_result(job.id, result)
        self._queue.mark_undone(task.job, job.id)

    def _progress(
        self,
        job: Job,
        burst: Burst,
        drive: Drive | None = None,
        what: dict[str, str] | None = None,
    ) -> Progress:
        def watch(report: Report) -> None:
            burst.tell()
            self._queue.report(job.id, report)
            if drive:
                note = StickNote(
                    Phase.WORKING, what or {}, round(report.part, 3), job=job.id, removable=False
                )
                self._news.put(drive.id, note)

        return Progress(watch, lambda: self._is_ending() or self._queue.is_cancelled(job.id))

    def _before(self, job: Job) -> Before:
        """Writes down what is about to change: the history survives a power cut."""

        def before(coming: Sequence[Coming]) -> None:
            self._queue.add_changes(job.id, [_change(*one) for one in coming])

        return before


def _change(item: Item | None, gone: tuple[Item, ...]) -> Change:
    left = tuple(Left(old.id, old.shown.title) for old in gone)
    return Change(item.id if item else "", item.shown.title if item else "", left)


def _free_name(folder: Path, title: str) -> Path:
    """A name for a pack that nothing on the drive has."""
    (stem,) = safe_names([title])
    number, target = 1, folder / f"{stem}.chashma"
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.chashma"
    return target
