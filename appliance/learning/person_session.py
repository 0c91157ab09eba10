# SPDX-License-Identifier: GPL-3.0-or-later
"""In which browsers somebody of a class is signed in; ending it here ends it there.

A tablet of the class signs out by itself when nothing was done for a while, and when the box
starts anew. A phone of one's own stays signed in for as long as it comes back now and then.
"""

import datetime
import hashlib
import secrets
import sqlite3

from appliance.database import Database
from appliance.learning.person import Person
from appliance.school.moment import Clock, Moment, now
from appliance.timestamp import utc_now

IDLE_SECONDS = 20 * 60
OWN_DAYS = 90
# Being seen is written down this seldom: a card wears out with every write.
_NOTE_SECONDS = 60
_NOTE_OWN = datetime.timedelta(days=1)


class PersonSessions:
    """The sessions in ``school.db``."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def start(self, person_id: str, *, own: bool) -> str:
        """Begin a session; the answer is the secret that the browser keeps.

        Args:
            person_id: who it is.
            own: nobody else uses this phone.
        """
        token = secrets.token_urlsafe(32)
        at = self._clock()
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM person_session WHERE NOT own AND (boot != ? OR second < ?)",
                (at.boot, at.second - IDLE_SECONDS),
            )
            connection.execute(
                "INSERT INTO person_session VALUES (?, ?, ?, ?, ?, ?)",
                (_id(token), person_id, own, at.boot, at.second, utc_now()),
            )
        return token

    def resume(self, token: str) -> Person | None:
        """Whose session this is, or nobody's if it is over."""
        row = self._database.connection.execute(
            "SELECT s.id, s.own, s.boot, s.second, s.seen, p.id AS person_id, p.name, p.class_id"
            " FROM person_session AS s JOIN person AS p ON p.id = s.person_id WHERE s.id = ?",
            (_id(token),),
        ).fetchone()
        at = self._clock()
        if row is None or _is_over(row, at):
            return None
        if _is_worth_noting(row, at):
            with self._database.transaction() as connection:
                connection.execute(
                    "UPDATE person_session SET boot = ?, second = ?, seen = ? WHERE id = ?",
                    (at.boot, at.second, utc_now(), row["id"]),
                )
        return Person(row["person_id"], row["name"], row["class_id"])

    def is_own(self, token: str) -> bool:
        """Whether a session is on a phone that nobody else uses."""
        row = self._database.connection.execute(
            "SELECT own FROM person_session WHERE id = ?", (_id(token),)
        ).fetchone()
        return row is not None and bool(row["own"])

    def end(self, token: str) -> None:
        """End one session."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM person_session WHERE id = ?", (_id(token),))

    def end_all(self, person_id: str) -> None:
        """Sign somebody out everywhere."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM person_session WHERE person_id = ?", (person_id,))


def _is_over(row: sqlite3.Row, at: Moment) -> bool:
    if row["own"]:
        # A clock that was set makes it last longer or ends it: both are harmless.
        return _since(row) > datetime.timedelta(days=OWN_DAYS)
    return bool(row["boot"] != at.boot or at.second - row["second"] > IDLE_SECONDS)


def _is_worth_noting(row: sqlite3.Row, at: Moment) -> bool:
    if row["own"]:
        return not datetime.timedelta() <= _since(row) <= _NOTE_OWN
    return bool(at.second - row["second"] > _NOTE_SECONDS)


def _since(row: sqlite3.Row) -> datetime.timedelta:
    """How long ago it was seen, by the box's clock."""
    present = datetime.datetime.fromisoformat(utc_now())
    return present - datetime.datetime.fromisoformat(row["seen"])


def _id(token: str) -> str:
    """Whoever reads the database cannot become somebody with what is in it."""
    return hashlib.sha256(token.encode()).hexdigest()
