# SPDX-License-Identifier: GPL-3.0-or-later
"""How often somebody may guess at the code of a class, or at somebody's three pictures.

Counted by browser where somebody of the class has signed in with it before, else by address. So a
child who tries pictures at random keeps nobody waiting but whoever uses the same tablet.
"""

import hashlib
import secrets

from appliance.database import Database
from appliance.school.failures import Failures, Limit
from appliance.school.moment import Clock, now

# Small children are slow and mistaken; the waits are short, for there is little to win.
_BROWSER = Limit(free=8, longest=60.0)
# One address may be a whole school behind an access point.
_ADDRESS = Limit(free=20, longest=60.0)
_MOST_BROWSERS = 400  # of a class; the one not used for longest is forgotten


class JoinLimits:
    """The count of failures in ``school.db``."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._failures = Failures(database, clock)

    def check(self, address: str, browser: str) -> None:
        """See whether somebody may name a code; only a wrong one is counted, afterwards.

        Raises:
            TooManyTriesError: too many were wrong.
        """
        self._failures.check(self._limits(address, browser, 0))

    def count_try(self, address: str, browser: str, class_id: int = 0) -> None:
        """Count a try as failed, before it is looked at where that matters.

        Args:
            address: of the network.
            browser: the secret of ``remember``, if the browser has one.
            class_id: at whose pictures somebody guesses; 0: at the codes.

        Raises:
            TooManyTriesError: the next try has to wait; this one was not counted.
        """
        self._failures.count(self._limits(address, browser, class_id))

    def forgive(self, address: str, browser: str, class_id: int) -> None:
        """The try was a success: take it back."""
        (key,) = self._limits(address, browser, class_id)
        self._failures.forgive(anew="", once=key)

    def remember(self, class_id: int, old: str = "") -> str:
        """Know a browser from now on as one of the class; the answer is the secret it keeps."""
        token = old if old and self._is_known(old, class_id) else secrets.token_urlsafe(32)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO class_browser (id, class_id) VALUES (?, ?)",
                (_id(token), class_id),
            )
            connection.execute(
                "DELETE FROM class_browser WHERE class_id = ? AND number NOT IN (SELECT number"
                " FROM class_browser WHERE class_id = ? ORDER BY number DESC LIMIT ?)",
                (class_id, class_id, _MOST_BROWSERS),
            )
        return token

    def _is_known(self, token: str, class_id: int) -> bool:
        return bool(
            self._database.connection.execute(
                "SELECT EXISTS (SELECT * FROM class_browser WHERE id = ? AND (class_id = ? OR ?))",
                (_id(token), class_id, class_id == 0),
            ).fetchone()[0]
        )

    def _limits(self, address: str, browser: str, class_id: int) -> dict[str, Limit]:
        if browser and self._is_known(browser, class_id):
            return {f"join-browser:{class_id}:{_id(browser)}": _BROWSER}
        return {f"join-address:{class_id}:{address}": _ADDRESS}


def _id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
