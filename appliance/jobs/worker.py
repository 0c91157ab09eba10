# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker: the one process that changes the shelf on behalf of the web.

Two lanes: what takes hours (ingest), and what takes a blink (edit, hide, remove), so that nobody
waits for a film to be copied before a title can be mended. Beside them it watches the drives, and
sees to it that nobody waits behind one that does not answer.
"""

import logging
import signal
import threading
from functools import partial

from appliance.config import Config, load_config
from appliance.content.drives import UnknownDriveError
from appliance.content.patience import NotAnsweringError
from appliance.content.shelf import KIWIX_SEES_S, Shelf
from appliance.errors import RefusalError, UnknownItemError
from appliance.jobs.carrier import Carrier
from appliance.jobs.job import (
    LONG,
    Edit,
    Feature,
    Job,
    Purge,
    Remove,
    Restore,
    Show,
    State,
    Task,
)
from appliance.jobs.lane import Lane
from appliance.jobs.memory import Memory
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue
from appliance.jobs.watch import Watch
from appliance.usb.drive_list import silent_drives

log = logging.getLogger(__name__)
_LANES = ("long", "short")
_LOOK_EVERY_S = 1.0


class Worker:
    """Takes jobs until it is told to stop."""

    def __init__(self, config: Config) -> None:
        """Open shelf and queue, and mend what the last end interrupted."""
        self._config = config
        self._shelf = Shelf(config, settle_s=KIWIX_SEES_S)
        self._shelf.repair(thorough=True)
        self._queue = JobQueue(config.jobs_db)
        self._queue.requeue_interrupted()
        self._ending = threading.Event()
        self._done = 0
        news, memory = News(config), Memory(config.state / "sticks-tried.json")
        parts = (config, self._shelf, self._queue, news, memory)
        self._carrier = Carrier(*parts, self._ending.is_set)
        self._watch = Watch(*parts, lambda: self._done)
        self._lanes = [
            Lane(name, partial(self._queue.take, name), self._do, self._ending) for name in _LANES
        ]

    def run(self) -> None:
        """Work on all lanes; returns after ``stop``."""
        for lane in self._lanes:
            lane.start()
        # In this thread, which so looks up each second: of a signal that comes just before the
        # kernel is asked to wait, Python does not know until then.
        self._look()
        for lane in self._lanes:
            lane.join()

    def stop(self) -> None:
        """End soon: what is being copied begins again with the next start."""
        self._ending.set()

    def _look(self) -> None:
        while not self._ending.wait(_LOOK_EVERY_S):
            self._pass_silent_sticks()
            try:
                self._watch.look()
            except Exception:
                # Nor may a stick; it is looked at again.
                log.exception("watching the drives")

    def _pass_silent_sticks(self) -> None:
        """Whoever waits behind a job whose stick does not answer waits no longer."""
        silent = silent_drives(self._config.drives)
        for lane in self._lanes:
            job = lane.job
            if job and job.drive in silent and lane.leave(job.id):
                log.warning("job %s waits for its stick; the next is taken", job.id)

    def _do(self, job: Job) -> None:
        log.info("job %s of %s: %s", job.id, job.asked_by, job.task)
        try:
            if isinstance(job.task, LONG):
                self._carrier.do(job, job.task)
            else:
                self._change(job.task)
        except RefusalError as exc:
            self._queue.finish(job.id, State.FAILED, exc)
        except UnknownItemError:
            self._queue.finish(job.id, State.FAILED, RefusalError("item-gone"))
        except (UnknownDriveError, FileNotFoundError):
            self._queue.finish(job.id, State.FAILED, RefusalError("drive-removed"))
        except NotAnsweringError:
            self._queue.finish(job.id, State.FAILED, RefusalError("drive-not-answering"))
        except Exception:
            # One job must not end the worker; the log has the story.
            log.exception("job %s", job.id)
            self._queue.finish(job.id, State.FAILED, RefusalError("internal-error"))
        else:
            self._close(job.id)
        self._done += 1

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


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    worker = Worker(load_config())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
