# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own services, each a unit ``chashma-NAME``."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, RestartService
from appliance.agent.refused import RefusedError
from appliance.services.service import services


def restart(parts: Parts, request: RestartService) -> Done:
    """Start one anew, a second after the answer: the asker itself may hang on it."""
    if request.name not in {service.name for service in services(parts.config)}:
        raise RefusedError("no-such-service", request.name[:40])
    unit = f"chashma-{request.name}.service"
    parts.later.do(lambda: parts.systemctl("--no-block", "restart", unit))
    return Done()
