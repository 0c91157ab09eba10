# SPDX-License-Identifier: GPL-3.0-or-later
"""Becomes one service of the table: ``python -m appliance.services.launch NAME``.

What systemd does on the box by itself is done here for a laptop: no process outlives its
supervisor, and none starts beside one that an earlier start left behind.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from appliance.config import Config, load_config
from appliance.services import lease
from appliance.services.service import services

_PR_SET_PDEATHSIG = 1  # prctl(2)


def main() -> NoReturn:
    """Replace this process by the service that the command line names."""
    parent = os.getppid()
    die_with(parent)
    config = load_config()
    service = next(service for service in services(config) if service.name == sys.argv[1])
    evict_and_hold(config, service.name)
    for socket in service.sockets:
        socket.unlink(missing_ok=True)
    os.chdir(service.folder)
    os.execve(  # noqa: S606 - no shell is wanted
        service.command[0], service.command, {**os.environ, **service.environment}
    )


def lease_file(config: Config, name: str) -> Path:
    """The file whose lock all processes of a service hold."""
    return config.run / f"{name}.lease"


def evict_and_hold(config: Config, name: str) -> None:
    """Stop what is left of an earlier start of this service, and take its place."""
    file = lease_file(config, name)
    lease.evict(file)
    lease.take(file, inherit=True)


def die_with(parent: int) -> None:
    """Have the kernel end this process with SIGTERM when its parent ends, however that ends."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended in between
        sys.exit(1)


if __name__ == "__main__":
    main()
