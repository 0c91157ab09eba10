# SPDX-License-Identifier: GPL-3.0-or-later
"""Schools whose certificates can be checked: their keys, and which certificates they revoked.

Both travel as texts that the school's box has signed: its name (``Purpose.SCHOOL``, which also
shows that it has the key), and the codes that do not hold (``Purpose.REVOKED``). That a name is
that of the school is for people to know; a signature cannot say it.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from appliance.database import Database
from appliance.errors import ApplianceError
from appliance.learning.certificate_code import is_code
from appliance.learning.certificate_seal import (
    ForgedSealError,
    Purpose,
    Sealed,
    fingerprint,
    has_seal,
    read_seal,
    seal,
)
from appliance.timestamp import utc_now

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MOST_NAME = 100
_MOST_SCHOOLS = 5000
_BEGINS = re.compile(rf"(?={Purpose.SCHOOL}|{Purpose.REVOKED})".replace(".", r"\."), re.IGNORECASE)


class TooManySchoolsError(ApplianceError):
    """So many schools are known that no more are taken."""


class UnknownSchoolError(ApplianceError):
    """The key is of no school that is known here."""


class School(msgspec.Struct, frozen=True):
    """A school whose key is known.

    Attributes:
        key: Ed25519 public key, 32 bytes.
        name: as its box called itself, or as whoever added it does; hostile text.
        serial: of its newest list; 0 where there is none.
        revoked: the codes on that list.
    """

    key: bytes
    name: str
    added: str = ""
    serial: int = 0
    revoked: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        """The first letters of the key, as people compare it."""
        return fingerprint(self.key)


class _Revoked(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    serial: int
    codes: frozenset[str]


def school_text(name: str, key: "Ed25519PrivateKey") -> str:
    """What a school gives to others, so that they can check its certificates."""
    return seal(Purpose.SCHOOL, msgspec.json.encode(name[:_MOST_NAME]), key).text


def revoked_text(serial: int, codes: Iterable[str], key: "Ed25519PrivateKey") -> str:
    """The signed list of what a school has revoked; a greater serial replaces the list before.

    Raises:
        ValueError: there are more than about 4,000.
    """
    listed = msgspec.json.encode([serial, sorted(codes)])
    return seal(Purpose.REVOKED, listed, key).text


def read_school(text: str) -> School:
    """The school whose text this is.

    Raises:
        NoSealError, CutSealError, ForgedSealError: as they say.
    """
    sealed = read_seal(text, Purpose.SCHOOL)
    try:
        name = msgspec.json.decode(sealed.payload, type=str)
    except (msgspec.DecodeError, ValueError) as exc:
        raise ForgedSealError from exc
    shown = "".join(one if one.isprintable() else " " for one in name)
    return School(sealed.key, " ".join(shown.split())[:_MOST_NAME])


def with_list(school: School, text: str) -> School:
    """The school with what its list revokes; an older list than the known one changes nothing.

    Raises:
        NoSealError, CutSealError: as they say.
        ForgedSealError: it is not signed by this school.
    """
    sealed = read_seal(text, Purpose.REVOKED)
    if sealed.key != school.key:
        raise ForgedSealError
    listed = _revoked(sealed)
    if listed.serial <= school.serial:
        return school
    return msgspec.structs.replace(school, serial=listed.serial, revoked=listed.codes)


def read_schools(lines: Iterable[str]) -> tuple[list[School], list[tuple[int, ApplianceError]]]:
    """Schools from the texts that they gave, one a line, keys and lists in any order.

    Returns:
        The schools, and the numbers of the lines that do not count, with the reason; empty lines
        and those that begin with # are passed over.
    """
    told = [(at, line) for at, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    told.sort(key=lambda one: has_seal(one[1], Purpose.REVOKED))
    known: dict[bytes, School] = {}
    odd: list[tuple[int, ApplianceError]] = []
    for number, line in told:
        try:
            if has_seal(line, Purpose.REVOKED):
                school = with_list(_signer(known, line), line)
            else:
                school = read_school(line)
        except ApplianceError as error:
            odd.append((number, error))
        else:
            known[school.key] = school
    return list(known.values()), odd


def newest(known: Iterable[School], more: Iterable[School]) -> list[School]:
    """All of these, each once: as it is known, with the newer list of what it revoked."""
    found = {one.key: one for one in known}
    for one in more:
        before = found.setdefault(one.key, one)
        if one.serial > before.serial:
            found[one.key] = msgspec.structs.replace(before, serial=one.serial, revoked=one.revoked)
    return list(found.values())


def texts_of_schools(pasted: str) -> list[str]:
    """Each key and list of a text that has many, the keys first; of any other the text itself."""
    parts = [part for part in _BEGINS.split(pasted) if part.strip()]
    told = [part for part in parts if _BEGINS.match(part)]
    return sorted(told, key=lambda part: has_seal(part, Purpose.REVOKED)) or [pasted]


class Schools:
    """The schools in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[School]:
        """All that are known, by name."""
        rows = self._database.connection.execute("SELECT * FROM certificate_school ORDER BY name")
        return [
            School(
                row["key"],
                row["name"],
                row["added"],
                row["serial"],
                msgspec.json.decode(row["revoked"], type=frozenset[str]),
            )
            for row in rows
        ]

    def get(self, key: bytes) -> School:
        """The school with this key.

        Raises:
            UnknownSchoolError: there is none.
        """
        found = next((one for one in self.all() if one.key == key), None)
        if found is None:
            raise UnknownSchoolError(key)
        return found

    def take(self, text: str, name: str = "") -> School:
        """Take in what a school gave: its key, or its list of revoked certificates.

        Args:
            text: as it was pasted.
            name: what the school is called here; by default what it calls itself.

        Raises:
            NoSealError, CutSealError, ForgedSealError: as they say.
            UnknownSchoolError: a list of a school whose key is not known.
            TooManySchoolsError: as it says.
        """
        if has_seal(text, Purpose.REVOKED):
            with self._database.transaction():
                known = {one.key: one for one in self.all()}
                return self._put(with_list(_signer(known, text), text))
        told = read_school(text)
        with self._database.transaction():
            known = {one.key: one for one in self.all()}
            if len(known) >= _MOST_SCHOOLS:
                raise TooManySchoolsError
            before = known.get(told.key, told)
            called = " ".join(name.split())[:_MOST_NAME] or told.name or told.fingerprint
            return self._put(
                msgspec.structs.replace(before, name=called, added=before.added or utc_now())
            )

    def remove(self, key: bytes) -> None:
        """Forget a school; nothing happens where it is not known."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM certificate_school WHERE key = ?", (key,))

    def _put(self, school: School) -> School:
        self._database.connection.execute(
            "INSERT OR REPLACE INTO certificate_school VALUES (?, ?, ?, ?, ?)",
            (
                school.key,
                school.name,
                school.added,
                school.serial,
                msgspec.json.encode(sorted(school.revoked)).decode(),
            ),
        )
        return school


def _signer(known: dict[bytes, School], text: str) -> School:
    """The school that signed a list.

    Raises:
        NoSealError, CutSealError, ForgedSealError: as they say.
        UnknownSchoolError: its key is not known.
    """
    key = read_seal(text, Purpose.REVOKED).key
    if key not in known:
        raise UnknownSchoolError(key)
    return known[key]


def _revoked(sealed: Sealed) -> _Revoked:
    try:
        listed = msgspec.json.decode(sealed.payload, type=_Revoked)
    except (msgspec.DecodeError, ValueError) as exc:
        raise ForgedSealError from exc
    if not all(is_code(code) for code in listed.codes):
        raise ForgedSealError
    return listed
