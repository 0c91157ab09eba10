# SPDX-License-Identifier: GPL-3.0-or-later
"""An inspection where the system knows no limits but time: on computers where packs are made.

A file that crashes or hangs a parser ends the child, and is refused; the box, which trusts nobody,
looks again with all its limits. One child does one job after the other, because a new interpreter
for each file would take longer than the files.
"""

import atexit
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import msgspec

from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.isolation import InterruptionError, messages, outcome
from appliance.content.inspect.messages import Ended, Job, Message
from appliance.errors import RefusalError
from appliance.own_module import start_answering_module
from appliance.process import Process

_CHILD = "appliance.content.inspect.timed_child"


class _Child:
    """The child, started when there is work and it is not there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._idle = True
        atexit.register(self.close)

    def do(self, job: Job, progress: Callable[[float], None]) -> Inspection:
        """Have a job done; see ``run_timed``."""
        with self._lock:
            process = self._living()
            over = threading.Event()
            timer = threading.Timer(job.limits.seconds, _end, (process, over))
            timer.start()
            self._idle = False
            try:
                asked = cast("BinaryIO", process.stdin)
                asked.write(msgspec.json.encode(job) + b"\n")
                asked.flush()
                return outcome(self._heard(process, over), progress)
            finally:
                timer.cancel()

    def close(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _heard(self, process: Process, over: threading.Event) -> Iterator[Message]:
        """What it says of this job, and how it ended, if it did."""
        for message in messages(cast("BinaryIO", process.stdout)):
            self._idle = isinstance(message, Ended)
            yield message
        yield Ended(signal=abs(process.wait()), timed_out=over.is_set())

    def _living(self) -> Process:
        if self._process is None or not self._idle or self._process.poll() is not None:
            self.close()
            self._process = start_answering_module(_CHILD)
        return self._process


_child = _Child()


def run_timed(job: Job, progress: Callable[[float], None]) -> Inspection:
    """Have a job done in a child process with a limit of time.

    Raises:
        RefusalError: the child refused the files, or they ended it.
    """
    try:
        return _child.do(job, progress)
    except (InterruptionError, OSError) as exc:
        raise RefusalError("check-interrupted") from exc


def _end(process: Process, over: threading.Event) -> None:
    over.set()
    process.kill()
