# SPDX-License-Identifier: GPL-3.0-or-later
"""The search inside archives, for a command that may run while nothing else does."""

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.config import Config
from appliance.own_module import start_module
from appliance.process import Process

_PATIENCE_S = 30.0


@contextmanager
def search_process(config: Config) -> Iterator[Path]:
    """The socket of the search process: the box's own, else of one that lives for the block."""
    if _answers(config.search_socket):
        yield config.search_socket
        return
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        own = Path(folder) / "search.sock"
        process = _started(own, config.store)
        try:
            _wait_for(own, process)
            yield own
        finally:
            process.terminate()
            process.wait()


def _started(own: Path, store: Path) -> Process:
    return start_module(
        "kiwix.search_server", "--socket", own, "--store", store.absolute(), quiet=True
    )


def _wait_for(own: Path, process: Process) -> None:
    """Until it answers; a process that ended, or never answers, leaves a search without it."""
    deadline = time.monotonic() + _PATIENCE_S
    while not _answers(own) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
