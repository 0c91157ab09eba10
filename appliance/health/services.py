# SPDX-License-Identifier: GPL-3.0-or-later
"""The services: which of them run."""

from collections.abc import Iterator

import msgspec

from appliance.config import Config
from appliance.health.finding import Finding, Trouble
from appliance.services.running import running_services


class ServiceState(msgspec.Struct, frozen=True):
    """Whether a service answers; nothing where that cannot be told."""

    name: str
    running: bool | None


def read_services(config: Config) -> tuple[ServiceState, ...]:
    """Every service of the table, in its order."""
    running = running_services(config)
    return tuple(ServiceState(name, state) for name, state in running.items())


def service_findings(services: tuple[ServiceState, ...]) -> Iterator[Finding]:
    """Which do not run."""
    for service in services:
        if service.running is False:
            yield Finding(Trouble.SERVICE_DOWN, serious=True, name=service.name)
