# SPDX-License-Identifier: GPL-3.0-or-later
"""Many small inspections in one child, which works while the next files are being copied.

A fork for each would cost more than the work itself. Whatever ends the child stops no other file:
the job that it was at gets a child of its own, which finds the reason, and a new child goes on with
the rest.
"""

import shutil
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.isolation import child_stream, messages, run_isolated, verdict
from appliance.content.inspect.messages import (
    Accepted,
    Ended,
    Job,
    Limits,
    Message,
    Progress,
    Refused,
)
from appliance.content.inspect.staged import FILES
from appliance.errors import RefusalError

_PATIENCE_S = 60.0
"""For one job among others; alone it has the time that its limits say."""

_SECONDS = 900.0
_MOST_AHEAD = 100
"""So many jobs and their answers fit into the buffers of a socket: nobody waits for the other."""


class Series:
    """Jobs for one child, in order."""

    def __init__(self) -> None:
        """The child comes with the first job."""
        self._waiting: deque[Job] = deque()
        self._heard: deque[Inspection | RefusalError] = deque()
        self._stream: socket.socket | None = None
        self._lines: BinaryIO | None = None
        self._said: Iterator[Message] = iter(())
        self._broken = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def add(self, job: Job) -> None:
        """Give it one more; nobody waits for the outcome, unless many others are waited for."""
        full = len(self._waiting) >= _MOST_AHEAD
        if not self._broken and full and not self._hear(_nobody):
            self._broken = True
        self._waiting.append(job)
        if self._broken:
            return
        try:
            stream = self._stream or self._begin(job)
            stream.sendall(msgspec.json.encode(job) + b"\n")
        except (ConnectionError, TimeoutError):
            # What it was not told, it cannot answer: that is done when the answers end.
            self._broken = True

    def outcomes(
        self, progress: Callable[[float], None] = lambda part: None
    ) -> Iterator[Inspection | RefusalError]:
        """What became of each, in order.

        Args:
            progress: told how much of the one at work is done, 0 to 1; may raise to stop the work.
        """
        while self._heard or self._waiting:
            if self._heard:
                progress(1.0)
                yield self._heard.popleft()
            elif not self._hear(progress):
                self._end()
                job, others = self._waiting.popleft(), self._waiting
                yield _alone(job, progress)
                self._waiting = deque()
                for other in others:
                    self.add(other)

    def _begin(self, job: Job) -> socket.socket:
        stream = self._stream = child_stream(_limits(job))
        stream.settimeout(_PATIENCE_S)
        self._lines = stream.makefile("rb")
        self._said = messages(self._lines)
        return stream

    def _hear(self, progress: Callable[[float], None]) -> bool:
        """Wait for one more answer; false if the child ended or is silent for too long."""
        with suppress(ConnectionError, TimeoutError, RefusalError):
            for message in self._said:
                match message:
                    case Progress(part):
                        progress(min(1.0, max(0.0, part)))
                    case Accepted() | Refused():
                        self._waiting.popleft()
                        self._heard.append(_outcome(message))
                        return True
                    case Ended():
                        return False
        return False

    def _end(self) -> None:
        """See that the child is gone: it must not write into a folder that is being removed."""
        if self._lines:
            self._lines.close()
        if self._stream is None:
            return
        with self._stream, suppress(OSError):
            self._stream.shutdown(socket.SHUT_WR)
            while self._stream.recv(65536):
                pass
        self._stream, self._lines, self._said, self._broken = None, None, iter(()), False


def _nobody(_: float) -> None:
    """Told how far a job is while the next ones are being copied."""


def _alone(job: Job, progress: Callable[[float], None]) -> Inspection | RefusalError:
    for left in list(Path(job.folder).iterdir()):
        if left.name == FILES:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()
    try:
        return run_isolated(job, progress)
    except RefusalError as exc:
        return exc


def _outcome(answer: Accepted | Refused) -> Inspection | RefusalError:
    try:
        return verdict(answer)
    except RefusalError as exc:
        return exc


def _limits(job: Job) -> Limits:
    return msgspec.structs.replace(job.limits, seconds=_SECONDS)
