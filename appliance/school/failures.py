# SPDX-License-Identifier: GPL-3.0-or-later
"""How often somebody has guessed wrongly, and how long they have to wait for the next try.

The count lies in ``school.db``, so that pulling the plug gives no new tries, and waits are
counted in seconds since the boot, so that setting the clock gives none either.
"""

import sqlite3
from collections.abc import Mapping

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.school.moment import Clock, Moment, now

_FIRST_WAIT = 15.0  # seconds, doubled by every further failure
_FORGET_SECONDS = 3600.0  # after so long without a failure the count starts anew
_MOST_ROWS = 5000  # a flood of made-up names may not fill the disk


class Limit(msgspec.Struct, frozen=True):
    """How many failures are free, and how long a wait can become."""

    free: int
    longest: float

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures."""
        beyond = failures - self.free
        return 0.0 if beyond < 0 else min(_FIRST_WAIT * 2.0 ** min(beyond, 16), self.longest)


class TooManyTriesError(ApplianceError):
    """Whoever tries has to wait.

    Attributes:
        seconds: until the next try is allowed, at least 1.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Failures:
    """The count of failures in ``school.db``."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def count(self, limits: Mapping[str, Limit]) -> bool:
        """Count a try as failed before it is looked at.

        Counted first, so that a hundred tries at the same instant are a hundred tries.

        Args:
            limits: under what it is counted, and what each of these allows.

        Returns:
            Whether this try, if it fails, is one that makes the next ones wait.

        Raises:
            TooManyTriesError: one of them has to wait; the try was not counted.
        """
        at = self._clock()
        with self._database.transaction() as connection:
            counts = {key: _failures(connection, key, limit, at) for key, limit in limits.items()}
            for key, failures in counts.items():
                connection.execute(
                    "INSERT INTO sign_in_failure VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
                    " SET failures = excluded.failures, boot = excluded.boot,"
                    " second = excluded.second",
                    (key, failures + 1, at.boot, at.second),
                )
            _prune(connection)
        return any(limits[key].wait(failures + 1) > 0 for key, failures in counts.items())

    def check(self, limits: Mapping[str, Limit]) -> None:
        """Count nothing, only see whether a try is allowed.

        Raises:
            TooManyTriesError: one of them has to wait.
        """
        at = self._clock()
        for key, limit in limits.items():
            _failures(self._database.connection, key, limit, at)

    def forgive(self, *, anew: str, once: str) -> None:
        """The try was a success.

        Args:
            anew: whose count begins anew.
            once: what only loses this try: else one's own sign-ins would pay for guesses.
        """
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sign_in_failure WHERE key = ?", (anew,))
            connection.execute(
                "UPDATE sign_in_failure SET failures = max(failures - 1, 0) WHERE key = ?", (once,)
            )


def _failures(connection: sqlite3.Connection, key: str, limit: Limit, at: Moment) -> int:
    row = connection.execute(
        "SELECT failures, boot, second FROM sign_in_failure WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return 0
    passed = at.seconds_since(row["boot"], row["second"])
    left = limit.wait(row["failures"]) - passed
    if left > 0:
        raise TooManyTriesError(max(1, round(left)))
    return 0 if passed > _FORGET_SECONDS else int(row["failures"])


def _prune(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM sign_in_failure WHERE key IN (SELECT key FROM sign_in_failure"
        " ORDER BY failures DESC, second DESC LIMIT -1 OFFSET ?)",
        (_MOST_ROWS,),
    )
