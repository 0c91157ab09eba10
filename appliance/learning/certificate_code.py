# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of a certificate: short, typed on any keyboard, and a slip of the finger shows.

Letters and figures by turns, as in the code of a class, so that no code is a word. The last is a
check: the sum of the places of all, each times its own weight, is a multiple of 19. That is a
prime, so one wrong letter, or two that changed places, never gives another right code.
"""

import secrets

# Letters that look the same in Latin and in Cyrillic; none that could be a figure.
_LETTERS = "ACEHKMPTXY"
_FIGURES = "23456789"
_ALPHABET = _LETTERS + _FIGURES
_PRIME = 19
_LENGTH = 12
_GROUP = 4
_MOST_TYPED = 60

_SAME = str.maketrans("АСЕНКМРТХУЗ", "ACEHKMPTXY3")


def draw_code() -> str:
    """A code at random, 12 letters and figures without lines between them."""
    while True:
        drawn = "".join(
            secrets.choice(_FIGURES if place % 2 else _LETTERS) for place in range(_LENGTH)
        )
        if is_code(drawn):
            return drawn


def read_code(typed: str) -> str:
    """The code that somebody meant: on whatever keyboard, in small letters, with spaces or lines.

    What comes back may still be none: ``is_code`` says so.
    """
    kept = "".join(one for one in typed[:_MOST_TYPED].upper() if one.isalnum())
    return kept.translate(_SAME)


def is_code(code: str) -> bool:
    """Whether these are letters and figures by turns, with the right check at their end."""
    shaped = len(code) == _LENGTH and all(
        one in (_FIGURES if place % 2 else _LETTERS) for place, one in enumerate(code)
    )
    return shaped and _sum(code) == 0


def spaced_code(code: str) -> str:
    """The code as people read it: ``A2C4-E6H8-K3M5``."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _sum(code: str) -> int:
    weighed = (weight * _ALPHABET.index(one) for weight, one in enumerate(code, start=1))
    return sum(weighed) % _PRIME
