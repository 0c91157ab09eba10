# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords: which are good enough, how they are kept, how one is made up."""

import secrets
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from appliance.errors import ApplianceError
from appliance.late_module import LateModule

if TYPE_CHECKING:
    import argon2
else:
    # Every start of the web knows of staff; few pages ask for a password.
    argon2 = LateModule("argon2")

SHORTEST = 8
LONGEST = 200
_SHORTEST_NUMBER = 12
_MEANINGFUL = 4  # letters of a name below which it may well be part of a good password

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
# One word a piece, without figures at its ends; compared after case folding.
_OBVIOUS = frozenset(
    """
    admin administrator chashma changeme computer director internet iloveyou khujand
    kitob letmein library maktab muallim parol password qwerty raspberry school student
    teacher tajikistan tojikiston welcome администратор библиотека дарс директор душанбе
    интернет китоб китобхона компьютер мактаб муаллим омӯзгор пароль рамз таджикистан
    тоҷикистон учитель ученик хонанда хуҷанд чашма школа
    """.split()  # noqa: SIM905 - forty lines of quotes would say no more
)
# No letter or figure that can be taken for another when it is read from a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_FIGURES = "23456789"


class Weakness(StrEnum):
    """Why a password is not good enough."""

    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    NAME = "name"
    OBVIOUS = "obvious"


class WeakPasswordError(ApplianceError):
    """The password is too easily guessed."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness.value)
        self.weakness = weakness


def check_strength(password: str, *, names: Iterable[str] = ()) -> None:
    """Refuse what a pupil would try first.

    Args:
        password: as it was typed.
        names: of the school, of the person: nothing that can be read on the box's first page.

    Raises:
        WeakPasswordError: with the first reason that was found.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise WeakPasswordError(Weakness.SHORT)
    if len(plain) > LONGEST:
        raise WeakPasswordError(Weakness.LONG)
    if plain.isdecimal() and len(plain) < _SHORTEST_NUMBER:
        raise WeakPasswordError(Weakness.NUMBER)
    if any(_resembles(plain, _plain(name)) for name in names):
        raise WeakPasswordError(Weakness.NAME)
    if _is_obvious(plain):
        raise WeakPasswordError(Weakness.OBVIOUS)


def hash_password(password: str) -> str:
    """The text to keep instead of the password."""
    return str(_hasher().hash(_normal(password)))


def verify_password(kept: str, password: str) -> bool:
    """Whether this is the password whose hash was kept; a damaged hash fits none."""
    try:
        return bool(_hasher().verify(kept, _normal(password)))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHash):
        return False


def make_password() -> str:
    """A password for a slip of paper: ``kfm4-rtx7-hpa2``, 51 bits."""
    groups = (
        "".join(secrets.choice(_LETTERS) for _ in range(3)) + secrets.choice(_FIGURES)
        for _ in range(3)
    )
    return "-".join(groups)


@cache
def unfitting_hash() -> str:
    """A hash that no password fits.

    Spent on names that nobody has, so that the time of an answer does not tell which names exist.
    """
    return hash_password(secrets.token_urlsafe())


@cache
def _hasher() -> "argon2.PasswordHasher":
    # 19 MiB and 2 passes: OWASP's second choice, 40 ms on a Raspberry Pi 4, and four people signing
    # in at once fit into the memory of a Raspberry Pi 3; the library's 64 MiB would not.
    return argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _normal(password: str) -> str:
    """One form for what looks the same: phones and computers compose ``й`` differently."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    return "".join(_normal(text).casefold().split())


def _resembles(password: str, name: str) -> bool:
    """One is contained in the other, and nearly all of it."""
    core = password.strip("0123456789!?.,-_#*")
    return len(name) >= _MEANINGFUL and (name in password or (len(core) > 0 and core in name))


def _is_obvious(password: str) -> bool:
    core = password.strip("0123456789!?.,-_@#*")
    if core in _OBVIOUS or len(set(password)) < _MEANINGFUL:
        return True
    steps = {ord(right) - ord(left) for left, right in pairwise(password)}
    on_one_row = any(core and (core in row or core in row[::-1]) for row in _ROWS)
    # Counting up goes from 9 to 0, counting down from 0 to 9.
    return steps <= {1, -9} or steps <= {-1, 9} or on_one_row
