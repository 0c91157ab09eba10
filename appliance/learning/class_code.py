# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of a class: what stands on the blackboard, and what people type."""

import secrets

# Letters that look the same in Latin and in Cyrillic, so that any keyboard will do; none that
# could be a figure, no figure that could be a letter.
LETTERS = "ACEHKMPTXY"
FIGURES = "23456789"
_PATTERN = (LETTERS, FIGURES, LETTERS, FIGURES, LETTERS)
"""By turns, so that no code is a word."""

_LATIN = str.maketrans("АСЕНКМРТХУЗ", "ACEHKMPTXY3")
LENGTH = len(_PATTERN)


def draw_code() -> str:
    """A code at random."""
    return "".join(map(secrets.choice, _PATTERN))


def read_code(typed: str) -> str:
    """The code that somebody meant: on whatever keyboard, in small letters, with spaces."""
    return in_latin(typed)[:LENGTH]


def in_latin(typed: str) -> str:
    """The letters and figures that were typed, without what stands between them; at most 40."""
    kept = "".join(letter for letter in typed[:80].upper() if letter.isalnum())
    return kept.translate(_LATIN)[:40]
