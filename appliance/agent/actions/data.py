# SPDX-License-Identifier: GPL-3.0-or-later
"""The data partition: mending it."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, RepairData
from appliance.clock.clock import keep_time


def repair(parts: Parts, _: RepairData) -> Done:
    """Check and mend the partition, a second after the answer; the box starts anew after it."""
    keep_time(parts.config)
    parts.later.go_down(parts.repair)
    return Done()
