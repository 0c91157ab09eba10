# SPDX-License-Identifier: GPL-3.0-or-later
"""File names that every system can keep, made from whatever a stick offers."""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

_LONGEST = 120
_FORBIDDEN = frozenset('/\\:*?"<>|')


def safe_names(names: Sequence[str]) -> list[str]:
    """A usable name for each, all different even where letters' case does not count."""
    taken: set[str] = set()
    return [_unique(_safe(name), taken) for name in names]


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
