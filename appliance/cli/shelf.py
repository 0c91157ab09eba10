# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma list``, ``show``, ``remove`` and ``restore``."""

from pathlib import Path
from typing import Any

import click
import msgspec

from appliance.cli.output import configuration, options, print_json
from appliance.cli.owner import become_owner
from appliance.content.catalog import Order
from appliance.content.filters import Filters
from appliance.content.item import Item
from appliance.content.shelf import Shelf
from appliance.errors import UnknownItemError

_EVERYTHING = -1


@click.command("list")
@options
@click.pass_context
def list_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """List what stands on the shelf, hidden things too."""
    config = configuration(context, state)
    become_owner(config.store)
    shelf = Shelf(config)
    cards = shelf.catalog.cards(Filters(hidden=True), order=Order.TITLE, limit=_EVERYTHING)
    if as_json:
        print_json({"items": cards})
        return
    for card in cards:
        click.echo(f"{card.id}  {card.kind:<5}  {','.join(card.languages):<8}  {card.title}")


@click.command("show")
@click.argument("item_id", metavar="ID")
@options
@click.pass_context
def show_command(context: click.Context, item_id: str, state: Path | None, as_json: bool) -> None:
    """Show all that is known of an item."""
    config = configuration(context, state)
    try:
        item = Shelf(config).store.read(item_id)
    except UnknownItemError as exc:
        raise click.ClickException(f"no item has the id {item_id}") from exc
    facts = _facts(item, config.portal_url)
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        if value not in ("", [], {}, None):
            click.echo(f"{name:<12} {value}")


@click.command("remove")
@click.argument("item_id", metavar="ID")
@options
@click.pass_context
def remove_command(context: click.Context, item_id: str, state: Path | None, as_json: bool) -> None:
    """Take an item off the shelf; `chashma restore ID` brings it back."""
    config = configuration(context, state)
    become_owner(config.store)
    shelf = Shelf(config)
    try:
        shelf.remove(item_id)
    except UnknownItemError as exc:
        raise click.ClickException(f"no item has the id {item_id}") from exc
    if as_json:
        print_json({"id": item_id, "status": "removed"})


@click.command("restore")
@click.argument("item_id", metavar="ID")
@options
@click.pass_context
def restore_command(
    context: click.Context, item_id: str, state: Path | None, as_json: bool
) -> None:
    """Put a removed item back on the shelf."""
    config = configuration(context, state)
    become_owner(config.store)
    shelf = Shelf(config)
    try:
        item = shelf.restore(item_id)
    except UnknownItemError as exc:
        raise click.ClickException(f"no removed item has the id {item_id}") from exc
    if as_json:
        print_json({"id": item.id, "status": "restored", "title": item.shown.title})


def _facts(item: Item, portal_url: str) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(item.shown))
    return {
        "id": item.id,
        "kind": item.kind,
        **shown,
        "url": f"{portal_url}/item/{item.id}",
        "source": item.source,
        "added": item.added,
        "size": item.size,
        "hidden": item.hidden,
        "featured": item.featured,
        "details": msgspec.to_builtins(item.details),
        "files": [file.path for file in item.files if file.path.startswith("files/")],
    }
