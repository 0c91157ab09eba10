# SPDX-License-Identifier: GPL-3.0-or-later
"""Switching the box off, and starting it anew."""

from appliance.agent.parts import Parts
from appliance.agent.protocol import Done, PowerOff, Restart
from appliance.clock.clock import keep_time


def off(parts: Parts, _: PowerOff) -> Done:
    """Switch off, a second after the answer."""
    return _end(parts, "poweroff")


def restart(parts: Parts, _: Restart) -> Done:
    """Start anew, a second after the answer."""
    return _end(parts, "reboot")


def _end(parts: Parts, verb: str) -> Done:
    keep_time(parts.config)
    parts.later.go_down(lambda: parts.systemctl(verb))
    return Done()
