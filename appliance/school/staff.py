# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who may sign in, and what each may do."""

import sqlite3
from enum import StrEnum

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.school.name_fold import fold_name
from appliance.school.password import hash_password, unfitting_hash, verify_password
from appliance.timestamp import utc_now

_COLUMNS = "id, name, display_name, role, language, temporary, disabled, created"


class Role(StrEnum):
    """What a person may do; ``docs/privilege.md`` has the table."""

    ADMINISTRATOR = "administrator"
    DISTRICT = "district"
    TEACHER = "teacher"


class StaffMember(msgspec.Struct, frozen=True):
    """A person with an account.

    Attributes:
        name: to sign in with.
        display_name: to be addressed by.
        language: of the interface.
        temporary: the password was given by somebody else and has to be changed.
        created: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """

    id: int
    name: str
    display_name: str
    role: Role
    language: str
    temporary: bool
    disabled: bool
    created: str


class NewMember(msgspec.Struct, frozen=True):
    """What is needed for a new account."""

    name: str
    display_name: str
    role: Role
    language: str
    password: str
    temporary: bool = False


class NameTakenError(ApplianceError):
    """Another account has this name, or one that reads the same."""


class LastAdministratorError(ApplianceError):
    """Nobody would be left who can manage the box."""


class AlreadySetUpError(ApplianceError):
    """The first account exists already."""


class UnknownMemberError(ApplianceError):
    """There is no such account (any more)."""


class Staff:
    """The accounts in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StaffMember]:
        """Everybody, in the order of their names."""
        rows = self._database.connection.execute(f"SELECT {_COLUMNS} FROM staff ORDER BY folded")  # noqa: S608 - a constant
        return [_member(row) for row in rows]

    def exists(self) -> bool:
        """Whether anybody has an account."""
        return bool(
            self._database.connection.execute("SELECT EXISTS (SELECT * FROM staff)").fetchone()[0]
        )

    def get(self, member_id: int) -> StaffMember:
        """The account with this number.

        Raises:
            UnknownMemberError: there is none.
        """
        return _get(self._database.connection, member_id)

    def authenticate(self, name: str, password: str) -> StaffMember | None:
        """Whose name and password these are; nobody if the account is disabled.

        Takes as long for a name that nobody has as for a wrong password.
        """
        row = self._database.connection.execute(
            "SELECT id, password, disabled FROM staff WHERE folded = ?", (fold_name(name),)
        ).fetchone()
        fits = verify_password(row["password"] if row else unfitting_hash(), password)
        return self.get(row["id"]) if row and fits and not row["disabled"] else None

    def has_password(self, member_id: int, password: str) -> bool:
        """Whether this is the person's password."""
        row = self._database.connection.execute(
            "SELECT password FROM staff WHERE id = ?", (member_id,)
        ).fetchone()
        return row is not None and verify_password(row["password"], password)

    def add_first(self, member: NewMember) -> StaffMember:
        """Make the account of whoever sets the box up.

        Raises:
            AlreadySetUpError: somebody else was quicker.
        """
        return self._add(member, first=True)

    def add(self, member: NewMember) -> StaffMember:
        """Make an account.

        Raises:
            NameTakenError: the name reads like that of another account.
        """
        return self._add(member, first=False)

    def change(self, member_id: int, *, name: str, display_name: str, role: Role) -> StaffMember:
        """Change an account, whole.

        Raises:
            LastAdministratorError: no other administrator could sign in.
            NameTakenError: the name reads like that of another account.
            UnknownMemberError: there is no such account.
        """
        with self._database.transaction() as connection:
            if role is not Role.ADMINISTRATOR:
                _require_other_administrator(connection, member_id)
            try:
                connection.execute(
                    "UPDATE staff SET name = ?, folded = ?, display_name = ?, role = ?"
                    " WHERE id = ?",
                    (name, fold_name(name), display_name, role, member_id),
                )
            except sqlite3.IntegrityError as exc:
                raise NameTakenError(name) from exc
            return _get(connection, member_id)

    def set_language(self, member_id: int, language: str) -> None:
        """Remember in which language this person reads the interface."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE staff SET language = ? WHERE id = ?", (language, member_id))

    def set_password(self, member_id: int, password: str, *, temporary: bool = False) -> None:
        """Give the person another password; every session of theirs ends."""
        kept = hash_password(password)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE staff SET password = ?, temporary = ? WHERE id = ?",
                (kept, temporary, member_id),
            )
            connection.execute("DELETE FROM session WHERE staff_id = ?", (member_id,))

    def set_disabled(self, member_id: int, *, disabled: bool) -> None:
        """Keep the account from being used, or allow it again.

        Raises:
            LastAdministratorError: no other administrator could sign in.
            UnknownMemberError: there is no such account.
        """
        with self._database.transaction() as connection:
            if disabled:
                _require_other_administrator(connection, member_id)
                connection.execute("DELETE FROM session WHERE staff_id = ?", (member_id,))
            connection.execute("UPDATE staff SET disabled = ? WHERE id = ?", (disabled, member_id))

    def delete(self, member_id: int) -> None:
        """Remove the account; what the person did stays in the activity log.

        Raises:
            LastAdministratorError: no other administrator could sign in.
            UnknownMemberError: there is no such account.
        """
        with self._database.transaction() as connection:
            _require_other_administrator(connection, member_id)
            connection.execute("DELETE FROM staff WHERE id = ?", (member_id,))

    def _add(self, member: NewMember, *, first: bool) -> StaffMember:
        kept = hash_password(member.password)
        created = utc_now()
        with self._database.transaction() as connection:
            if first and connection.execute("SELECT EXISTS (SELECT * FROM staff)").fetchone()[0]:
                raise AlreadySetUpError
            try:
                cursor = connection.execute(
                    "INSERT INTO staff (name, folded, display_name, role, language, password,"
                    " temporary, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        member.name,
                        fold_name(member.name),
                        member.display_name,
                        member.role,
                        member.language,
                        kept,
                        member.temporary,
                        created,
                    ),
                )
            except sqlite3.IntegrityError as exc:
                raise NameTakenError(member.name) from exc
            return _get(connection, int(cursor.lastrowid or 0))


def _get(connection: sqlite3.Connection, member_id: int) -> StaffMember:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM staff WHERE id = ?",  # noqa: S608 - a constant
        (member_id,),
    ).fetchone()
    if row is None:
        raise UnknownMemberError(member_id)
    return _member(row)


def _member(row: sqlite3.Row) -> StaffMember:
    return msgspec.convert(dict(row), StaffMember, strict=False)


def _require_other_administrator(connection: sqlite3.Connection, member_id: int) -> None:
    """Nothing to require of somebody who is no administrator that could sign in."""
    member = _get(connection, member_id)
    if member.role is not Role.ADMINISTRATOR or member.disabled:
        return
    others = connection.execute(
        "SELECT EXISTS (SELECT * FROM staff WHERE role = ? AND NOT disabled AND id != ?)",
        (Role.ADMINISTRATOR, member_id),
    ).fetchone()[0]
    if not others:
        raise LastAdministratorError
