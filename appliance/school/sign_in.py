# SPDX-License-Identifier: GPL-3.0-or-later
"""How often somebody may try to sign in.

Each account and each address may fail a few times; after that every failure doubles the wait.
The count lies in ``school.db``, so that pulling the plug gives no new tries, and waits are
counted in seconds since the boot, so that setting the clock gives none either.
"""

import hashlib
import sqlite3

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.school.known_browser import KnownBrowsers
from appliance.school.moment import Clock, Moment, now
from appliance.school.staff import fold_name

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


# A pupil can keep an account waiting on purpose; never for longer than five minutes.
ACCOUNT = Limit(free=5, longest=300.0)
# One address may be a whole school behind an access point.
ADDRESS = Limit(free=15, longest=900.0)


class TooManyTriesError(ApplianceError):
    """This account or address has to wait.

    Attributes:
        seconds: until the next try is allowed, at least 1.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class SignInLimits:
    """The count of failures in ``school.db``."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._browsers = KnownBrowsers(database)

    def count_try(self, name: str, address: str, browser: str = "") -> bool:
        """Count a try as failed before its password is looked at.

        Counted first, so that a hundred tries at the same instant are a hundred tries.

        Args:
            name: as it was typed.
            address: of the network.
            browser: the secret of ``KnownBrowsers``, if the browser has one.

        Returns:
            Whether this try, if it fails, is one that makes the next ones wait.

        Raises:
            TooManyTriesError: the name or the address has to wait; the try was not counted.
        """
        at = self._clock()
        keys = ((self._account_key(name, browser), ACCOUNT), (_address_key(address), ADDRESS))
        with self._database.transaction() as connection:
            counts = [_failures(connection, key, limit, at) for key, limit in keys]
            for (key, _), failures in zip(keys, counts, strict=True):
                connection.execute(
                    "INSERT INTO sign_in_failure VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
                    " SET failures = excluded.failures, boot = excluded.boot,"
                    " second = excluded.second",
                    (key, failures + 1, at.boot, at.second),
                )
            _prune(connection)
        return any(
            limit.wait(failures + 1) > 0 for (_, limit), failures in zip(keys, counts, strict=True)
        )

    def forget(self, name: str, address: str, browser: str = "") -> None:
        """The try was a success: take it back, and begin the account's count anew."""
        key = self._account_key(name, browser)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sign_in_failure WHERE key = ?", (key,))
            # The address only loses this one: else one's own sign-ins would pay for guesses.
            connection.execute(
                "UPDATE sign_in_failure SET failures = max(failures - 1, 0) WHERE key = ?",
                (_address_key(address),),
            )

    def _account_key(self, name: str, browser: str) -> str:
        """Hashed: people type their password into the wrong field."""
        folded = fold_name(name)
        known = browser != "" and self._browsers.is_known(browser, folded)
        kind, secret = ("browser", f"{browser} {folded}") if known else ("account", folded)
        return f"{kind}:{hashlib.sha256(secret.encode()).hexdigest()}"


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


def _address_key(address: str) -> str:
    return f"address:{address}"
