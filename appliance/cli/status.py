# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma status``: how the box is."""

from pathlib import Path

import click

from appliance.cli.output import configuration, options, print_json
from appliance.content.filters import Filters
from appliance.content.shelf import Shelf


@click.command("status")
@options
@click.pass_context
def status_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """Tell what the box holds and how it is."""
    config = configuration(context, state)
    shelf = Shelf(config)
    facts = {
        "state": str(config.state),
        "items": shelf.catalog.count(Filters(hidden=True)),
        "hidden": shelf.catalog.count(Filters(hidden=True)) - shelf.catalog.count(),
        "removed": len(shelf.store.removed_ids()),
        "free": shelf.free_bytes(),
        "portal": config.portal_url,
        "admin": config.admin_url,
    }
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        click.echo(f"{name:<8} {value}")
