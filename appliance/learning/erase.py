# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting people so that nothing of them is left in the file."""

from appliance.database import Database
from appliance.learning.home_copies import LIMIT_PREFIX

# The one table that names people without being tied to them.
_FORGET_FAILURES = "DELETE FROM sign_in_failure WHERE key IN (SELECT ? || id FROM person WHERE {})"


class Eraser:
    """Deletes people and classes from ``school.db``, with all that hangs on them.

    Every table that speaks of a person refers to ``person`` and lets its rows go with it. What is
    deleted is overwritten (``open_school`` has it so), and the log, which holds older copies of the
    same pages, is emptied into the file and cut to nothing
    (https://sqlite.org/pragma.html#pragma_wal_checkpoint). What a card keeps of cells that it has
    already replaced is out of reach of any program.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def person(self, person_id: str) -> None:
        """Delete somebody and everything of theirs; nothing happens where there is nobody."""
        with self._database.transaction() as connection:
            connection.execute(_FORGET_FAILURES.format("id = ?"), (LIMIT_PREFIX, person_id))
            connection.execute("DELETE FROM person WHERE id = ?", (person_id,))
        self._empty_log()

    def school_class(self, class_id: int) -> None:
        """Delete a class that was removed before, its people and everything of theirs."""
        with self._database.transaction() as connection:
            connection.execute(_FORGET_FAILURES.format("class_id = ?"), (LIMIT_PREFIX, class_id))
            connection.execute("DELETE FROM class WHERE id = ? AND removed != ''", (class_id,))
        self._empty_log()

    def _empty_log(self) -> None:
        # Waits for those who are reading, as long as any statement waits for another.
        self._database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
