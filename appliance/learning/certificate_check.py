# SPDX-License-Identifier: GPL-3.0-or-later
"""Checking the text of a certificate's QR code, on any computer."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from appliance.learning.certificate_school import School
from appliance.learning.certificate_seal import (
    CutSealError,
    ForgedSealError,
    NoSealError,
    fingerprint,
)
from appliance.learning.certificate_statement import Statement, read_statement


class Finding(StrEnum):
    """What came out; nothing says more than was seen."""

    OWN = "own"
    """This box gave it, and it holds."""
    KNOWN_SCHOOL = "known-school"
    """The signature is right, and the key is that of a school that is known here."""
    UNKNOWN_KEY = "unknown-key"
    """The signature is right, but nobody here knows whose key it is."""
    REVOKED = "revoked"
    """It is real, but the school that gave it has revoked it."""
    NAME_GONE = "name-gone"
    """This box gave out the code; the person has been deleted here."""
    MISTYPED = "mistyped"
    """No certificate can have this code."""
    NOT_HERE = "not-here"
    """This box gave out no certificate with this code; another may have."""
    CUT = "cut"
    """A part of the text is missing."""
    FORGED = "forged"
    """The signature is not over this text."""
    UNREADABLE = "unreadable"
    """This is no text of a certificate at all."""


class Verdict(msgspec.Struct, frozen=True):
    """What is known of a certificate.

    Attributes:
        statement: what stands on it; only where the signature is right or this box gave it.
        fingerprint: of the key that signed; empty where there is none.
        school: what a known school is called here.
    """

    finding: Finding
    statement: Statement | None = None
    fingerprint: str = ""
    school: str = ""

    @property
    def holds(self) -> bool:
        """It is a certificate of somebody who is known here, and was not revoked."""
        return self.finding in (Finding.OWN, Finding.KNOWN_SCHOOL)


def check_text(
    text: str, schools: Iterable[School] = (), own_keys: frozenset[bytes] = frozenset()
) -> Verdict:
    """Check the text of a QR code, wherever it was pasted from."""
    try:
        statement, sealed = read_statement(text)
    except NoSealError:
        return Verdict(Finding.UNREADABLE)
    except CutSealError:
        return Verdict(Finding.CUT)
    except ForgedSealError:
        return Verdict(Finding.FORGED)
    number = fingerprint(sealed.key)
    if sealed.key in own_keys:
        return Verdict(Finding.OWN, statement, number)
    known = next((one for one in schools if one.key == sealed.key), None)
    if known is None:
        return Verdict(Finding.UNKNOWN_KEY, statement, number)
    revoked = statement.code in known.revoked
    finding = Finding.REVOKED if revoked else Finding.KNOWN_SCHOOL
    return Verdict(finding, statement, number, known.name)
