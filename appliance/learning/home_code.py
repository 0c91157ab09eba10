# SPDX-License-Identifier: GPL-3.0-or-later
"""The code that a quiz at home ends with: what was reached, sealed with the key of the copy.

``webapp/portal/home/code.js`` writes it, this reads it. 79 bits, from the highest: number of the
school, number of the copy, number of the run, passed, share, marks, seal; as 19 figures of an
alphabet of 18; and one more to check them.
"""

import hmac
from collections.abc import Iterable

import msgspec

from appliance.errors import ApplianceError
from appliance.learning.class_code import FIGURES, LETTERS, in_latin

ALPHABET = FIGURES + LETTERS
"""What looks the same in Latin and in Cyrillic, without what could be taken for something else."""
LENGTH = 20
KEY_BYTES = 16
SCHOOLS = 1 << 6
COPIES = 1 << 20
MOST_MARKS = 15
"""Questions that are told one by one; of a longer quiz only the share is told."""

_FIELDS = {"school": 6, "copy": 20, "run": 12, "passed": 1, "share": 7, "marks": MOST_MARKS}
_SEAL_BITS = 18
_TOLD_BYTES = 8
_BASE = len(ALPHABET)
_WHOLE = 100


class MistypedCodeError(ApplianceError):
    """A letter is missing, too much, or another."""


class HomeCode(msgspec.Struct, frozen=True):
    """What a code says.

    Attributes:
        school: number of the school, 0 to 63.
        copy: the lowest 20 bits of the number of the copy.
        run: drawn by the file for each go, so that two goes with one result have two codes.
        passed: whether the quiz was passed.
        share: of the points, in per cent.
        marks: bit n: the question at place n of the quiz, from 0, was answered rightly at once.
        seal: made of all before with the key of the copy.
    """

    school: int
    copy: int
    run: int
    passed: int
    share: int
    marks: int
    seal: int = 0

    @property
    def written(self) -> str:
        """The code as the portal keeps it: 20 letters and figures."""
        whole, values = (self._told << _SEAL_BITS) | self.seal, []
        for _ in range(LENGTH - 1):
            whole, value = divmod(whole, _BASE)
            values.append(value)
        values.reverse()
        return "".join(ALPHABET[value] for value in (*values, _check(values)))

    def sealed(self, key: bytes) -> "HomeCode":
        """The same with the seal that this key makes."""
        digest = hmac.digest(key, self._told.to_bytes(_TOLD_BYTES, "big"), "sha256")
        seal = int.from_bytes(digest[:4], "big") >> (32 - _SEAL_BITS)
        return msgspec.structs.replace(self, seal=seal)

    @property
    def _told(self) -> int:
        told = 0
        for field, bits in _FIELDS.items():
            told = (told << bits) | getattr(self, field)
        return told


def read_home_code(typed: str) -> HomeCode:
    """What somebody typed, on whatever keyboard, in small letters, with anything in between.

    Raises:
        MistypedCodeError: it cannot be right as it is.
    """
    letters = in_latin(typed)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        raise MistypedCodeError(letters)
    *values, check = map(ALPHABET.index, letters)
    whole = 0
    for value in values:
        whole = whole * _BASE + value
    seal, told, found = whole % (1 << _SEAL_BITS), whole >> _SEAL_BITS, {}
    for field, bits in reversed(_FIELDS.items()):
        told, found[field] = divmod(told, 1 << bits)
    if check != _check(values) or told or found["share"] > _WHOLE:
        raise MistypedCodeError(letters)
    return HomeCode(**found, seal=seal)


def _check(values: Iterable[int]) -> int:
    """ISO 7064, hybrid system, with 18 characters: finds every wrong one and most exchanges."""
    product = _BASE
    for value in values:
        product = (((product + value) % _BASE or _BASE) * 2) % (_BASE + 1)
    return (1 - product) % _BASE
