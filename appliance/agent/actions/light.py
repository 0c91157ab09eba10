# SPDX-License-Identifier: GPL-3.0-or-later
"""The board's light."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, ShowLight


def show(parts: Parts, request: ShowLight) -> Done:
    """Have it say how it stands with sticks; a board without one says nothing."""
    parts.lamp.show(request.light)
    return Done()
