# SPDX-License-Identifier: GPL-3.0-or-later
"""How often somebody may ask for the same; counted in memory, by each process for itself."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_KEYS = 5_000


class Rate:
    """At most ``most`` times in ``seconds``, for each key; a bucket that fills evenly."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._each = seconds / most
        self._clock = clock
        self._full_at: OrderedDict[object, float] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: object) -> bool:
        """Whether it may be done now; if so, it is counted."""
        now = self._clock()
        with self._lock:
            full_at = max(self._full_at.pop(key, now), now)
            # Compared before it is added to: where nothing was asked yet, that is exact.
            allowed = full_at - now <= (self._most - 1) * self._each
            self._full_at[key] = full_at + self._each if allowed else full_at
            while len(self._full_at) > _MOST_KEYS:
                self._full_at.popitem(last=False)
        return allowed
