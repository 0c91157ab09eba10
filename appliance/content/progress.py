# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a run of ingest is, told to whoever watches, and the wish to stop it."""

import time
from collections import deque
from collections.abc import Callable

import msgspec

from appliance.content.discover import Candidate
from appliance.content.payload import source_size
from appliance.errors import RefusalError

_REPORT_EVERY_S = 0.5
# The speed is that of the last reports: about ten seconds.
_SPEED_MARKS = 20


class Stopped(Exception):
    """The run was cancelled."""


class Report(msgspec.Struct, frozen=True):
    """A moment of the run.

    Attributes:
        current: the file at work.
        checking: part of its check that is done, 0 to 1; negative while it is being copied.
        seconds: since the run began, by a clock that never jumps.
        item_bytes: of the file at work that are done; ``item_total`` is all of it.
        speed: bytes a second of late; 0 while it cannot be told. What an earlier run had copied
            already does not count.
        looked: files that were looked at, of ``to_look``, before it is known what has to be done.
        to_look: see ``looked``.
    """

    done_bytes: int = 0
    total_bytes: int = 0
    done_files: int = 0
    total_files: int = 0
    current: str = ""
    checking: float = -1.0
    seconds: float = 0.0
    item_bytes: int = 0
    item_total: int = 0
    speed: float = 0.0
    looked: int = 0
    to_look: int = 0

    @property
    def part(self) -> float:
        """Of the work that is done, 0 to 1."""
        return self.done_bytes / self.total_bytes if self.total_bytes else 0.0

    @property
    def bytes_per_second(self) -> float:
        """The speed of late; 0 while it cannot be told."""
        return self.speed

    @property
    def seconds_left(self) -> float | None:
        """How long all will take at this speed; none while it cannot be told."""
        return (self.total_bytes - self.done_bytes) / self.speed if self.speed else None

    @property
    def item_seconds_left(self) -> float | None:
        """How long the file at work will take; none while it cannot be told."""
        return (self.item_total - self.item_bytes) / self.speed if self.speed else None


class Progress:
    """Counts, and passes reports on at most twice a second."""

    def __init__(
        self,
        watch: Callable[[Report], None] = lambda _: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Tell ``watch`` what goes on; raise ``Stopped`` once ``is_stopped`` says so."""
        self._watch = watch
        self._is_stopped = is_stopped
        self._begun = self._reported = time.monotonic()
        self._report = Report()
        self._finished_bytes = 0
        self._is_open = False
        self._moved = 0
        self._marks = deque([(self._begun, 0)], _SPEED_MARKS)

    def look(self, looked: int, count: int) -> None:
        """So many files were looked at, of so many, to see what lies ahead.

        Raises:
            Stopped: the run was cancelled.
        """
        self._change(looked=looked, to_look=count)

    def begin(self, size: int, count: int) -> None:
        """The work that lies ahead: bytes and files.

        Raises:
            Stopped: the run was cancelled.
        """
        self._marks = deque([(time.monotonic(), self._moved)], _SPEED_MARKS)
        self._change(total_bytes=size, total_files=count, now=True)

    def start(self, name: str, size: int) -> None:
        """The turn of a file has come; those before it are copied, if they are not finished.

        Raises:
            Stopped: the run was cancelled.
        """
        self._close()
        self._is_open = True
        self._change(current=name, checking=-1.0, item_bytes=0, item_total=size)

    def skip(self, count: int) -> None:
        """So many bytes were there already, from an earlier run."""
        self._moved -= count
        self.advance(count)

    def advance(self, count: int) -> None:
        """So many more bytes were copied.

        Raises:
            Stopped: the run was cancelled.
        """
        self._moved += count
        done = min(self._report.item_total, self._report.item_bytes + count)
        self._change(item_bytes=done, done_bytes=self._finished_bytes + done)

    def check(self, part: float) -> None:
        """So much of the current file's check is done, 0 to 1.

        Raises:
            Stopped: the run was cancelled.
        """
        self._change(checking=part)

    def finish(self) -> None:
        """One more file is done, well or not: the current one, or one of those before it."""
        self._close()
        self._report = msgspec.structs.replace(
            self._report,
            done_bytes=self._finished_bytes,
            item_bytes=self._report.item_total,
            done_files=self._report.done_files + 1,
        )
        if time.monotonic() - self._reported >= _REPORT_EVERY_S or self._is_last:
            self._tell()

    def _close(self) -> None:
        if self._is_open:
            self._finished_bytes += self._report.item_total
            self._is_open = False

    @property
    def _is_last(self) -> bool:
        return self._report.done_files >= self._report.total_files

    def _change(self, *, now: bool = False, **values: float | str) -> None:
        self._report = msgspec.structs.replace(self._report, **values)
        if now or time.monotonic() - self._reported >= _REPORT_EVERY_S:
            self._tell()
            if self._is_stopped():
                raise Stopped

    def _tell(self) -> None:
        self._reported = time.monotonic()
        since, moved = self._marks[0]
        speed = (self._moved - moved) / (self._reported - since) if self._is_told(since) else 0.0
        self._marks.append((self._reported, self._moved))
        self._report = msgspec.structs.replace(
            self._report,
            seconds=round(self._reported - self._begun, 1),
            speed=round(max(speed, 0.0), 1),
        )
        self._watch(self._report)

    def _is_told(self, since: float) -> bool:
        return self._reported - since > 1


def size_of(candidate: Candidate) -> int:
    """Bytes that a candidate's files have now; what cannot be read counts nothing."""
    total = 0
    for path in candidate.all_files:
        try:
            total += source_size(path)
        except RefusalError:
            continue
    return total
