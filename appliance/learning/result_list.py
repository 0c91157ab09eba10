# SPDX-License-Identifier: GPL-3.0-or-later
"""Every result of a class, one a line: what a teacher takes out of the box."""

from collections.abc import Iterable, Sequence

import msgspec

from appliance.database import Database
from appliance.learning.former import families
from appliance.learning.home_origin import others_files
from appliance.learning.person import Person
from appliance.learning.progress import Progress, read_progress


class Result(msgspec.Struct, frozen=True):
    """How far somebody is with an item.

    Attributes:
        files_of: names of others whose files from home gave codes for it.
    """

    person: Person
    item_id: str
    progress: Progress
    files_of: tuple[str, ...]


def result_list(
    database: Database, people: Sequence[Person], item_ids: Iterable[str]
) -> list[Result]:
    """Everybody who has begun an item, item by item; all editions of an item count."""
    connection, wanted = database.connection, list(dict.fromkeys(item_ids))
    ids = [person.id for person in people]
    progress = read_progress(connection, ids, wanted)
    members, files = families(connection, wanted), others_files(connection, ids)
    return [
        Result(person, item, found, _names(files, person.id, members[item]))
        for item in wanted
        for person in people
        if (found := progress.get((person.id, item)))
    ]


def _names(
    files: dict[tuple[str, str], tuple[str, ...]], person_id: str, editions: Iterable[str]
) -> tuple[str, ...]:
    names = [name for edition in editions for name in files.get((person_id, edition), ())]
    return tuple(dict.fromkeys(names))
