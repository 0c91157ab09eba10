# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that root does when it is asked: a kind of request, and what it leads to."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from appliance.agent.actions import clock, data, drives, hotspot, light, power, service
from appliance.agent.parts import Parts
from appliance.agent.protocol import (
    Answer,
    AnyRequest,
    ChangeHotspot,
    CloseDrive,
    ConfirmHotspot,
    EjectDrive,
    OpenDrive,
    PowerOff,
    ReadClock,
    ReadHotspot,
    RepairData,
    Request,
    Restart,
    RestartService,
    RevertHotspot,
    SetClock,
    ShowLight,
)
from appliance.agent.refused import RefusedError

log = logging.getLogger(__name__)

ACTIONS: Mapping[type[Request], Callable[[Parts, Any], Answer]] = {
    ReadHotspot: hotspot.read,
    ChangeHotspot: hotspot.change,
    ConfirmHotspot: hotspot.confirm,
    RevertHotspot: hotspot.revert,
    ReadClock: clock.read,
    SetClock: clock.change,
    PowerOff: power.off,
    Restart: power.restart,
    RestartService: service.restart,
    RepairData: data.repair,
    OpenDrive: drives.open_drive,
    CloseDrive: drives.close_drive,
    EjectDrive: drives.eject_drive,
    ShowLight: light.show,
}

_QUESTIONS = (ReadHotspot, ReadClock)


def act(parts: Parts, request: AnyRequest) -> Answer:
    """Do what is asked.

    Raises:
        RefusedError: it is not done.
    """
    if not isinstance(request, _QUESTIONS):
        log.info("%s", type(request).__name__)
        if parts.later.is_going_down():
            raise RefusedError("going-down")
    return ACTIONS[type(request)](parts, request)
