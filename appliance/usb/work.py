# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a stick, in a thread of its own."""

import threading
import time
from collections.abc import Callable


class Work:
    """Something that is being done to a stick.

    Attributes:
        error: what ended it, once ``thread`` has ended.
    """

    def __init__(
        self, work: Callable[[], None], after: Callable[[], None], patience_s: float
    ) -> None:
        """Get ready; ``thread.start`` begins.

        Args:
            work: may fail with an ``OSError``.
            after: done in the same thread, whatever became of it.
            patience_s: seconds that it may take.
        """
        self._deadline = time.monotonic() + patience_s
        self.error: OSError | None = None
        self._work, self._after = work, after
        self.thread = threading.Thread(target=self._run, name="stick", daemon=True)

    def is_late(self, grace_s: float = 0.0) -> bool:
        """Whether it has taken longer than it may, and than this much more."""
        return time.monotonic() > self._deadline + grace_s

    def _run(self) -> None:
        try:
            self._work()
        except OSError as exc:
            self.error = exc
        finally:
            self._after()
