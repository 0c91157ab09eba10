# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot: its settings, on trial until somebody confirms them."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import ChangeHotspot, ConfirmHotspot, ReadHotspot, RevertHotspot
from appliance.agent.refused import RefusedError
from appliance.hotspot.check import WrongSettingsError
from appliance.hotspot.hotspot import NotOnHotspotError, NoTrialError
from appliance.hotspot.state import HotspotState


def read(parts: Parts, _: ReadHotspot) -> HotspotState:
    """How the networks are."""
    return parts.networks.state()


def change(parts: Parts, request: ChangeHotspot) -> HotspotState:
    """Run by other settings, which go back by themselves."""
    try:
        return parts.networks.change(request.settings)
    except WrongSettingsError as exc:
        raise RefusedError("settings-wrong", str(exc)) from exc


def confirm(parts: Parts, request: ConfirmHotspot) -> HotspotState:
    """Keep what is on trial."""
    try:
        return parts.networks.confirm(request.address)
    except NotOnHotspotError as exc:
        raise RefusedError("not-on-hotspot", request.address[:40]) from exc
    except NoTrialError as exc:
        raise RefusedError("no-trial") from exc


def revert(parts: Parts, _: RevertHotspot) -> HotspotState:
    """End the trial now."""
    return parts.networks.revert()
