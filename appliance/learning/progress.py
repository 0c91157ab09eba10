# SPDX-License-Identifier: GPL-3.0-or-later
"""How far somebody is with an item: the row of ``progress``, and how rows of editions add up."""

import json
import sqlite3
from collections.abc import Iterable
from functools import reduce

import msgspec

from appliance.learning.former import families
from appliance.learning.state import LearningState
from appliance.learning.when import When

_RANK = (
    LearningState.NOT_STARTED,
    LearningState.IN_PROGRESS,
    LearningState.NEEDS_HELP,
    LearningState.COMPLETED,
)


class Progress(msgspec.Struct, frozen=True):
    """How far somebody is with an item.

    Attributes:
        share: of the item that was seen or answered, 0 to 1; never goes down.
        seconds: spent with it, as far as that can be told.
        best: share of the points of the best finished try, 0 to 1.
        passed: whether some try was passed; nothing where there is nothing to pass.
        tries: that were finished.
        started: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; likewise ``touched`` (last) and ``completed``
            (for the first time); empty where it has not happened.
        clock_sure: the clock was right at ``touched``; ``completed_sure`` likewise.
        school_best: as ``best``, of the tries that were made at school.
        school_completed: it was completed at school, not only by a code from home.
    """

    state: LearningState = LearningState.NOT_STARTED
    share: float = 0.0
    seconds: float = 0.0
    best: float | None = None
    passed: bool | None = None
    tries: int = 0
    started: str = ""
    touched: str = ""
    clock_sure: bool = False
    completed: str = ""
    completed_sure: bool = False
    school_best: float | None = None
    school_completed: bool = False

    @property
    def is_completed(self) -> bool:
        """It is done, and stays so."""
        return self.state is LearningState.COMPLETED

    @property
    def at_home(self) -> bool:
        """The state or the points are what they are by a result made at home."""
        return rests_on_home(self.state, self.best, self.school_best, self.school_completed)


NOTHING = Progress()


def rests_on_home(
    state: LearningState, best: float | None, school_best: float | None, school_completed: bool
) -> bool:
    """Whether any of this came as a code from home. The arguments are those of ``Progress``."""
    better = best is not None and (school_best is None or school_best < best)
    return better or (state is LearningState.COMPLETED and not school_completed)


def at_school(progress: Progress) -> Progress:
    """Progress without what came as a code from home."""
    if not progress.at_home:
        return progress
    open_still = progress.is_completed and not progress.school_completed
    return msgspec.structs.replace(
        progress,
        state=LearningState.IN_PROGRESS if open_still else progress.state,
        best=progress.school_best,
        passed=progress.school_completed,
    )


def read_progress(
    connection: sqlite3.Connection, person_ids: Iterable[str], item_ids: Iterable[str]
) -> dict[tuple[str, str], Progress]:
    """Progress by person and item; all editions of an item count; who has none is left out."""
    family_of = families(connection, item_ids)
    wanted = sorted({member for members in family_of.values() for member in members})
    rows = connection.execute(
        "SELECT * FROM progress WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND item_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(person_ids)), json.dumps(wanted)),
    )
    found: dict[str, dict[str, Progress]] = {}
    for row in rows:
        found.setdefault(row["person_id"], {})[row["item_id"]] = _of_row(row)
    return {
        (person, item): reduce(merged, of_family)
        for person, by_item in found.items()
        for item, members in family_of.items()
        if (of_family := [by_item[member] for member in members if member in by_item])
    }


def own_progress(connection: sqlite3.Connection, person_id: str, item_id: str) -> Progress:
    """Progress with this very edition."""
    row = connection.execute(
        "SELECT * FROM progress WHERE person_id = ? AND item_id = ?", (person_id, item_id)
    ).fetchone()
    return _of_row(row) if row else NOTHING


def advanced(
    before: Progress,
    when: When,
    *,
    completed: bool | None,
    at_home: bool = False,
    **changes: object,
) -> Progress:
    """Progress after something was done.

    Args:
        before: as it was.
        when: it was done.
        completed: true where it is done now; what is completed stays so.
        at_home: it was done at home.
        changes: fields of ``Progress``; ``share`` never goes down, a state never falls from
            needing help but by a completion.
    """
    state = LearningState(str(changes.pop("state", LearningState.IN_PROGRESS)))
    now = msgspec.structs.replace(before, **changes)
    rank = max(_RANK.index(state), _RANK.index(before.state))
    done = completed or before.is_completed
    return msgspec.structs.replace(
        now,
        state=LearningState.COMPLETED if done else _RANK[rank],
        share=1.0 if done else max(before.share, min(max(now.share, 0.0), 1.0)),
        started=before.started or when.at,
        touched=when.at,
        clock_sure=when.sure,
        completed=before.completed or (when.at if done else ""),
        completed_sure=before.completed_sure if before.completed else bool(done and when.sure),
        school_completed=before.school_completed or bool(completed and not at_home),
    )


def write_progress(
    connection: sqlite3.Connection, person_id: str, item_id: str, progress: Progress
) -> None:
    """Put the row in place of what was there."""
    names = Progress.__struct_fields__
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    connection.execute(
        f"INSERT OR REPLACE INTO progress (person_id, item_id, {columns}) VALUES (?, ?, {marks})",  # noqa: S608 - our own field names
        (person_id, item_id, *(getattr(progress, name) for name in names)),
    )


def merged(one: Progress, other: Progress) -> Progress:
    """What two editions of an item add up to."""
    late = max(one, other, key=lambda each: each.touched)
    done = min((each for each in (one, other) if each.completed), key=_completed, default=NOTHING)
    passes = [each.passed for each in (one, other) if each.passed is not None]
    return Progress(
        state=max(one.state, other.state, key=_RANK.index),
        share=max(one.share, other.share),
        seconds=one.seconds + other.seconds,
        best=better(one.best, other.best),
        passed=any(passes) if passes else None,
        tries=one.tries + other.tries,
        started=min(each.started for each in (one, other)),
        touched=late.touched,
        clock_sure=late.clock_sure,
        completed=done.completed,
        completed_sure=done.completed_sure,
        school_best=better(one.school_best, other.school_best),
        school_completed=one.school_completed or other.school_completed,
    )


def better(one: float | None, other: float | None) -> float | None:
    """The better of two shares, either of which there may not be."""
    return max((share for share in (one, other) if share is not None), default=None)


def _completed(progress: Progress) -> str:
    return progress.completed


def _of_row(row: sqlite3.Row) -> Progress:
    known = {name: row[name] for name in Progress.__struct_fields__}
    return msgspec.convert(known, Progress, strict=False)
