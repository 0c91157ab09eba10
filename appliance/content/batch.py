# SPDX-License-Identifier: GPL-3.0-or-later
"""Many small things onto the shelf at once.

They are copied one after the other while a limited child inspects those before them; then one
flush, the renames and one transaction put them all in place. For each the shelf is as before or as
after.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.content.arrival import Arrival
from appliance.content.bring import already, installed, put
from appliance.content.inspect.inspection import TEXT_FILE, Inspection
from appliance.content.inspect.series import Series
from appliance.content.item import Item
from appliance.content.loaded import Loaded, load
from appliance.content.outcome import log
from appliance.content.result import IngestResult
from appliance.content.store import FILES
from appliance.content.work import Work
from appliance.durable import Disk
from appliance.errors import RefusalError

_MOST_FILES = 400
_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_S = 3.0
"""Of copying; then people shall see what has come so far."""

_MOST_TEXT = 4 * 1024 * 1024
"""Bytes of text that go into the search index while nobody else can change the shelf."""


class _Ready(msgspec.Struct):
    """Inspected, and to be put on the shelf.

    Attributes:
        slot: its place in the batch.
        text: bytes of it for the search index.
    """

    slot: int
    loaded: Loaded
    inspection: Inspection
    item: Item
    text: int


class _Group:
    """What can be put together: not what takes the place of another one in it."""

    def __init__(self) -> None:
        self.all: list[_Ready] = []
        self._editions: set[str] = set()
        self._text = 0

    def take(self, ready: _Ready) -> bool:
        """Take one more; false if it does not fit. The first one always does."""
        edition = ready.item.edition
        same = edition is not None and edition.identifier in self._editions
        if self.all and (same or self._text + ready.text > _MOST_TEXT):
            return False
        self.all.append(ready)
        self._text += ready.text
        if edition:
            self._editions.add(edition.identifier)
        return True


class Batch:
    """A batch on its way.

    Attributes:
        ended: why no more could be taken: the drive is gone.
    """

    def __init__(self, folder: Path, disk: Disk, series: Series, work: Work) -> None:
        """Build it in an empty staged folder.

        Args:
            folder: where to.
            disk: that it lies on, opened before.
            series: for the inspections.
            work: what the run works with.
        """
        self._folder, self._disk, self._series, self._work = folder, disk, series, work
        self._arrivals: list[Arrival] = []
        self._slots: list[Loaded | IngestResult] = []
        self._bytes = 0
        self._until = time.monotonic() + _LONGEST_S
        self.ended: RefusalError | None = None

    @property
    def is_full(self) -> bool:
        """Whether no more should be taken."""
        full = len(self._slots) >= _MOST_FILES or self._bytes >= _MOST_BYTES
        return full or self.ended is not None or time.monotonic() >= self._until

    def take(self, arrival: Arrival) -> None:
        """Copy one more, and have it inspected.

        Raises:
            Stopped: the run was cancelled.
        """
        self._work.progress.start(arrival.source, arrival.size)
        try:
            slot = arrival.outcome(self._work.shelf, lambda: self._load(arrival))
        except RefusalError as exc:
            self.ended = exc
            return
        self._arrivals.append(arrival)
        self._slots.append(slot)
        self._bytes += arrival.size

    def put(self) -> list[IngestResult]:
        """Put on the shelf what can go there; the results in order.

        Raises:
            Stopped: the run was cancelled; nothing, or a part of it, was put.
        """
        group = _Group()
        for ready in self._inspected():
            if not group.take(ready):
                self._put(group.all)
                group = _Group()
                group.take(ready)
        self._put(group.all)
        return [slot for slot in self._slots if isinstance(slot, IngestResult)]

    def _load(self, arrival: Arrival) -> Loaded | IngestResult:
        ready = arrival.prepare()
        if isinstance(ready, IngestResult):
            return ready
        folder = self._folder / str(len(self._slots))
        for made in (folder, folder / FILES):
            made.mkdir()
        try:
            loaded = load(ready, folder, None, self._work)
        except (RefusalError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if self._work.shelf.store.is_whole(loaded.id):
            return already(ready, loaded.id, self._work.shelf)
        self._series.add(loaded.job())
        return loaded

    def _inspected(self) -> Iterator[_Ready]:
        number, count = 0, len(self._slots)
        outcomes = self._series.outcomes(
            lambda part: self._work.progress.check((number + part) / count)
        )
        for number, slot in enumerate(self._slots):
            if isinstance(slot, IngestResult):
                continue
            ready = self._made(number, slot, next(outcomes))
            if isinstance(ready, IngestResult):
                self._slots[number] = ready
                shutil.rmtree(slot.folder, ignore_errors=True)
            else:
                yield ready

    def _made(
        self, number: int, loaded: Loaded, inspection: Inspection | RefusalError
    ) -> _Ready | IngestResult:
        def make() -> _Ready:
            if isinstance(inspection, RefusalError):
                raise inspection
            text = loaded.folder / TEXT_FILE
            size = text.stat().st_size if text.exists() else 0
            return _Ready(number, loaded, inspection, loaded.item(inspection), size)

        return self._arrivals[number].outcome(self._work.shelf, make)

    def _put(self, group: list[_Ready]) -> None:
        shelf, staged = self._work.shelf, [(one.loaded.folder, one.item) for one in group]
        try:
            replaced = shelf.add_all(staged, self._disk, self._work.before)
        except OSError as exc:
            # One by one: each that still can comes in, each other gets its reason.
            log.warning("%s files at once: %s", len(group), exc)
            for one in group:
                self._slots[one.slot] = self._put_alone(one)
            return
        for one, older in zip(group, replaced, strict=True):
            delivery = one.loaded.delivery
            self._slots[one.slot] = (
                already(delivery, one.item.id, shelf)
                if older is None
                else installed(delivery, one.item, one.inspection, older)
            )

    def _put_alone(self, one: _Ready) -> IngestResult:
        arrival, delivery = self._arrivals[one.slot], one.loaded.delivery
        return arrival.outcome(
            self._work.shelf,
            lambda: put(delivery, one.loaded.folder, one.item, one.inspection, self._work),
        )
