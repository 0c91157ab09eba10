# SPDX-License-Identifier: GPL-3.0-or-later
"""The data partition: mending it."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, RepairData
from appliance.agent.refused import RefusedError
from appliance.clock.clock import keep_time

_REPAIR = "chashma-repair.target"
"""Stops whatever stands on the partition, mends it, starts the box anew (``provisioning``)."""


def repair(parts: Parts, _: RepairData) -> Done:
    """Check and mend the partition, a second after the answer; the box starts anew after it."""
    if not parts.data_state.exists():
        raise RefusedError("cannot-repair", "there is no data partition of its own")
    keep_time(parts.config)
    parts.later.go_down(lambda: parts.systemctl("--no-block", "isolate", _REPAIR))
    return Done()
