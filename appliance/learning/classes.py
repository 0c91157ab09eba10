# SPDX-License-Identifier: GPL-3.0-or-later
"""The classes of the school, and what was given to each."""

import sqlite3
from collections.abc import Iterable

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.class_code import draw_code, read_code
from appliance.learning.person import SchoolClass
from appliance.learning.person_name import NameTakenError, checked_name
from appliance.school.name_fold import fold_name
from appliance.timestamp import utc_now

_COLUMNS = "id, name, code, pictures, grade, open"
_MOST_ITEMS = 200


class UnknownClassError(ApplianceError):
    """There is no such class (any more)."""


class NewClass(msgspec.Struct, frozen=True):
    """What is needed for a class; as in ``SchoolClass``."""

    name: str
    grade: int | None = None
    pictures: bool = False
    open: bool = True


class Classes:
    """The classes in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SchoolClass]:
        """Every class, by grade and name."""
        return self._several("removed = ''")

    def removed(self) -> list[SchoolClass]:
        """Those that were deleted and can still be brought back."""
        return self._several("removed != ''")

    def get(self, class_id: int) -> SchoolClass:
        """The class with this number.

        Raises:
            UnknownClassError: there is none, or it was deleted.
        """
        return self._one("id = ? AND removed = ''", class_id)

    def get_removed(self, class_id: int) -> SchoolClass:
        """The deleted class with this number.

        Raises:
            UnknownClassError: there is none.
        """
        return self._one("id = ? AND removed != ''", class_id)

    def by_code(self, typed: str) -> SchoolClass:
        """The class whose code this is, however it was typed.

        Raises:
            UnknownClassError: there is none.
        """
        return self._one("code = ? AND removed = ''", read_code(typed))

    def add(self, new: NewClass, *, clock_sure: bool) -> SchoolClass:
        """Make a class.

        Raises:
            UnfitNameError: it is no name.
            NameTakenError: another class has it.
        """
        name = checked_name(new.name)
        with self._database.transaction() as connection:
            _require_free(connection, name, 0)
            cursor = connection.execute(
                "INSERT INTO class (name, folded, code, pictures, grade, open, created, clock_sure)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    fold_name(name),
                    _free_code(connection),
                    new.pictures,
                    new.grade,
                    new.open,
                    utc_now(),
                    clock_sure,
                ),
            )
        return self.get(int(cursor.lastrowid or 0))

    def change(self, class_id: int, new: NewClass) -> SchoolClass:
        """Change what is said of a class; its code and its people stay.

        Raises:
            UnfitNameError: it is no name.
            NameTakenError: another class has it.
            UnknownClassError: there is no such class.
        """
        name = checked_name(new.name)
        with self._database.transaction() as connection:
            _require_free(connection, name, class_id)
            connection.execute(
                "UPDATE class SET name = ?, folded = ?, pictures = ?, grade = ?, open = ?"
                " WHERE id = ? AND removed = ''",
                (name, fold_name(name), new.pictures, new.grade, new.open, class_id),
            )
        return self.get(class_id)

    def new_code(self, class_id: int) -> SchoolClass:
        """Give the class another code: the old one has become known to too many.

        Raises:
            UnknownClassError: there is no such class.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE class SET code = ? WHERE id = ? AND removed = ''",
                (_free_code(connection), class_id),
            )
        return self.get(class_id)

    def give(self, class_id: int, item_ids: Iterable[str]) -> SchoolClass:
        """Give these items to the class, in this order, and no others.

        Raises:
            UnknownClassError: there is no such class.
        """
        given = list(dict.fromkeys(item_ids))[:_MOST_ITEMS]
        self.get(class_id)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM class_item WHERE class_id = ?", (class_id,))
            connection.executemany(
                "INSERT INTO class_item VALUES (?, ?, ?)",
                ((class_id, item_id, position) for position, item_id in enumerate(given)),
            )
        return self.get(class_id)

    def remove(self, class_id: int) -> None:
        """Delete a class so that it can be brought back; its people are signed out.

        Raises:
            UnknownClassError: there is no such class.
        """
        self.get(class_id)
        with self._database.transaction() as connection:
            connection.execute("UPDATE class SET removed = ? WHERE id = ?", (utc_now(), class_id))
            connection.execute(
                "DELETE FROM person_session WHERE person_id IN"
                " (SELECT id FROM person WHERE class_id = ?)",
                (class_id,),
            )

    def restore(self, class_id: int) -> SchoolClass:
        """Bring a deleted class back.

        Raises:
            NameTakenError: another class has its name by now.
            UnknownClassError: there is no such class, or it was not deleted.
        """
        found = self.get_removed(class_id)
        with self._database.transaction() as connection:
            _require_free(connection, found.name, class_id)
            connection.execute("UPDATE class SET removed = '' WHERE id = ?", (class_id,))
        return self.get(class_id)

    def _one(self, where: str, value: object) -> SchoolClass:
        row = self._database.connection.execute(
            f"SELECT {_COLUMNS} FROM class WHERE {where}",  # noqa: S608 - literals of this file
            (value,),
        ).fetchone()
        if row is None:
            raise UnknownClassError(value)
        return self._class(row)

    def _several(self, where: str) -> list[SchoolClass]:
        rows = self._database.connection.execute(
            f"SELECT {_COLUMNS} FROM class WHERE {where}"  # noqa: S608 - literals of this file
            " ORDER BY grade IS NULL, grade, folded"
        ).fetchall()
        return [self._class(row) for row in rows]

    def _class(self, row: sqlite3.Row) -> SchoolClass:
        items = self._database.connection.execute(
            "SELECT item_id FROM class_item WHERE class_id = ? ORDER BY position", (row["id"],)
        )
        given = tuple(item["item_id"] for item in items)
        return msgspec.convert({**dict(row), "items": given}, SchoolClass, strict=False)


def _require_free(connection: sqlite3.Connection, name: str, class_id: int) -> None:
    """The name is nobody else's.

    Raises:
        NameTakenError: another class has it.
    """
    if connection.execute(
        "SELECT EXISTS (SELECT * FROM class WHERE folded = ? AND removed = '' AND id != ?)",
        (fold_name(name), class_id),
    ).fetchone()[0]:
        raise NameTakenError(name)


def _free_code(connection: sqlite3.Connection) -> str:
    """A code that no class has, deleted ones included."""
    while True:
        code = draw_code()
        if not connection.execute(
            "SELECT EXISTS (SELECT * FROM class WHERE code = ?)", (code,)
        ).fetchone()[0]:
            return code
