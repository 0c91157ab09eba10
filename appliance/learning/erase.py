# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting people so that nothing of them is left in the file."""

from appliance.database import Database


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
        self._delete("DELETE FROM person WHERE id = ?", person_id)

    def school_class(self, class_id: int) -> None:
        """Delete a class that was removed before, its people and everything of theirs."""
        self._delete("DELETE FROM class WHERE id = ? AND removed != ''", class_id)

    def _delete(self, statement: str, value: str | int) -> None:
        with self._database.transaction() as connection:
            connection.execute(statement, (value,))
        # Waits for those who are reading, as long as any statement waits for another.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
