# SPDX-License-Identifier: GPL-3.0-or-later
"""What a certificate says, signed by the box that gave it."""

import datetime
from typing import TYPE_CHECKING

import msgspec

from appliance.learning.certificate_code import is_code
from appliance.learning.certificate_seal import ForgedSealError, Purpose, Sealed, read_seal, seal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MOST_NAME, _MOST_SCHOOL, _MOST_TITLE = 70, 100, 200
_MOST_HOURS, _WHOLE = 100_000, 100


class Statement(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What is signed.

    Attributes:
        code: as ``certificate_code`` has it.
        name: of the person; school and title: of the course. Hostile texts like any other.
        hours: of work; 0 where nobody said.
        percent: of the points; nothing where the course had no quiz.
        date: ``YYYY-MM-DD``.
        sure: the box's clock was known to be right.
    """

    code: str
    name: str
    school: str
    title: str
    hours: float
    percent: int | None
    date: str
    sure: bool

    @property
    def day(self) -> datetime.date:
        """The date."""
        return datetime.date.fromisoformat(self.date)


def sign_statement(statement: Statement, key: "Ed25519PrivateKey") -> Sealed:
    """Sign what a certificate says; its texts are cut and cleaned to what fits on one line each."""
    fit = msgspec.structs.replace(
        statement,
        name=_one_line(statement.name, _MOST_NAME),
        school=_one_line(statement.school, _MOST_SCHOOL),
        title=_one_line(statement.title, _MOST_TITLE),
    )
    return seal(Purpose.STATEMENT, msgspec.json.encode(fit), key)


def read_statement(text: str) -> tuple[Statement, Sealed]:
    """The statement in a text that somebody pasted, and its seal, which was checked.

    Raises:
        NoSealError, CutSealError, ForgedSealError: as they say.
    """
    sealed = read_seal(text, Purpose.STATEMENT)
    return statement_of(sealed.payload), sealed


def statement_of(payload: bytes) -> Statement:
    """The statement in signed JSON.

    Raises:
        ForgedSealError: whoever signed this was no box.
    """
    try:
        statement = msgspec.json.decode(payload, type=Statement)
        dated = statement.day.isoformat() == statement.date
    except (msgspec.DecodeError, ValueError) as exc:
        raise ForgedSealError from exc
    texts = (
        (statement.name, _MOST_NAME),
        (statement.school, _MOST_SCHOOL),
        (statement.title, _MOST_TITLE),
    )
    if (
        not is_code(statement.code)
        or not dated
        or not 0 <= statement.hours <= _MOST_HOURS
        or not 0 <= (statement.percent or 0) <= _WHOLE
        or any(text != _one_line(text, most) for text, most in texts)
    ):
        raise ForgedSealError
    return statement


def _one_line(text: str, most: int) -> str:
    printable = "".join(one if one.isprintable() else " " for one in text)
    line = " ".join(printable.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
