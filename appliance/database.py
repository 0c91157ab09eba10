# SPDX-License-Identifier: GPL-3.0-or-later
"""SQLite, opened the same way everywhere and brought up to date by numbered scripts."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Literal

BUSY_SECONDS = 30


class _Connection(sqlite3.Connection):
    """A connection that is closed with its thread, which Python 3.13 wants said."""

    def __del__(self) -> None:
        self.close()


class Database:
    """One database file; gives each thread a connection of its own.

    Readers never wait for a writer (write-ahead log); writers wait for each other: those of one
    process for a lock, others by asking SQLite again and again, up to a tenth of a second apart.
    """

    def __init__(
        self,
        path: Path,
        migrations: str,
        *,
        synchronous: Literal["NORMAL", "FULL"] = "FULL",
        secure_delete: bool = False,
    ) -> None:
        """Open the file, make it if there is none, and run the scripts that it lacks.

        Args:
            path: the database file; its folder must exist.
            migrations: the package whose ``NNNN_name.sql`` files are run in order.
            synchronous: ``FULL`` keeps every commit through a power cut; ``NORMAL`` may lose
                the last ones but never corrupts (https://sqlite.org/pragma.html#pragma_synchronous).
            secure_delete: overwrite what is deleted
                (https://sqlite.org/pragma.html#pragma_secure_delete).
        """
        self.path = path
        self._synchronous = synchronous
        self._secure_delete = secure_delete
        self._local = threading.local()
        # One that can be taken twice: what is wrong with a transaction in another, SQLite says.
        self._writing = threading.RLock()
        _migrate(self.connection, migrations)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode, with rows that know their columns."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything in the block happens, or nothing does."""
        connection = self.connection
        with self._writing:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            # Each is used by one thread only, but any may be the one that lets go of it.
            check_same_thread=False,
            factory=_Connection,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        if self._secure_delete:
            connection.execute("PRAGMA secure_delete = ON")
        return connection


def _migrate(connection: sqlite3.Connection, migrations: str) -> None:
    """Run the scripts whose number is above the file's ``user_version``, each whole or not."""
    scripts = sorted(
        (entry for entry in files(migrations).iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    for script in scripts:
        number = int(script.name.split("_", 1)[0])
        if number <= _version(connection):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have run it while this one waited for the lock.
            if number > _version(connection):
                for statement in _statements(script.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Split a script where SQLite says that a statement is complete.

    ``executescript`` would commit by itself and so tear the migration's transaction.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
