# SPDX-License-Identifier: GPL-3.0-or-later
"""Watching the drives: what is plugged in is looked at; what may come by itself is asked for."""

import itertools
import logging
import os
from collections.abc import Callable
from pathlib import Path

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.drive_view import (
    DriveView,
    LineState,
    PackView,
    forget_drive_view,
    write_drive_view,
)
from appliance.content.drives import Drive, plugged_in
from appliance.content.fingerprint import fingerprint
from appliance.content.look import look_at_pack
from appliance.content.note import Phase, StickNote
from appliance.content.pack.pack import find_packs
from appliance.content.pack.revocation import find_revoked_keys
from appliance.content.policy import FromSticks, PolicyError, StickPolicy
from appliance.content.revoked import Revoked, add_revoked
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError
from appliance.jobs.job import InstallPack, Job
from appliance.jobs.memory import Memory, Tried
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue
from appliance.jobs.trust import policy_now, today
from appliance.timestamp import utc_now

log = logging.getLogger(__name__)
_LOOSE_LOOKED_AT = 300
"""Loose files only need a yes; whether there are three hundred or ten thousand makes no odds."""


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
        # While a drive stays plugged in: what fails for lack of room is not tried for ever.
        self._asked: list[Tried] = []

    def look(self) -> None:
        """Look once."""
        drives = plugged_in(self._config)
        present = {drive.id for drive in drives}
        for gone in set(self._seen) - present:
            del self._seen[gone]
            self._views.pop(gone, None)
            self._asked = [tried for tried in self._asked if tried.drive != gone]
            forget_drive_view(self._config.run, gone)
        self._news.keep_only(present)
        rules = (_changed(self._config.stick_policy), _changed(self._config.revoked_keys))
        for drive in drives:
            stamp = (_stamp(drive.path), rules, self._done())
            if self._seen.get(drive.id) != stamp:
                self._seen[drive.id] = stamp
                self._see(drive)
        self._news.tell()

    def _see(self, drive: Drive) -> None:
        try:
            view = self._view(drive)
        except (OSError, RefusalError) as exc:
            log.warning("%s: %s", drive.id, exc)  # it is being pulled out, or it is failing
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
        """How many loose files there are, as far as is looked, and whether one is new."""
        count, new = 0, False
        for candidate in itertools.islice(discover([drive.path]), _LOOSE_LOOKED_AT):
            if candidate.kind and not candidate.problem:
                count += 1
                mark = fingerprint(candidate.all_files)
                new = new or not self._shelf.catalog.by_fingerprint(mark)
        return count, new

    def _take_revoked(self, place: Path) -> None:
        """Lists of revoked keys, of a stick or a pack, count before anything on the stick does."""
        try:
            found = find_revoked_keys(place, policy_now(self._config))
            if found:
                keys = tuple(Revoked(key, found.signer.key, utc_now()) for key in found.keys)
                if add_revoked(self._config.revoked_keys, keys):
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
    """What tells a drive from the same folder an hour ago, at the price of one listing."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                (entry.name, status.st_mtime_ns, status.st_size)
                for entry in entries
                if "chashma-report.txt" not in entry.name
                for status in [entry.stat(follow_symlinks=False)]
            )
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, tuple(names))
