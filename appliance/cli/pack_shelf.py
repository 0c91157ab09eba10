# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack create --from-shelf``: a pack of what stands on this box."""

from collections.abc import Sequence
from pathlib import Path

import click

from appliance.cli.output import configuration
from appliance.content.catalog import Order
from appliance.content.filters import Filters
from appliance.content.pack.create import Made
from appliance.content.pack.export import export_items
from appliance.content.progress import Progress
from appliance.content.shelf import Shelf


def pack_of_shelf(
    context: click.Context,
    state: Path | None,
    items: Sequence[str],
    target: Path,
    progress: Progress,
    *,
    title: str,
    publisher: str,
    most_bytes: int,
) -> Made:
    """Make a pack of items, or of all that students see where none is named.

    Raises:
        click.ClickException: the configuration cannot be used.
        UnknownItemError, RefusalError, Stopped: as ``export_items``.
    """
    shelf = Shelf(configuration(context, state))
    shown = (card.id for card in shelf.catalog.cards(Filters(), order=Order.TITLE, limit=-1))
    return export_items(
        shelf,
        tuple(items) or tuple(shown),
        target,
        title or "Chashma",
        progress,
        publisher=publisher,
        most_bytes=most_bytes,
    )
