# SPDX-License-Identifier: GPL-3.0-or-later
"""File names that every system can keep, made from whatever a stick offers."""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

_LONGEST = 120
_LONGEST_SHOWN = 100
_FORBIDDEN = frozenset('/\\:*?"<>|')


def safe_names(names: Sequence[str]) -> list[str]:
    """A usable name for each, all different even where letters' case does not count."""
    taken: set[str] = set()
    return [_unique(_safe(name), taken) for name in names]


def sameness(name: str) -> str:
    """Two names with the same one of these are one file to a Windows or macOS machine."""
    return unicodedata.normalize("NFC", name).casefold()


def shown_name(name: str) -> str:
    """A name as it may be told to people, however hostile it is."""
    text = repr(name)[1:-1]
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _safe(name: str) -> str:
    readable = os.fsencode(name).decode("utf-8", "replace")
    letters = (_letter(letter) for letter in unicodedata.normalize("NFC", readable))
    path = PurePath("".join(letters).strip(" .") or "file")
    stem, suffix = path.stem.rstrip(" ."), path.suffix[:16]
    while len(f"{stem}{suffix}".encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem or 'file'}{suffix}"


def _letter(letter: str) -> str:
    """Control and invisible characters (which can turn the reading direction) become a line."""
    plain = letter not in _FORBIDDEN and unicodedata.category(letter)[0] != "C"
    return letter if plain else "_"


def _unique(name: str, taken: set[str]) -> str:
    path, number, candidate = PurePath(name), 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{path.stem}-{number}{path.suffix}"
    taken.add(candidate.casefold())
    return candidate
