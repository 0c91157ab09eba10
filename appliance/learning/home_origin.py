# SPDX-License-Identifier: GPL-3.0-or-later
"""Which results came as codes from home, and whose files gave those codes."""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from appliance.learning.person import Person

Owners = Mapping[int, Person | None]
"""By the number of a try that came as a code: who took home the file that gave it.

Nothing where nobody is known: a guest took it, or somebody who was deleted since.
"""


def owners(connection: sqlite3.Connection, try_ids: Iterable[int]) -> Owners:
    """Of these tries those that were made at home."""
    rows = connection.execute(
        "SELECT try_id, person.id, person.name, person.class_id FROM home_code"
        " JOIN home_copy ON home_copy.id = copy_id"
        " LEFT JOIN person ON person.id = home_copy.person_id"
        " WHERE try_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(try_ids)),),
    )
    return {row["try_id"]: _person(row) for row in rows}


def others_files(
    connection: sqlite3.Connection, person_ids: Iterable[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who took home the files with which somebody else made a result, by that one and the item.

    Names, each once; an item stands under the id of the edition that was taken home.
    """
    rows = connection.execute(
        "SELECT DISTINCT try.person_id, try.item_id, person.name FROM try"
        " JOIN home_code ON try_id = try.id JOIN home_copy ON home_copy.id = copy_id"
        " JOIN person ON person.id = home_copy.person_id"
        " WHERE try.person_id IN (SELECT value FROM json_each(?))"
        " AND person.id != try.person_id ORDER BY person.folded",
        (json.dumps(list(person_ids)),),
    )
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        key = row["person_id"], row["item_id"]
        found[key] = (*found.get(key, ()), row["name"])
    return found


def _person(row: sqlite3.Row) -> Person | None:
    return None if row["id"] is None else Person(row["id"], row["name"], row["class_id"])
