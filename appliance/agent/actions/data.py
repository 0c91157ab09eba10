# SPDX-License-Identifier: GPL-3.0-or-later
"""The data partition: mending it."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, RepairData
from appliance.agent.refused import RefusedError
from appliance.clock.clock import keep_time
from appliance.disk.repair import repair_data


def repair(parts: Parts, _: RepairData) -> Done:
    """Check and mend the partition, a second after the answer; the box starts anew after it."""
    if not parts.data_state.exists():
        raise RefusedError("cannot-repair", "there is no data partition of its own")
    keep_time(parts.config)
    parts.later.go_down(lambda: repair_data(parts.systemctl))
    return Done()
