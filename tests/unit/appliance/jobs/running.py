# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker at work, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.config import Config
from appliance.jobs.worker import Worker

PATIENCE_S = 120


@contextmanager
def working(config: Config) -> Iterator[None]:
    """Over this state folder."""
    worker = Worker(config)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join()
