# SPDX-License-Identifier: GPL-3.0-or-later
"""Browsers in which somebody has signed in before.

A pupil who guesses at a teacher's password makes the account wait. The teacher's own browser must
not wait with the pupil's: it is counted by itself (OWASP calls this a device cookie).
"""

import hashlib
import secrets

from appliance.database import Database

_MOST = 10  # a person; the one not used for longest is forgotten


class KnownBrowsers:
    """The list in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, member_id: int, old: str = "") -> str:
        """Know a browser from now on; the answer is the secret that it keeps.

        Args:
            member_id: who has signed in there.
            old: the secret that it kept so far, which is no longer good.
        """
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM known_browser WHERE id = ? AND staff_id = ?", (_id(old), member_id)
            )
            connection.execute(
                "INSERT INTO known_browser (id, staff_id) VALUES (?, ?)", (_id(token), member_id)
            )
            connection.execute(
                "DELETE FROM known_browser WHERE staff_id = ? AND number NOT IN (SELECT number"
                " FROM known_browser WHERE staff_id = ? ORDER BY number DESC LIMIT ?)",
                (member_id, member_id, _MOST),
            )
        return token

    def is_known(self, token: str, folded_name: str) -> bool:
        """Whether the person of this name has signed in with this browser before.

        Args:
            folded_name: as ``appliance.school.name_fold.fold_name`` gives it.
        """
        return bool(
            self._database.connection.execute(
                "SELECT EXISTS (SELECT * FROM known_browser JOIN staff ON staff.id = staff_id"
                " WHERE known_browser.id = ? AND folded = ?)",
                (_id(token), folded_name),
            ).fetchone()[0]
        )


def _id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
