# SPDX-License-Identifier: GPL-3.0-or-later
"""Lock files: who works on a folder holds one, and a dead process holds none."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.errors import StoreError


@contextmanager
def held(lock_file: Path) -> Iterator[None]:
    """Hold a new lock file for the length of the block.

    Raises:
        StoreError: a repair took it for abandoned in the instant of its making.
    """
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lock_file.exists():
            raise StoreError("a repair ran in the same instant; try again")
        try:
            yield
        finally:
            lock_file.unlink(missing_ok=True)


@contextmanager
def taken(lock_file: Path) -> Iterator[bool]:
    """Take over an abandoned lock and remove it; false where a living process holds it."""
    try:
        with lock_file.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
            lock_file.unlink(missing_ok=True)
    except FileNotFoundError:
        yield True  # nobody holds a lock that is gone
    except BlockingIOError:
        yield False


@contextmanager
def tried(lock_file: Path) -> Iterator[bool]:
    """Hold a lock file for the length of the block; false where somebody else does."""
    with lock_file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield lock_file.exists()
        finally:
            lock_file.unlink(missing_ok=True)
