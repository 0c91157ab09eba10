# SPDX-License-Identifier: GPL-3.0-or-later
"""Checking a certificate with all that a box knows: by its short code too."""

from collections.abc import Iterable

import msgspec

from appliance.database import Database
from appliance.learning.certificate import Certificates, UnknownCertificateError
from appliance.learning.certificate_check import Finding, Verdict, check_text
from appliance.learning.certificate_code import is_code, read_code
from appliance.learning.certificate_school import School, Schools, newest
from appliance.learning.certificate_seal import Purpose, fingerprint, has_seal


class Checks:
    """Checks with all that a box knows."""

    def __init__(self, database: Database, certificates: Certificates) -> None:
        self._database = database
        self._certificates = certificates
        self._schools = Schools(database)

    def check(self, typed: str, more: Iterable[School] = ()) -> Verdict:
        """Check a code or the text of a QR code; writes nothing.

        Args:
            more: schools besides those that the box knows; they say what is newer.
        """
        if has_seal(typed, Purpose.STATEMENT):
            own_keys = self._certificates.own_keys()
            verdict = check_text(typed, newest(self._schools.all(), more), own_keys)
            if verdict.finding is Finding.OWN and verdict.statement is not None:
                revoked = self._revoked(verdict.statement.code)
                if revoked:
                    return msgspec.structs.replace(verdict, finding=Finding.REVOKED)
            return verdict
        return self._by_code(read_code(typed))

    def _by_code(self, code: str) -> Verdict:
        if not is_code(code):
            return Verdict(Finding.MISTYPED)
        revoked = self._revoked(code)
        if revoked is None:
            return Verdict(Finding.NOT_HERE)
        try:
            known = self._certificates.get(code)
        except UnknownCertificateError:
            return Verdict(Finding.REVOKED if revoked else Finding.NAME_GONE)
        number = fingerprint(known.sealed.key)
        return Verdict(Finding.REVOKED if revoked else Finding.OWN, known.statement, number)

    def _revoked(self, code: str) -> str | None:
        """When the code was revoked, empty if it was not; nothing where it was never given out."""
        row = self._database.connection.execute(
            "SELECT revoked FROM certificate_code WHERE code = ?", (code,)
        ).fetchone()
        return None if row is None else str(row["revoked"])
