# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that came as codes before they were marked get their mark."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from appliance.config import Config
from appliance.learning.record import Record
from appliance.school.database import open_school

_BEFORE = "0009"
_WHERE = (("home", 0.75, 0.25), ("both", 0.75, 0.75), ("school", 0.75, None), ("film", None, None))
"""An item, its best share, and that of a try at school beside the one from home."""


def test_results_from_before_are_marked(tmp_path: Path) -> None:
    config = Config(state=tmp_path)
    with sqlite3.connect(config.school_db) as old:
        for script in sorted(files("appliance.school.migrations").iterdir(), key=lambda e: e.name):
            if script.name.endswith(".sql") and script.name < _BEFORE:
                old.executescript(script.read_text(encoding="utf-8"))
        _fill(old)
        old.execute("PRAGMA user_version = 8")
    old.close()
    found = Record(open_school(config)).progress("p", [item for item, _, _ in _WHERE])
    assert {item: one.at_home for item, one in found.items()} == {
        "home": True,
        "both": False,
        "school": False,
        "film": False,
    }
    assert (found["home"].school_best, found["home"].school_completed) == (0.25, False)


def _fill(old: sqlite3.Connection) -> None:
    old.execute("INSERT INTO class VALUES (1, '5', '5', 'AB', 0, 5, 1, '', 1, '')")
    old.execute("INSERT INTO person VALUES ('p', 1, 'N', 'n', NULL, '', 1)")
    for item, best, school in _WHERE:
        old.execute(
            "INSERT INTO progress (person_id, item_id, state, best, started, touched, clock_sure)"
            " VALUES ('p', ?, 'completed', ?, '', '', 1)",
            (item, best),
        )
        if school is not None:
            _try(old, item, 2, school)
        if best is not None:
            number = _try(old, item, 1, best)
            if school is not None:
                old.execute("INSERT INTO quiz VALUES (?, 'Об', '{}')", (item,))
                old.execute(
                    "INSERT INTO home_copy (key, item_id, taken, clock_sure)"
                    " VALUES (x'00', ?, '', 1)",
                    (item,),
                )
                old.execute(
                    "INSERT INTO home_code SELECT max(id), 'c', ? FROM home_copy", (number,)
                )


def _try(old: sqlite3.Connection, item: str, number: int, share: float) -> int:
    cursor = old.execute(
        "INSERT INTO try (person_id, item_id, number, mastery, seed, boot, second, started,"
        " clock_sure, finished, score, points, passed)"
        " VALUES ('p', ?, ?, '{}', 1, '', 0, '', 1, 'x', ?, 4, ?)",
        (item, number, 4 * share, share >= 0.5),
    )
    return int(cursor.lastrowid or 0)
