# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma status``: how the box is."""

from pathlib import Path
from typing import Any

import click
import msgspec

from appliance.cli.output import configuration, language, options, print_json
from appliance.config import Config
from appliance.content.filters import Filters
from appliance.content.shelf import Shelf
from appliance.disk.state import DataState
from appliance.health.health import Health, read_health
from appliance.health.wording import sentence
from appliance.language import size_in_words


@click.command("status")
@options
@click.pass_context
def status_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """Tell what the box holds and how it is."""
    config = configuration(context, state)
    shelf = Shelf(config)
    health = read_health(config)
    if as_json:
        findings = [msgspec.to_builtins(finding) for finding in health.findings]
        print_json(
            {**_library(config, shelf), **msgspec.structs.asdict(health), "findings": findings}
        )
        return
    room = {"room": size_in_words(shelf.free_bytes(), language())}
    for name, value in (_library(config, shelf) | room | _machine(health)).items():
        click.echo(f"{name:<12} {value}")
    for finding in health.findings:
        click.echo(f"{'!' if finding.serious else '·'} {sentence(finding, language())}")


def _library(config: Config, shelf: Shelf) -> dict[str, Any]:
    everything, shown = shelf.catalog.count(Filters(hidden=True)), shelf.catalog.count()
    return {
        "state": str(config.state),
        "portal": config.portal_url,
        "admin": config.admin_url,
        "items": everything,
        "hidden": everything - shown,
        "removed": len(shelf.store.removed_ids()),
        "room": shelf.free_bytes(),
    }


def _machine(health: Health) -> dict[str, str]:
    """The measurements as people read them; what this machine cannot tell is left out."""

    def size(count: int) -> str:
        return size_in_words(count, language())

    facts = {
        "memory": f"{size(health.memory_used)} of {size(health.memory_total)}",
        "disk free": f"{size(health.disk_free)} of {size(health.disk_total)}",
        "processor": f"{health.cpu_percent:.0f} %",
        "services": ", ".join(
            f"{service.name} {'answers' if service.running else 'does not answer'}"
            for service in health.services
        ),
    }
    if health.temperature is not None:
        facts["temperature"] = f"{health.temperature:.0f} °C"
    return facts | _box(health)


def _box(health: Health) -> dict[str, str]:
    """What only a box has."""
    facts = {}
    data, card, boots = health.storage.data, health.storage.card, health.power.boots
    if data:
        facts["data"] = data.state if data.reason is None else f"{data.state}: {data.reason}"
        if data.state is DataState.GOOD and data.mended:
            facts["data"] += ", mended at the start"
        if data.repaired:
            facts["data"] += f", repaired {data.repaired}"
    if card.worn_percent is not None:
        facts["card"] = f"{card.worn_percent} % worn"
    if health.power.under_voltages is not None:
        facts["power"] = f"{health.power.under_voltages} times too weak since the start"
    if boots:
        facts["starts"] = f"{boots.count}, {boots.cut} of them ended by a power cut"
    if health.clock:
        facts["clock"] = f"{health.clock.time}, by {health.clock.confidence}"
    return facts
