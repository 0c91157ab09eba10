# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is signed in, kept on the box: ending a session here ends it everywhere."""

import hashlib
import secrets
import sqlite3

from appliance.database import Database
from appliance.school.moment import Clock, Moment, now

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60
# Being seen is written down this seldom: a card wears out with every write.
_NOTE_SECONDS = 60


class Sessions:
    """The sessions in ``school.db``. A restart of the box ends them all."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def start(self, member_id: int) -> str:
        """Begin a session; the answer is the secret that the browser keeps."""
        token = secrets.token_urlsafe(32)
        at = self._clock()
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM session WHERE boot != ? OR started < ?",
                (at.boot, at.second - LONGEST_SECONDS),
            )
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                (_id(token), member_id, at.boot, at.second, at.second),
            )
        return token

    def resume(self, token: str) -> int | None:
        """Whose session this is, or nobody's if it is over."""
        at = self._clock()
        row = self._database.connection.execute(
            "SELECT * FROM session WHERE id = ?", (_id(token),)
        ).fetchone()
        if row is None or _is_over(row, at):
            return None
        if at.second - row["seen"] > _NOTE_SECONDS:
            with self._database.transaction() as connection:
                connection.execute(
                    "UPDATE session SET seen = ? WHERE id = ?", (at.second, row["id"])
                )
        return int(row["staff_id"])

    def end(self, token: str) -> None:
        """End one session."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM session WHERE id = ?", (_id(token),))


def _is_over(row: sqlite3.Row, at: Moment) -> bool:
    return bool(
        row["boot"] != at.boot
        or at.second - row["seen"] > IDLE_SECONDS
        or at.second - row["started"] > LONGEST_SECONDS
    )


def _id(token: str) -> str:
    """Whoever reads the database cannot become somebody with what is in it."""
    return hashlib.sha256(token.encode()).hexdigest()
