# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of completed courses: given once, signed, and revoked if need be."""

import datetime
import json
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from appliance.config import Config
from appliance.content.course.course import Course
from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.certificate_code import draw_code
from appliance.learning.certificate_seal import Purpose, Sealed, private_key
from appliance.learning.certificate_statement import Statement, sign_statement, statement_of
from appliance.learning.former import families
from appliance.learning.when import Watch, When, unsure
from appliance.school.kept_secret import kept_secret
from appliance.school.settings import SchoolSettings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SELECT = (
    "SELECT certificate.*, key, issued, issued_sure, revoked, person.class_id,"
    " class.name AS class_name FROM certificate JOIN certificate_code USING (code)"
    " JOIN person ON person.id = person_id JOIN class ON class.id = class_id"
)
_OF_COURSE = " WHERE person_id = ? AND item_id IN (SELECT value FROM json_each(?))"
_NEWEST_FIRST = "ORDER BY issued DESC, code"


class NotCompletedError(ApplianceError):
    """Nobody gets a certificate for this: the course gives none, or is not completed."""


class UnknownCertificateError(ApplianceError):
    """There is no certificate with this code (any more)."""


class Certificate(msgspec.Struct, frozen=True):
    """What somebody was given.

    Attributes:
        item_id: the edition of the course that was finished.
        statement: what stands on it, as it was signed; names and titles may have changed since.
        issued: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; likewise ``revoked``, empty while it holds.
        reason: why it was revoked, hostile text like any other.
    """

    code: str
    person_id: str
    class_id: int
    class_name: str
    item_id: str
    statement: Statement
    sealed: Sealed
    issued: str
    issued_sure: bool
    revoked: str
    reason: str


class Due(msgspec.Struct, frozen=True):
    """Somebody who has completed a course and has no certificate yet."""

    person_id: str
    name: str
    item_id: str
    title: str


class Certificates:
    """The certificates in ``school.db``. Nothing returns before it is on the disk."""

    def __init__(self, database: Database, config: Config, watch: Watch = unsure) -> None:
        self._database = database
        self._config = config
        self._watch = watch

    def key(self) -> "Ed25519PrivateKey":
        """What this box signs with; it makes the key at first need.

        Raises:
            OSError: it can neither be read nor made.
        """
        return private_key(kept_secret(self._config.certificate_key))

    def own_keys(self) -> frozenset[bytes]:
        """Public keys that this box has signed with: one, unless the key was lost."""
        rows = self._database.connection.execute("SELECT DISTINCT key FROM certificate_code")
        return frozenset(row["key"] for row in rows)

    def of_person(self, person_id: str) -> list[Certificate]:
        """What somebody was given, the newest first."""
        return self._read("person_id = ?", person_id)

    def of_course(self, person_id: str, item_id: str) -> Certificate | None:
        """What somebody was given for this course, whichever edition of it they finished."""
        return _given(self._database.connection, person_id, item_id)

    def all(self, *, limit: int = -1, offset: int = 0) -> list[Certificate]:
        """What was given to people who are still known, the newest first; by default everything."""
        rows = self._database.connection.execute(
            f"{_SELECT} {_NEWEST_FIRST} LIMIT ? OFFSET ?", (limit, offset)
        )
        return [_certificate(row) for row in rows]

    def count(self) -> int:
        """How many ``all`` has."""
        row = self._database.connection.execute("SELECT count(*) FROM certificate").fetchone()
        return int(row[0])

    def get(self, code: str) -> Certificate:
        """The certificate with this code.

        Raises:
            UnknownCertificateError: there is none.
        """
        found = self._read("certificate.code = ?", code)
        if not found:
            raise UnknownCertificateError(code)
        return found[0]

    def may_have(self, person_id: str, item_id: str) -> bool:
        """Whether somebody has completed this course, and it gives certificates."""
        return _completed(self._database.connection, person_id, item_id) is not None

    def issue(self, person_id: str, item_id: str) -> Certificate:
        """Give somebody the certificate of a course; whoever has it gets the same once more.

        Raises:
            NotCompletedError: the course gives none, or they have not completed it.
            OSError: the box's key can neither be read nor made.
        """
        key = self.key()
        with self._database.transaction() as connection:
            known = _given(connection, person_id, item_id)
            if known is not None:
                return known
            done = _completed(connection, person_id, item_id)
            if done is None:
                raise NotCompletedError(item_id)
            return self._insert(connection, done, key)

    def due(self) -> list[Due]:
        """Who has completed a course that gives certificates, and has none yet; by name."""
        connection = self._database.connection
        rows = connection.execute(
            "SELECT person_id, item_id, person.name, title FROM course_progress"
            " JOIN course USING (item_id) JOIN person ON person.id = person_id"
            " JOIN class ON class.id = person.class_id"
            " WHERE completed != '' AND class.removed = '' AND item_id IN"
            " (SELECT item_id FROM course WHERE json_extract(content, '$.certificate'))"
            " ORDER BY person.folded, touched DESC"
        ).fetchall()
        given = connection.execute("SELECT person_id, item_id FROM certificate").fetchall()
        family_of = families(connection, {row["item_id"] for row in (*rows, *given)})
        # All editions of a course are one: the newest stands first.
        seen = {(row["person_id"], family_of[row["item_id"]][0]) for row in given}
        found = []
        for row in rows:
            course = (row["person_id"], family_of[row["item_id"]][0])
            if course not in seen:
                seen.add(course)
                found.append(Due(row["person_id"], row["name"], row["item_id"], row["title"]))
        return found

    def _insert(
        self, connection: sqlite3.Connection, done: sqlite3.Row, key: "Ed25519PrivateKey"
    ) -> Certificate:
        now = self._watch()
        code = _fresh_code(connection)
        sealed = sign_statement(self._statement(code, done, now), key)
        connection.execute(
            "INSERT INTO certificate_code (code, key, issued, issued_sure) VALUES (?, ?, ?, ?)",
            (code, sealed.key, now.at, now.sure),
        )
        connection.execute(
            "INSERT INTO certificate (code, person_id, item_id, payload, signature)"
            " VALUES (?, ?, ?, ?, ?)",
            (code, done["person_id"], done["item_id"], sealed.payload, sealed.signature),
        )
        row = connection.execute(f"{_SELECT} WHERE certificate.code = ?", (code,)).fetchone()
        return _certificate(row)

    def _statement(self, code: str, done: sqlite3.Row, now: When) -> Statement:
        settings = SchoolSettings(self._database).load()
        course = msgspec.json.decode(done["content"], type=Course)
        date, sure = _dated(done, now)
        return Statement(
            code=code,
            name=done["name"],
            school=settings.school_name,
            title=json.loads(done["titles"]).get(settings.language) or done["title"],
            hours=course.hours,
            percent=None if done["score"] is None else round(done["score"] * 100),
            date=date,
            sure=sure,
        )

    def _read(self, where: str, *values: str) -> list[Certificate]:
        rows = self._database.connection.execute(
            f"{_SELECT} WHERE {where} {_NEWEST_FIRST}",
            values,
        )
        return [_certificate(row) for row in rows]


