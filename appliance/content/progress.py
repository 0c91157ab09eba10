# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a run of ingest is, told to whoever watches, and the wish to stop it."""

import time
from collections.abc import Callable, Sequence

import msgspec

from appliance.content.copy import source_size
from appliance.content.discover import Candidate
from appliance.errors import RefusalError

_REPORT_EVERY_S = 0.5


class Stopped(Exception):
    """The run was cancelled."""


class Report(msgspec.Struct, frozen=True):
    """A moment of the run.

    Attributes:
        current: the file at work.
        checking: part of its check that is done, 0 to 1; negative while it is being copied.
        seconds: since the run began, by a clock that never jumps.
    """

    done_bytes: int = 0
    total_bytes: int = 0
    done_files: int = 0
    total_files: int = 0
    current: str = ""
    checking: float = -1.0
    seconds: float = 0.0

    @property
    def bytes_per_second(self) -> float:
        """The speed so far; 0 while it cannot be told."""
        return self.done_bytes / self.seconds if self.seconds > 1 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at this speed; none while it cannot be told."""
        speed = self.bytes_per_second
        return (self.total_bytes - self.done_bytes) / speed if speed else None


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
        self._current_bytes = 0

    def begin(self, candidates: Sequence[Candidate]) -> None:
        """The work that lies ahead."""
        total = sum(size_of(candidate) for candidate in candidates)
        self._change(total_bytes=total, total_files=len(candidates), now=True)

    def start(self, candidate: Candidate) -> None:
        """A candidate's turn has come."""
        self._current_bytes = size_of(candidate)
        self._change(current=candidate.source, checking=-1.0)

    def advance(self, count: int) -> None:
        """So many more bytes were copied.

        Raises:
            Stopped: the run was cancelled.
        """
        most = self._finished_bytes + self._current_bytes
        self._change(done_bytes=min(most, self._report.done_bytes + count))

    def check(self, part: float) -> None:
        """So much of the current candidate's check is done, 0 to 1.

        Raises:
            Stopped: the run was cancelled.
        """
        self._change(checking=part)

    def finish(self) -> None:
        """The current candidate is done, well or not."""
        self._finished_bytes += self._current_bytes
        self._report = msgspec.structs.replace(
            self._report,
            done_bytes=self._finished_bytes,
            done_files=self._report.done_files + 1,
        )
        self._tell()

    def _change(self, *, now: bool = False, **values: float | str) -> None:
        self._report = msgspec.structs.replace(self._report, **values)
        if now or time.monotonic() - self._reported >= _REPORT_EVERY_S:
            self._tell()
            if self._is_stopped():
                raise Stopped

    def _tell(self) -> None:
        self._reported = time.monotonic()
        self._report = msgspec.structs.replace(
            self._report, seconds=round(self._reported - self._begun, 1)
        )
        self._watch(self._report)


def size_of(candidate: Candidate) -> int:
    """Bytes that a candidate's files have now; what cannot be read counts nothing."""
    total = 0
    for path in candidate.all_files:
        try:
            total += source_size(path)
        except RefusalError:
            continue
    return total
