# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker: the one process that changes the shelf on behalf of the web.

Two lanes: what takes hours (ingest), and what takes a blink (edit, hide, remove), so that nobody
waits for a film to be copied before a title can be mended.
"""

import logging
import shutil
import signal
import threading
from collections.abc import Iterator

from appliance.config import Config, load_config
from appliance.content.discover import Candidate, discover
from appliance.content.drives import UnknownDriveError, find_drive
from appliance.content.ingest import ingest
from appliance.content.progress import Progress
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError, StoreError, UnknownItemError
from appliance.jobs.job import (
    Edit,
    Feature,
    Ingest,
    IngestUpload,
    Job,
    Purge,
    Remove,
    Restore,
    Show,
    State,
    Task,
)
from appliance.jobs.queue import JobQueue

log = logging.getLogger(__name__)
_LANES = ("long", "short")
_IDLE_S = 0.1


class Worker:
    """Takes jobs until it is told to stop."""

    def __init__(self, config: Config) -> None:
        """Open shelf and queue, and mend what the last end interrupted."""
        self._config = config
        self._shelf = Shelf(config)
        self._shelf.repair(thorough=True)
        self._queue = JobQueue(config.jobs_db)
        self._queue.requeue_interrupted()
        self._ending = threading.Event()

    def run(self) -> None:
        """Work on all lanes; returns after ``stop``."""
        lanes = [threading.Thread(target=self._work, args=(lane,), name=lane) for lane in _LANES]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()

    def stop(self) -> None:
        """End soon: what is being copied begins again with the next start."""
        self._ending.set()

    def _work(self, lane: str) -> None:
        while not self._ending.is_set():
            job = self._queue.take(lane)
            if job is None:
                self._ending.wait(_IDLE_S)
            else:
                self._do(job)

    def _do(self, job: Job) -> None:
        log.info("job %s of %s: %s", job.id, job.asked_by, job.task)
        try:
            if isinstance(job.task, Ingest | IngestUpload):
                self._ingest(job.id, job.task)
            else:
                self._change(job.task)
        except RefusalError as exc:
            self._queue.finish(job.id, State.FAILED, exc)
        except UnknownItemError:
            self._queue.finish(job.id, State.FAILED, RefusalError("item-gone"))
        except (UnknownDriveError, FileNotFoundError):
            self._queue.finish(job.id, State.FAILED, RefusalError("drive-removed"))
        except Exception:
            # One job must not end the worker; the log has the story.
            log.exception("job %s", job.id)
            self._queue.finish(job.id, State.FAILED, RefusalError("internal-error"))
        else:
            self._close(job.id)

    def _close(self, number: int) -> None:
        if self._queue.is_cancelled(number):
            self._queue.finish(number, State.CANCELLED)
        elif not self._ending.is_set():
            self._queue.finish(number, State.DONE)

    def _change(self, task: Task) -> None:
        match task:
            case Edit(item, metadata):
                self._shelf.change(item, edited=metadata)
            case Show(item, shown):
                self._shelf.change(item, hidden=not shown)
            case Feature(item, featured):
                self._shelf.change(item, featured=featured)
            case Remove(item):
                self._shelf.remove(item)
            case Restore(item):
                self._shelf.restore(item)
            case Purge(item):
                self._shelf.store.purge(item)

    def _ingest(self, number: int, task: Ingest | IngestUpload) -> None:
        def is_stopped() -> bool:
            return self._ending.is_set() or self._queue.is_cancelled(number)

        progress = Progress(lambda report: self._queue.report(number, report), is_stopped)
        for result in ingest(list(self._candidates(task)), self._shelf, progress):
            self._queue.add_result(number, result)
        if isinstance(task, IngestUpload) and not self._ending.is_set():
            shutil.rmtree(self._config.uploads / task.folder, ignore_errors=True)

    def _candidates(self, task: Ingest | IngestUpload) -> Iterator[Candidate]:
        if isinstance(task, IngestUpload):
            if "/" in task.folder or task.folder.startswith("."):
                raise StoreError(f"not a name of an upload: {task.folder!r}")
            yield from discover([self._config.uploads / task.folder])
            return
        drive = find_drive(self._config, task.drive)
        chosen = set(task.sources)
        for candidate in discover([drive.path]):
            if not chosen or candidate.source in chosen:
                yield candidate


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    worker = Worker(load_config())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
