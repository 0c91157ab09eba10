# SPDX-License-Identifier: GPL-3.0-or-later
"""Three pictures in their order: how those show who they are who cannot read or write yet."""

import random
from collections.abc import Container

from appliance.language import N_

PICTURES = {
    "apple": N_("apple"),
    "ball": N_("ball"),
    "bird": N_("bird"),
    "cat": N_("cat"),
    "fish": N_("fish"),
    "flower": N_("flower"),
    "house": N_("house"),
    "moon": N_("moon"),
    "star": N_("star"),
    "sun": N_("sun"),
    "tree": N_("tree"),
    "umbrella": N_("umbrella"),
}
"""The drawings, in the order in which they are shown, and what they are called."""

LENGTH = 3

_random = random.SystemRandom()


def draw_pictures(taken: Container[str]) -> str:
    """Three different pictures at random, in their order, with spaces; none that is taken.

    There are 1,320; a class has at most ``appliance.learning.people.MOST`` people.
    """
    while True:
        drawn = " ".join(_random.sample(tuple(PICTURES), LENGTH))
        if drawn not in taken:
            return drawn


def read_pictures(shown: str) -> tuple[str, ...]:
    """The pictures that a form sends, at most three; none where one of them is no picture."""
    names = tuple(shown[:100].split())
    fine = len(names) <= LENGTH and all(name in PICTURES for name in names)
    return names if fine else ()
