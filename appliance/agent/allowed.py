# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask the agent for what; root may ask for everything."""

from collections.abc import Mapping

from appliance.agent.protocol import (
    ANSWERS,
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

Kinds = frozenset[type[Request]]

EVERYTHING: Kinds = frozenset(ANSWERS)

ALLOWED: Mapping[str, Kinds] = {
    "chashma-web": frozenset(
        {
            ReadHotspot,
            ChangeHotspot,
            ConfirmHotspot,
            RevertHotspot,
            ReadClock,
            SetClock,
            PowerOff,
            Restart,
            RestartService,
            RepairData,
            EjectDrive,
        }
    ),
    "chashma-content": frozenset({OpenDrive, CloseDrive, EjectDrive, ShowLight}),
}
"""By the user of the process that asks."""
