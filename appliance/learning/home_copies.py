# SPDX-License-Identifier: GPL-3.0-or-later
"""Quizzes that were taken home as files, and the results that come back as codes."""

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable

import msgspec

from appliance.content.quiz.quiz import Mastery, Quiz
from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.home_code import COPIES, KEY_BYTES, HomeCode, read_home_code
from appliance.learning.home_origin import owners
from appliance.learning.home_result import take_home_result
from appliance.learning.try_row import read_quiz, try_by_id
from appliance.learning.when import Watch, unsure
from appliance.school.failures import Failures, Limit
from appliance.school.moment import Clock, now

# Whoever has the file can make codes anyway; this is for those who have none.
_LIMIT = Limit(free=10, longest=60.0)
LIMIT_PREFIX = "home-code:"
"""Stands before a person's id where their wrong codes are counted."""


class UnknownCopyError(ApplianceError):
    """There is no such copy."""


class OtherSchoolError(ApplianceError):
    """The code is of a copy that another school's box made."""


class UnfitCodeError(ApplianceError):
    """No copy of this box made such a code."""


class SpentCodeError(ApplianceError):
    """The code was counted before.

    Attributes:
        own: for the same person.
    """

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own


class HomeCopy(msgspec.Struct, frozen=True):
    """A file that was taken home.

    Attributes:
        school: number of the school.
        key: by which the file seals its codes.
        item_id: the quiz in it.
        person_id: who took it home; nothing where it was a guest, or somebody who is deleted now.
    """

    id: int
    school: int
    key: bytes
    item_id: str
    person_id: str | None = None

    @property
    def address(self) -> str:
        """By which the file is fetched; nobody guesses it."""
        return f"{self.id}.{hashlib.sha256(self.key).hexdigest()[:24]}"


class Counted(msgspec.Struct, frozen=True):
    """A result that came back.

    Attributes:
        title: of the quiz, as it was taken home.
        score: points reached, of ``points``.
        mastery: the rule that decided.
        others_file: somebody else took home the file that gave the code.
    """

    item_id: str
    title: str
    score: float
    points: float
    passed: bool
    mastery: Mastery
    others_file: bool = False


class HomeCopies:
    """The copies in ``school.db``, and the codes that were counted."""

    def __init__(self, database: Database, watch: Watch = unsure, clock: Clock = now) -> None:
        self._database = database
        self._watch = watch
        self._failures = Failures(database, clock)

    def make(self, item_id: str, quiz: Quiz, title: str, person_id: str | None = None) -> HomeCopy:
        """Write down that a copy is taken home, and the quiz as it is now.

        Args:
            person_id: who takes it; nothing for a guest. It is not in the file.
        """
        when = self._watch()
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO quiz VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (item_id, title, msgspec.json.encode(quiz).decode()),
            )
            cursor = connection.execute(
                "INSERT INTO home_copy (key, item_id, taken, clock_sure, person_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (secrets.token_bytes(KEY_BYTES), item_id, when.at, when.sure, person_id),
            )
            return _copy(connection, int(cursor.lastrowid or 0))

    def at(self, address: str) -> HomeCopy:
        """The copy of an address.

        Raises:
            UnknownCopyError: there is none.
        """
        number = address.partition(".")[0]
        if not (number.isascii() and number.isdecimal() and len(number) < 16):  # noqa: PLR2004 - fits into a column
            raise UnknownCopyError(address)
        copy = _copy(self._database.connection, int(number))
        if not hmac.compare_digest(copy.address.encode(), address.encode()):
            raise UnknownCopyError(address)
        return copy

    def count(self, person_id: str, typed: str) -> Counted:
        """Count a code for whoever brings it, once.

        Raises:
            MistypedCodeError: it cannot be right as it is; costs nothing.
            OtherSchoolError, UnfitCodeError: it is no code of ours.
            SpentCodeError: it was counted before.
            TooManyTriesError: too many were no codes of ours.
        """
        code, limit = read_home_code(typed), f"{LIMIT_PREFIX}{person_id}"
        self._failures.count({limit: _LIMIT})
        connection = self._database.connection
        if code.school != _school(connection):
            raise OtherSchoolError(typed)
        copy = _sealed_by(connection, code)
        self._failures.forgive(anew="", once=limit)
        with self._database.transaction() as connection:
            _see_unspent(connection, copy, code, person_id)
            quiz, title = read_quiz(connection, copy.item_id), _title(connection, copy.item_id)
            run_id = take_home_result(
                connection, person_id, copy.item_id, quiz, code, self._watch()
            )
            connection.execute(
                "INSERT INTO home_code VALUES (?, ?, ?)", (copy.id, code.written, run_id)
            )
            run = try_by_id(connection, run_id)
        return Counted(
            *(copy.item_id, title, run.score or 0.0, run.points or 0.0),
            passed=bool(run.passed),
            mastery=run.mastery,
            others_file=copy.person_id not in (None, person_id),
        )

    def made_at_home(self, try_ids: Iterable[int]) -> set[int]:
        """Which of these tries came as a code."""
        return set(owners(self._database.connection, try_ids))


def _school(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT number FROM home_school").fetchone()[0])


def _copy(connection: sqlite3.Connection, number: int) -> HomeCopy:
    row = connection.execute("SELECT * FROM home_copy WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise UnknownCopyError(str(number))
    own = row["key"], row["item_id"], row["person_id"]
    return HomeCopy(row["id"], _school(connection), *own)


def _sealed_by(connection: sqlite3.Connection, code: HomeCode) -> HomeCopy:
    """The copy whose file made a code; of a million only the last digits stand in it."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM home_copy").fetchone()[0]
    for number in range(code.copy or COPIES, last + 1, COPIES):
        copy = _copy(connection, number)
        if code.sealed(copy.key) == code:
            return copy
    raise UnfitCodeError(code.written)


def _see_unspent(
    connection: sqlite3.Connection, copy: HomeCopy, code: HomeCode, person_id: str
) -> None:
    row = connection.execute(
        "SELECT person_id FROM home_code LEFT JOIN try ON try.id = try_id"
        " WHERE copy_id = ? AND code = ?",
        (copy.id, code.written),
    ).fetchone()
    if row is not None:
        raise SpentCodeError(own=row["person_id"] == person_id)


def _title(connection: sqlite3.Connection, item_id: str) -> str:
    row = connection.execute("SELECT title FROM quiz WHERE item_id = ?", (item_id,)).fetchone()
    return str(row["title"])
