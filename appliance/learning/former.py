# SPDX-License-Identifier: GPL-3.0-or-later
"""Items whose place another has taken: what was done with the one counts for the other.

The catalogue knows it of what stands on the shelf (``Item.former``); here it is kept for good:
records outlast items.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from appliance.database import Database

Families = dict[str, tuple[str, ...]]
"""For each item that was asked for: the ids of all its editions, the newest first."""


def take_formers(database: Database, formers: Mapping[str, str]) -> None:
    """Keep who took whose place; writes only what is new.

    Args:
        formers: id of the present item by the id of each edition before it.
    """
    known = dict(
        tuple(row)
        for row in database.connection.execute("SELECT former_id, item_id FROM former_item")
    )
    fresh = {former: item for former, item in formers.items() if known.get(former) != item}
    if not fresh:
        return
    with database.transaction() as connection:
        for former, item in fresh.items():
            # The heir of an heir inherits from all.
            connection.execute(
                "UPDATE former_item SET item_id = ? WHERE item_id = ?", (item, former)
            )
            connection.execute(
                "INSERT INTO former_item VALUES (?, ?)"
                " ON CONFLICT (former_id) DO UPDATE SET item_id = excluded.item_id",
                (former, item),
            )
            connection.execute("DELETE FROM former_item WHERE former_id = ?", (item,))


def families(connection: sqlite3.Connection, item_ids: Iterable[str]) -> Families:
    """The editions of each of these items, whichever of them is asked for."""
    asked = list(item_ids)
    heirs = dict(
        tuple(row)
        for row in connection.execute(
            "SELECT former_id, item_id FROM former_item"
            " WHERE former_id IN (SELECT value FROM json_each(?))",
            (json.dumps(asked),),
        )
    )
    present = {heirs.get(item, item) for item in asked}
    members: dict[str, list[str]] = {item: [item] for item in present}
    for former, item in connection.execute(
        "SELECT former_id, item_id FROM former_item"
        " WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY former_id",
        (json.dumps(sorted(present)),),
    ):
        members[item].append(former)
    return {item: tuple(members[heirs.get(item, item)]) for item in asked}
