# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot: its settings, on trial until somebody confirms them."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import ChangeHotspot, ConfirmHotspot, ReadHotspot, RevertHotspot
from appliance.hotspot.state import HotspotState


def read(parts: Parts, _: ReadHotspot) -> HotspotState:
    """How the networks are."""
    return parts.networks.state()


def change(parts: Parts, request: ChangeHotspot) -> HotspotState:
    """Run by other settings, which go back by themselves."""
    return parts.networks.change(request.settings)


def confirm(parts: Parts, request: ConfirmHotspot) -> HotspotState:
    """Keep what is on trial."""
    return parts.networks.confirm(request.address)


def revert(parts: Parts, _: RevertHotspot) -> HotspotState:
    """End the trial now."""
    return parts.networks.revert()
