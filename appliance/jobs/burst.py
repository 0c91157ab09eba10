# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of a job, told many at a time: each telling is a flush of the disk."""

import time
from collections.abc import Iterable

from appliance.content.result import IngestResult
from appliance.jobs.queue import JobQueue

_EVERY_S = 0.5


class Burst:
    """Results that are not yet in the queue."""

    def __init__(self, queue: JobQueue, number: int) -> None:
        """``number``: of the job."""
        self._queue, self._number = queue, number
        self._waiting: list[IngestResult] = []
        self._told = time.monotonic()

    def take(self, results: Iterable[IngestResult]) -> None:
        """Tell all results, soon after each comes; what ends them ends this too."""
        try:
            for result in results:
                self._waiting.append(result)
                if time.monotonic() - self._told >= _EVERY_S:
                    self.tell()
        finally:
            self.tell()

    def tell(self) -> None:
        """Tell now what there is; for whoever knows that the next result will take a while."""
        if self._waiting:
            self._queue.add_results(self._number, self._waiting)
            self._waiting = []
        self._told = time.monotonic()
