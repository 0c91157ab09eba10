# SPDX-License-Identifier: GPL-3.0-or-later
"""A lane of the worker: one job after the other, past one that hangs.

A job that reads from a stick which does not answer waits in the kernel, past every signal. It is
left to its thread, and another thread takes the next job. Nothing of it is thrown away: once the
stick answers or is pulled out, the old thread goes on where it was, brings its job to an end and
ends itself. Until then two jobs may be at work on the shelf, as when a command runs beside the
worker: what they do to it holds the shelf's lock, which nobody holds while reading from a stick.
"""

import threading
from collections.abc import Callable

from appliance.jobs.job import Job

_IDLE_S = 0.1
_LAST_S = 5.0
"""What hung and goes on again ends within this, when the worker does."""


class Lane:
    """Takes jobs until the worker ends."""

    def __init__(
        self,
        name: str,
        take: Callable[[], Job | None],
        do: Callable[[Job], None],
        ending: threading.Event,
    ) -> None:
        """Nothing is done before ``start``.

        Args:
            name: for whoever looks at the threads.
            take: the next job, if there is one.
            do: does it; may raise nothing.
            ending: set when no more jobs shall be taken.
        """
        self._name, self._take, self._do, self._ending = name, take, do, ending
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._left: list[threading.Thread] = []
        self._thread = self._new()

    @property
    def job(self) -> Job | None:
        """The job that is being done now, without those that were left."""
        with self._lock:
            return self._job

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def leave(self, number: int) -> bool:
        """Leave a job to its thread and go on with the next; false if it is over meanwhile."""
        with self._lock:
            if self._ending.is_set() or self._job is None or self._job.id != number:
                return False
            self._left = [*(one for one in self._left if one.is_alive()), self._thread]
            self._job, self._thread = None, self._new()
            self._thread.start()
            return True

    def join(self) -> None:
        """Wait until no job is being done; for those that were left, not for long."""
        with self._lock:
            thread, left = self._thread, self._left
        thread.join()
        for one in left:
            one.join(_LAST_S)

    def _new(self) -> threading.Thread:
        # The end of the process waits for none that hangs.
        return threading.Thread(target=self._work, name=self._name, daemon=True)

    def _work(self) -> None:
        while not self._ending.is_set():
            job = self._begun()
            if job:
                self._do(job)
            if not self._is_mine():
                return
            if job is None:
                self._ending.wait(_IDLE_S)

    def _begun(self) -> Job | None:
        job = self._take()
        with self._lock:
            self._job = job
        return job

    def _is_mine(self) -> bool:
        """Whether the lane is still this thread's; then it is free for the next job."""
        with self._lock:
            if self._thread is not threading.current_thread():
                return False
            self._job = None
            return True
