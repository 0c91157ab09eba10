# SPDX-License-Identifier: GPL-3.0-or-later
"""The value of each key of ``chashma.toml``: of its kind, and good."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from appliance.card.settings import CardProblem, CardSettings
from appliance.card.statements import Statement
from appliance.hotspot.check import (
    channel_problem,
    country_problem,
    name_problem,
    password_problem,
    wired_problem,
)
from appliance.hotspot.settings import UNKNOWN_COUNTRY, HotspotSettings, Wired

_LONGEST_SCHOOL_NAME = 80
_SHOWN = 40
_MOST_OF_A_LIST = 50
_SECRET = frozenset(("hotspot_password", "administrator_password_hash", "ssh_key"))
# PHC string format; more memory or passes than this would make signing in an attack on the box.
_ARGON2 = re.compile(
    r"\$argon2id\$v=19\$m=(?P<memory>\d{1,6}),t=(?P<passes>\d{1,2}),p=[1-4]"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}"
)
_MOST_MEMORY_KIB, _MOST_PASSES = 65536, 10
# minisign's public key: "Ed", 8 bytes of its number, 32 bytes of key.
_MINISIGN_START, _MINISIGN_BYTES = b"Ed", 42
_SSH_KINDS = frozenset(
    (
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    )
)


class _WrongError(Exception):
    """The value is of its kind, but not good."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Takes statements one by one and makes settings of them."""

    def __init__(self, kept: HotspotSettings) -> None:
        self._kept = kept
        self._lines: dict[str, int] = {}
        self._card: dict[str, Any] = {}
        self._hotspot: dict[str, Any] = {}

    def read(self, statement: Statement) -> Iterator[CardProblem]:
        """Take one; what is wrong with it, if anything is."""
        key = statement.key
        if key in self._lines:
            yield _problem("twice", statement)
            return
        if key in _LISTS:
            yield from self._take_list(statement)
        elif key in _SINGLE:
            yield from self._take(statement)
        else:
            yield CardProblem("unknown-key", key=key, line=statement.line)

    def finish(self) -> tuple[CardSettings, list[CardProblem]]:
        """What was said; and what is wrong only together with something else."""
        problems = []
        hotspot = msgspec.structs.replace(self._kept, **self._hotspot)
        if code := channel_problem(hotspot.channel, hotspot.country):
            # A channel that was kept may be forbidden by a new country; nobody wrote that.
            if "channel" in self._hotspot:
                line = self._lines["channel"]
                problems.append(CardProblem(code, "channel", line, str(hotspot.channel)))
            hotspot = msgspec.structs.replace(hotspot, channel=0)
        card = CardSettings(hotspot=hotspot if self._hotspot else None, **self._card)
        return card, problems

    def _take(self, statement: Statement) -> Iterator[CardProblem]:
        kind, field, check = _SINGLE[statement.key]
        if type(statement.value) is not kind:  # True is an int as well
            yield _problem("wrong-kind", statement)
            return
        try:
            value = check(statement.value)
        except _WrongError as exc:
            yield _problem(exc.code, statement)
            return
        self._lines[statement.key] = statement.line
        (self._hotspot if field in _OF_HOTSPOT else self._card)[field] = value

    def _take_list(self, statement: Statement) -> Iterator[CardProblem]:
        field, check = _LISTS[statement.key]
        problems: list[CardProblem] = []
        self._lines[statement.key] = statement.line
        self._card[field] = tuple(_good_ones(statement, check, problems))
        yield from problems


def _good_ones(
    statement: Statement, check: Callable[[str], str], problems: list[CardProblem]
) -> Iterator[str]:
    several = statement.value if isinstance(statement.value, list) else [statement.value]
    for one in several[:_MOST_OF_A_LIST]:
        if not isinstance(one, str):
            problems.append(_problem("wrong-kind", statement))
            continue
        try:
            yield check(one.strip())
        except _WrongError as exc:
            problems.append(_problem(exc.code, statement, one))
    if len(several) > _MOST_OF_A_LIST:
        problems.append(_problem("too-many", statement, ""))


def _problem(code: str, statement: Statement, value: object = None) -> CardProblem:
    shown = ""
    if statement.key not in _SECRET:
        text = str(statement.value if value is None else value)
        shown = "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
            for letter in text[:_SHOWN]
        )
    return CardProblem(code, statement.key, statement.line, shown)


def _school_name(value: str) -> str:
    name = unicodedata.normalize("NFC", value).strip()
    if not (name.isprintable() and 0 < len(name) <= _LONGEST_SCHOOL_NAME):
        raise _WrongError("school-name-wrong")
    return name


def _hotspot_name(value: str) -> str:
    name = unicodedata.normalize("NFC", value).strip()
    return _good(name, name_problem(name))


def _country(value: str) -> str:
    country = value.strip().upper() or UNKNOWN_COUNTRY
    return _good(country, country_problem(country))


def _channel(value: int) -> int:
    if channel_problem(value, UNKNOWN_COUNTRY) == "channel-wrong":
        raise _WrongError("channel-wrong")
    return value


def _wired(value: str) -> Wired:
    return Wired(_good(value.strip().lower(), wired_problem(value.strip().lower())))


def _good(value: str, code: str) -> str:
    if code:
        raise _WrongError(code)
    return value


def _trusted_key(value: str) -> str:
    if not _decoded(value, _MINISIGN_BYTES).startswith(_MINISIGN_START):
        raise _WrongError("trusted-key-wrong")
    return value


def _password_hash(value: str) -> str:
    found = _ARGON2.fullmatch(value.strip())
    if not found or int(found["memory"]) > _MOST_MEMORY_KIB or int(found["passes"]) > _MOST_PASSES:
        raise _WrongError("administrator-hash-wrong")
    return found[0]


def _ssh_key(value: str) -> str:
    """A line of ``authorized_keys`` without options: kind, key, remark (``sshd(8)``)."""
    kind, _, rest = value.partition(" ")
    key = rest.strip().partition(" ")[0]
    named = len(kind).to_bytes(4, "big") + kind.encode("utf-8", "replace")
    if kind not in _SSH_KINDS or not value.isprintable() or not _decoded(key).startswith(named):
        raise _WrongError("ssh-key-wrong")
    return value


def _decoded(text: str, length: int | None = None) -> bytes:
    """The bytes behind base64; none where it is something else, or of another length."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return decoded if length in (None, len(decoded)) else b""


_OF_HOTSPOT = frozenset(HotspotSettings.__struct_fields__)
_SINGLE: Mapping[str, tuple[type, str, Callable[[Any], object]]] = {
    "school_name": (str, "school_name", _school_name),
    "hotspot_name": (str, "name", _hotspot_name),
    "hotspot_password": (str, "password", lambda value: _good(value, password_problem(value))),
    "country": (str, "country", _country),
    "channel": (int, "channel", _channel),
    "wired": (str, "wired", _wired),
    "administrator_password_hash": (str, "administrator_password_hash", _password_hash),
}
_LISTS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "trusted_keys": ("trusted_keys", _trusted_key),
    "ssh_key": ("ssh_keys", _ssh_key),
}
KEYS = (*_SINGLE, *_LISTS)
"""Every key that means something."""
