# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates that do not hold any more, by the word of whoever answers for them."""

from appliance.database import Database
from appliance.learning.certificate import UnknownCertificateError
from appliance.learning.certificate_code import spaced_code
from appliance.learning.when import Watch, unsure
from appliance.school.activity import Action, write_line
from appliance.school.staff import StaffMember

_LONGEST_REASON = 300


class Revocations:
    """What staff revoked, in ``school.db``; a code stays revoked when its person is deleted."""

    def __init__(self, database: Database, watch: Watch = unsure) -> None:
        self._database = database
        self._watch = watch

    def revoke(self, by: StaffMember, code: str, reason: str) -> None:
        """Say that a certificate does not hold, and why.

        Raises:
            UnknownCertificateError: there is none with this code (any more).
        """
        now = self._watch()
        self._change(by, code, Action.CERTIFICATE_REVOKED, now.at, now.sure, reason)

    def restore(self, by: StaffMember, code: str) -> None:
        """Undo a revocation.

        Raises:
            UnknownCertificateError: as above.
        """
        self._change(by, code, Action.CERTIFICATE_RESTORED, "", False, "")

    def listed(self) -> tuple[int, list[str]]:
        """A number that grows with each change, and the codes that do not hold now."""
        connection = self._database.connection
        serial = connection.execute("SELECT max(change) FROM certificate_code").fetchone()[0]
        rows = connection.execute("SELECT code FROM certificate_code WHERE revoked != ''")
        return int(serial or 0), [row["code"] for row in rows]

    def _change(
        self, by: StaffMember, code: str, action: Action, at: str, sure: bool, reason: str
    ) -> None:
        with self._database.transaction() as connection:
            changed = connection.execute(
                "UPDATE certificate SET reason = ? WHERE code = ?",
                (" ".join(reason.split())[:_LONGEST_REASON], code),
            )
            if not changed.rowcount:
                raise UnknownCertificateError(code)
            connection.execute(
                "UPDATE certificate_code SET revoked = ?, revoked_sure = ?,"
                " change = (SELECT max(change) + 1 FROM certificate_code) WHERE code = ?",
                (at, sure, code),
            )
            write_line(connection, by, action, code=spaced_code(code))
