# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing on a stick: opened by the agent for just as long as it takes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentAbsentError,
    AgentError,
    AgentRefusedError,
    CloseDrive,
    OpenDrive,
)
from appliance.config import Config
from appliance.errors import RefusalError

log = logging.getLogger(__name__)
_FLUSH_S = 1800.0
"""A slow stick may have gigabytes to write out."""


@contextmanager
def writable(config: Config, drive: str) -> Iterator[None]:
    """The drive can be written inside the block; on a laptop it always can.

    Raises:
        RefusalError: drive-unwritable.
    """
    try:
        ask(config, OpenDrive(drive))
        opened = True
    except AgentAbsentError:
        opened = False
    except AgentRefusedError as exc:
        raise RefusalError("drive-unwritable") from exc
    except AgentError as exc:
        log.warning("%s: %s", drive, exc)
        _close(config, drive)  # it may have been opened after all
        raise RefusalError("drive-unwritable") from exc
    try:
        yield
    finally:
        if opened:
            _close(config, drive)


def _close(config: Config, drive: str) -> None:
    try:
        ask(config, CloseDrive(drive), timeout_s=_FLUSH_S)
    except AgentError as exc:
        log.warning("%s: not closed: %s", drive, exc)
