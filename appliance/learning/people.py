# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the classes. Names are all that is asked."""

import base64
import secrets
import sqlite3
from collections.abc import Iterable

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.person import Person
from appliance.learning.person_name import NameTakenError, checked_name
from appliance.learning.picture_pin import draw_pictures
from appliance.school.name_fold import fold_name
from appliance.timestamp import utc_now

MOST = 200
"""People of a class: a code that got about shall not fill the disk."""

_COLUMNS = "id, name, class_id"


class UnknownPersonError(ApplianceError):
    """There is no such person (any more)."""


class ClassFullError(ApplianceError):
    """The class has as many people as a class may have."""


class Added(msgspec.Struct, frozen=True):
    """What became of a list of names.

    Attributes:
        people: those that were new.
        present: names of those that were in the class before, or stood in the list twice.
        refused: those for whom there was no more room.
    """

    people: tuple[Person, ...]
    present: tuple[str, ...]
    refused: tuple[str, ...]


class People:
    """The people in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, class_id: int) -> list[Person]:
        """Everybody of a class, by name."""
        rows = self._database.connection.execute(
            f"SELECT {_COLUMNS} FROM person WHERE class_id = ? ORDER BY folded",  # noqa: S608 - a constant
            (class_id,),
        )
        return [_person(row) for row in rows]

    def counts(self) -> dict[int, int]:
        """How many people each class has that has any."""
        rows = self._database.connection.execute(
            "SELECT class_id, count(*) FROM person GROUP BY class_id"
        )
        return {row[0]: row[1] for row in rows}

    def get(self, person_id: str) -> Person:
        """The person with this id.

        Raises:
            UnknownPersonError: there is none.
        """
        return self._one("id = ?", person_id)

    def of_class(self, class_id: int, person_id: str) -> Person:
        """The person with this id, who is in this class.

        Raises:
            UnknownPersonError: there is none.
        """
        return self._one("class_id = ? AND id = ?", class_id, person_id)

    def named(self, class_id: int, name: str) -> Person | None:
        """Who of the class has this name, or one that reads the same."""
        return self._found("class_id = ? AND folded = ?", class_id, fold_name(name))

    def with_pictures(self, class_id: int, pictures: str) -> Person | None:
        """Whose three pictures these are."""
        return self._found("class_id = ? AND pictures = ?", class_id, pictures)

    def pictures(self, class_id: int) -> dict[str, tuple[str, ...]]:
        """The three pictures of everybody of a class who has them, by id."""
        rows = self._database.connection.execute(
            "SELECT id, pictures FROM person WHERE class_id = ? AND pictures IS NOT NULL",
            (class_id,),
        )
        return {row["id"]: tuple(row["pictures"].split()) for row in rows}

    def add(self, class_id: int, name: str, *, clock_sure: bool) -> Person:
        """Take somebody into a class.

        Raises:
            UnfitNameError: it is no name.
            NameTakenError: another of the class has it.
            ClassFullError: there are too many.
        """
        checked = checked_name(name)
        added = self.add_all(class_id, [checked], clock_sure=clock_sure)
        if added.present:
            raise NameTakenError(checked)
        if added.refused:
            raise ClassFullError(class_id)
        return added.people[0]

    def add_all(self, class_id: int, names: Iterable[str], *, clock_sure: bool) -> Added:
        """Take a list of people into a class; who is there already stays as they are.

        Raises:
            UnfitNameError: one is no name; nobody was taken in.
        """
        checked = [checked_name(name) for name in names]
        people: list[Person] = []
        present: list[str] = []
        refused: list[str] = []
        with self._database.transaction() as connection:
            there = _folded(connection, class_id)
            for name in checked:
                if fold_name(name) in there:
                    present.append(name)
                elif len(there) >= MOST:
                    refused.append(name)
                else:
                    there.add(fold_name(name))
                    people.append(_insert(connection, class_id, name, clock_sure=clock_sure))
            _draw_missing(connection, class_id)
        return Added(tuple(people), tuple(present), tuple(refused))

    def free_name(self, class_id: int, name: str) -> str:
        """The name with the first number behind it that nobody of the class has."""
        there = _folded(self._database.connection, class_id)
        number = 2
        while fold_name(f"{name} {number}") in there:
            number += 1
        return f"{name} {number}"

    def rename(self, person_id: str, name: str) -> Person:
        """Call somebody otherwise.

        Raises:
            UnfitNameError: it is no name.
            NameTakenError: another of the class has it.
            UnknownPersonError: there is no such person.
        """
        checked = checked_name(name)
        with self._database.transaction() as connection:
            try:
                connection.execute(
                    "UPDATE person SET name = ?, folded = ? WHERE id = ?",
                    (checked, fold_name(checked), person_id),
                )
            except sqlite3.IntegrityError as exc:
                raise NameTakenError(checked) from exc
        return self.get(person_id)

    def draw_pictures(self, class_id: int) -> None:
        """Give three pictures to everybody of the class who has none yet."""
        with self._database.transaction() as connection:
            _draw_missing(connection, class_id, always=True)

    def new_pictures(self, person_id: str) -> None:
        """Give somebody other pictures, for another has seen theirs; they are signed out.

        Raises:
            UnknownPersonError: there is no such person.
        """
        class_id = self.get(person_id).class_id
        with self._database.transaction() as connection:
            taken = _taken_pictures(connection, class_id)
            connection.execute(
                "UPDATE person SET pictures = ? WHERE id = ?", (draw_pictures(taken), person_id)
            )
            connection.execute("DELETE FROM person_session WHERE person_id = ?", (person_id,))

    def _one(self, where: str, *values: object) -> Person:
        found = self._found(where, *values)
        if found is None:
            raise UnknownPersonError(*values)
        return found

    def _found(self, where: str, *values: object) -> Person | None:
        row = self._database.connection.execute(
            f"SELECT {_COLUMNS} FROM person WHERE {where}",  # noqa: S608 - literals of this file
            values,
        ).fetchone()
        return None if row is None else _person(row)


def _person(row: sqlite3.Row) -> Person:
    return Person(row["id"], row["name"], row["class_id"])


def _folded(connection: sqlite3.Connection, class_id: int) -> set[str]:
    rows = connection.execute("SELECT folded FROM person WHERE class_id = ?", (class_id,))
    return {row["folded"] for row in rows}


def _insert(
    connection: sqlite3.Connection, class_id: int, name: str, *, clock_sure: bool
) -> Person:
    # 16 random bytes are 26 letters.
    person_id = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
    connection.execute(
        "INSERT INTO person (id, class_id, name, folded, created, clock_sure)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (person_id, class_id, name, fold_name(name), utc_now(), clock_sure),
    )
    return Person(person_id, name, class_id)


def _taken_pictures(connection: sqlite3.Connection, class_id: int) -> set[str]:
    rows = connection.execute(
        "SELECT pictures FROM person WHERE class_id = ? AND pictures IS NOT NULL", (class_id,)
    )
    return {row["pictures"] for row in rows}


def _draw_missing(connection: sqlite3.Connection, class_id: int, *, always: bool = False) -> None:
    """Pictures for whoever has none, where the class shows pictures."""
    taken = _taken_pictures(connection, class_id)
    rows = connection.execute(
        "SELECT person.id FROM person JOIN class ON class.id = class_id"
        " WHERE class_id = ? AND person.pictures IS NULL AND (class.pictures OR ?)",
        (class_id, always),
    ).fetchall()
    for row in rows:
        drawn = draw_pictures(taken)
        taken.add(drawn)
        connection.execute("UPDATE person SET pictures = ? WHERE id = ?", (drawn, row["id"]))
