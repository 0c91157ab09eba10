# SPDX-License-Identifier: GPL-3.0-or-later
"""Watching the drives: what is plugged in is looked at; what may come by itself is asked for.

Whatever reads from a drive does so in a thread of its own: one that hangs keeps no other waiting.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.allowance import Allowance
from appliance.content.discover import Candidate, discover
from appliance.content.drive_view import (
    DriveView,
    LineState,
    PackView,
    forget_drive_view,
    write_drive_view,
)
from appliance.content.drives import LOOKED_AT, Drive, plugged_in
from appliance.content.fingerprint import fingerprint
from appliance.content.look import look_at_pack
from appliance.content.note import Phase, StickNote
from appliance.content.pack.pack import find_packs
from appliance.content.pack.revocation import find_revoked_keys
from appliance.content.patience import Question
from appliance.content.policy import FromSticks, PolicyError, StickPolicy
from appliance.content.progress import size_of
from appliance.content.revoked import Revoked, add_revoked
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError
from appliance.jobs.job import InstallPack, Job
from appliance.jobs.memory import Memory, Tried
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue
from appliance.jobs.refused import is_final, results_before, was_installed
from appliance.jobs.trust import policy_now, today
from appliance.timestamp import utc_now

log = logging.getLogger(__name__)
_TOGETHER_S = 5.0
"""How long drives are waited for; whoever needs longer is asked for its answer the next time."""
_LOOSE_LOOKED_AT = 300
"""Loose files only need a yes; whether there are three hundred or ten thousand makes no odds."""
_TOLD_APART_BY = 1000
"""Names right on a drive that are compared each second; what comes later changes its time too."""


class Seen(msgspec.Struct, frozen=True):
    """What a look at a drive brought.

    Attributes:
        stamp: as long as this is the same, the drive need not be looked at again.
        view: nothing where it is not, or cannot be.
    """

    stamp: object
    view: DriveView | None = None


class Watch:
    """Looks again and again; cheap while nothing changes."""

    def __init__(
        self,
        config: Config,
        shelf: Shelf,
        queue: JobQueue,
        news: News,
        memory: Memory,
        done: Callable[[], int],
    ) -> None:
        """Watch the drives of a box.

        Args:
            config: where they are.
            shelf: what packs are compared with.
            queue: where packs are asked for.
            news: told what waits.
            memory: of what was tried.
            done: how many jobs have come to an end: then a drive looks different.
        """
        self._config, self._shelf, self._queue = config, shelf, queue
        self._news, self._memory, self._done = news, memory, done
        self._seen: dict[str, object] = {}
        self._views: dict[str, DriveView] = {}
        self._looks: dict[str, Question[Seen]] = {}
        self._revoking = threading.Lock()
        # While a drive stays plugged in: what fails for lack of room is not tried for ever.
        self._asked: list[Tried] = []

    def look(self) -> None:
        """Look once."""
        drives = plugged_in(self._config)
        present = {drive.id for drive in drives}
        for gone in (self._seen.keys() | self._looks.keys()) - present:
            self._seen.pop(gone, None)
            self._looks.pop(gone, None)
            self._views.pop(gone, None)
            self._asked = [tried for tried in self._asked if tried.drive != gone]
            forget_drive_view(self._config.run, gone)
        self._news.keep_only(present)
        rules = (_changed(self._config.stick_policy), _changed(self._config.revoked_keys))
        until = time.monotonic() + _TOGETHER_S
        fresh = [drive.id for drive in drives if drive.id not in self._looks]
        for drive in drives:
            if drive.id in fresh:
                look = partial(self._look_at, drive, self._seen.get(drive.id), rules, self._done())
                self._looks[drive.id] = Question(look, f"look {drive.id}")
        for drive in drives:
            asked = self._looks[drive.id].thread
            asked.join(max(0.0, until - time.monotonic()) if drive.id in fresh else 0.0)
            if not asked.is_alive():
                self._take(drive, self._looks.pop(drive.id).answer())
        self._news.tell()

    def _look_at(self, drive: Drive, seen: object, rules: object, done: int) -> Seen:
        """Read what has to be read; in a thread, so nothing of this object is changed."""
        stamp = (_stamp(drive.path), rules, done)
        if seen == stamp:
            return Seen(stamp)
        try:
            return Seen(stamp, self._view(drive))
        except (OSError, RefusalError) as exc:
            log.warning("%s: %s", drive.id, exc)  # it is being pulled out, or it is failing
        except Exception:
            # Nor may a stick keep the others from being looked at.
            log.exception("%s", drive.id)
        return Seen(stamp)

    def _take(self, drive: Drive, seen: Seen) -> None:
        """Tell everybody who should know what was seen, and ask for what comes by itself."""
        self._seen[drive.id] = seen.stamp
        view = seen.view
        if view is None:
            return
        self._views[drive.id] = view
        write_drive_view(self._config.run, view)
        for pack in view.packs:
            if pack.by_itself and not self._is_known(drive, pack):
                self._asked.append(_tried(drive, pack))
                number = self._queue.submit(InstallPack(drive.id, pack.path, by_itself=True), "")
                log.info("%s: job %s for %s by itself", drive.id, number, pack.path)
        if self._waits(view) and self._news.phase(drive.id) in (None, Phase.WAITING):
            titles = (pack.info.title for pack in view.packs if pack.info and pack.may_install)
            self._news.put(drive.id, StickNote(Phase.WAITING, next(titles, {})))
        elif self._news.phase(drive.id) is Phase.WAITING:
            self._news.take_down(drive.id)

    def _view(self, drive: Drive) -> DriveView:
        found = find_packs(drive.path)
        for place in (drive.path, *found):
            self._take_revoked(place)
        policy, now = policy_now(self._config), today(self._config)
        shelf = self._shelf
        packs = tuple(
            look_at_pack(path, drive.path, shelf.catalog, shelf.config.store, policy, now)
            for path in found
        )
        loose, loose_new = self._loose(drive)
        return DriveView(drive.id, utc_now(), shelf.free_bytes(), packs, loose, loose_new)

    def _loose(self, drive: Drive) -> tuple[int, bool]:
        """How many loose files there are, as far as is looked, and whether one could come."""
        count, new = 0, False
        candidates = list(discover([drive.path], Allowance(LOOKED_AT)))
        names = {candidate.source for candidate in candidates}
        before = results_before(self._queue, drive.id, names)
        for candidate in candidates:
            if candidate.kind and not candidate.problem and count < _LOOSE_LOOKED_AT:
                count += 1
                new = new or not (
                    is_final(before.get(candidate.source), size_of(candidate))
                    or self._on_shelf(candidate)
                )
        return count, new

    def _on_shelf(self, candidate: Candidate) -> bool:
        return bool(self._shelf.catalog.by_fingerprint(fingerprint(candidate.all_files)))

    def _take_revoked(self, place: Path) -> None:
        """Lists of revoked keys, of a stick or a pack, count before anything on the stick does."""
        try:
            found = find_revoked_keys(place, policy_now(self._config))
            if found:
                keys = tuple(Revoked(key, found.signer.key, utc_now()) for key in found.keys)
                with self._revoking:
                    added = add_revoked(self._config.revoked_keys, keys)
                if added:
                    log.warning("%s: keys were revoked by %s", place, found.signer.name)
        except (RefusalError, PolicyError, OSError) as exc:
            log.warning("%s: list of revoked keys: %s", place, exc)

    def _is_known(self, drive: Drive, pack: PackView) -> bool:
        """Whether somebody is at it, or was: the same stick fifty times does nothing."""
        tried = _tried(drive, pack)
        if self._memory.has(tried) or tried in self._asked:
            return True
        return any(self._is_same(job, drive, pack) for job in self._queue.pending())

    def _is_same(self, job: Job, drive: Drive, pack: PackView) -> bool:
        """Whether a waiting job brings this pack, or a newer one of its series."""
        task = job.task
        if not isinstance(task, InstallPack):
            return False
        if (task.drive, task.pack) == (drive.id, pack.path):
            return True
        other = self._asked_for(task)
        return bool(
            other
            and other.info
            and pack.info
            and other.info.id == pack.info.id
            and other.info.version >= pack.info.version
        )

    def _asked_for(self, task: InstallPack) -> PackView | None:
        view = self._views.get(task.drive)
        packs = view.packs if view else ()
        return next((pack for pack in packs if pack.path == task.pack), None)

    def _waits(self, view: DriveView) -> bool:
        """Whether something would come if a person said yes."""
        policy: StickPolicy = policy_now(self._config)
        if view.loose_new and policy.from_sticks is FromSticks.ASK:
            return True
        return any(
            pack.may_install
            and not pack.by_itself
            and not pack.back
            and (LineState.NEW in pack.tally or LineState.NEWER in pack.tally)
            and not was_installed(self._queue, pack.digest)
            for pack in view.packs
        )


def _tried(drive: Drive, pack: PackView) -> Tried:
    info = pack.info
    return Tried(drive.id, info.id if info else "", info.version if info else 0, pack.digest)


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _stamp(folder: Path) -> object:
    """What tells a drive from the same folder an hour ago, at the price of a short listing."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                (entry.name, status.st_mtime_ns, status.st_size)
                for entry in islice(entries, _TOLD_APART_BY)
                if "chashma-report.txt" not in entry.name
                for status in [entry.stat(follow_symlinks=False)]
            )
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, status.st_mtime_ns, tuple(names))
