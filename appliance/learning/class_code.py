# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of a class: what stands on the blackboard, and what people type."""

import secrets

# Letters that look the same in Latin and in Cyrillic, so that any keyboard will do; none that
# could be a figure, no figure that could be a letter.
_LETTERS = "ACEHKMPTXY"
_FIGURES = "23456789"
_PATTERN = (_LETTERS, _FIGURES, _LETTERS, _FIGURES, _LETTERS)
"""By turns, so that no code is a word."""

_LATIN = str.maketrans("АСЕНКМРТХУЗ", "ACEHKMPTXY3")
LENGTH = len(_PATTERN)


def draw_code() -> str:
    """A code at random."""
    return "".join(map(secrets.choice, _PATTERN))


def read_code(typed: str) -> str:
    """The code that somebody meant: on whatever keyboard, in small letters, with spaces."""
    kept = "".join(letter for letter in typed[:40].upper() if letter.isalnum())
    return kept.translate(_LATIN)[:LENGTH]
