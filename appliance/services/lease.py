# SPDX-License-Identifier: GPL-3.0-or-later
"""Who still holds a service's place: a lock that all its processes inherit.

The lock lasts as long as any process of the service lives, children included. So a new start can
prove which processes an earlier one left behind, and stop exactly those.
"""

import fcntl
import os
import signal
from pathlib import Path

import psutil

from appliance.errors import ApplianceError

_PATIENCE = 3  # seconds between asking and killing


class LeaseError(ApplianceError):
    """Another process holds the place and does not leave it."""


def take(file: Path, *, inherit: bool) -> int:
    """Take the lock at once; its descriptor, which is to stay open.

    Args:
        inherit: whether programs that this process starts hold it too.

    Raises:
        LeaseError: somebody holds it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as exc:
        os.close(descriptor)
        raise LeaseError(f"{file} is held by another process") from exc
    os.set_inheritable(descriptor, inherit)
    return descriptor


def holders(file: Path) -> list[psutil.Process]:
    """The other processes that have this file open."""
    try:
        wanted = file.stat()
    except FileNotFoundError:
        return []
    return [
        process
        for process in psutil.process_iter()
        if process.pid != os.getpid() and _has_open(process.pid, (wanted.st_dev, wanted.st_ino))
    ]


def evict(file: Path) -> int:
    """Stop every process that an earlier start left behind; how many there were."""
    found = holders(file)
    for process in found:
        _signal(process, signal.SIGTERM)
    _, left = psutil.wait_procs(found, timeout=_PATIENCE)
    for process in left:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(left, timeout=_PATIENCE)
    return len(found)


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _has_open(pid: int, wanted: tuple[int, int]) -> bool:
    try:
        entries = list(os.scandir(f"/proc/{pid}/fd"))
    except OSError:  # gone, or somebody else's
        return False
    for entry in entries:
        try:
            found = entry.stat()
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == wanted:
            return True
    return False
