# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions of threads that write to one database."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from appliance import database
from appliance.database import Database

WRITERS, TIMES = 6, 20


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A table with one number; SQLite itself waits for nobody."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    made = Database(tmp_path / "numbers.db", "appliance.school.migrations")
    made.connection.execute("CREATE TABLE number (value INTEGER)")
    made.connection.execute("INSERT INTO number VALUES (0)")
    return made


def value(numbers: Database) -> int:
    return int(numbers.connection.execute("SELECT value FROM number").fetchone()[0])


def test_writers_of_a_process_wait_for_each_other(numbers: Database) -> None:
    ready = Barrier(WRITERS)

    def count() -> None:
        assert numbers.connection
        ready.wait()
        for _ in range(TIMES):
            with numbers.transaction() as connection:
                before = value(numbers)
                connection.execute("UPDATE number SET value = ?", (before + 1,))

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(count) for _ in range(WRITERS)]:
            done.result()
    assert value(numbers) == WRITERS * TIMES


def test_a_transaction_in_another_is_refused_and_harms_nothing(numbers: Database) -> None:
    with numbers.transaction() as connection:
        connection.execute("UPDATE number SET value = 7")
        with pytest.raises(sqlite3.OperationalError), numbers.transaction():
            pass
    assert value(numbers) == 7


def test_who_failed_leaves_the_way_free(numbers: Database) -> None:
    with pytest.raises(sqlite3.Error), numbers.transaction() as connection:
        connection.executemany("UPDATE number SET value = ?", [(1,), (object(),)])
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(value, numbers).result() == 0
    with numbers.transaction() as connection:
        connection.execute("UPDATE number SET value = 2")
    assert value(numbers) == 2