def _given(connection: sqlite3.Connection, person_id: str, item_id: str) -> Certificate | None:
    row = connection.execute(
        _SELECT + _OF_COURSE,
        (person_id, json.dumps(families(connection, [item_id])[item_id])),
    ).fetchone()
    return None if row is None else _certificate(row)


def _completed(connection: sqlite3.Connection, person_id: str, item_id: str) -> sqlite3.Row | None:
    """The newest completion of this course by somebody, in an edition that gives certificates."""
    found: sqlite3.Row | None = connection.execute(
        "SELECT course_progress.*, course.title, titles, content, person.name FROM course_progress"
        " JOIN course USING (item_id) JOIN person ON person.id = person_id"
        " WHERE person_id = ? AND item_id IN (SELECT value FROM json_each(?))"
        " AND completed != '' AND json_extract(content, '$.certificate')"
        " ORDER BY touched DESC LIMIT 1",
        (person_id, json.dumps(families(connection, [item_id])[item_id])),
    ).fetchone()
    return found


def _dated(done: sqlite3.Row, now: When) -> tuple[str, bool]:
    """The date of a certificate: that of the completion, if the clock was right.

    If it was not then but is now, today's: a date that is right, though later.
    """
    sure = bool(done["completed_sure"])
    at = now.at if now.sure and not sure else done["completed"]
    day = datetime.datetime.fromisoformat(at).astimezone().date()
    return day.isoformat(), sure or now.sure


def _fresh_code(connection: sqlite3.Connection) -> str:
    while True:
        code = draw_code()
        known = connection.execute(
            "SELECT EXISTS (SELECT * FROM certificate_code WHERE code = ?)", (code,)
        ).fetchone()[0]
        if not known:
            return code


def _certificate(row: sqlite3.Row) -> Certificate:
    return Certificate(
        code=row["code"],
        person_id=row["person_id"],
        class_id=row["class_id"],
        class_name=row["class_name"],
        item_id=row["item_id"],
        statement=statement_of(row["payload"]),
        sealed=Sealed(Purpose.STATEMENT, row["payload"], row["key"], row["signature"]),
        issued=row["issued"],
        issued_sure=bool(row["issued_sure"]),
        revoked=row["revoked"],
        reason=row["reason"],
    )
