# SPDX-License-Identifier: GPL-3.0-or-later
"""How many points somebody has of how many, in words."""

import math

from webapp.portal import amount
from webapp.portal.interface import ngettext


def score_form(points: float) -> str:
    """The form of words for that many points that can be reached, with both numbers open.

    The whole decides on the word, also where it is not a whole number.
    """
    return ngettext(
        "%(score)s of %(points)s point", "%(score)s of %(points)s points", math.ceil(points)
    )


def score_words(score: float, points: float) -> str:
    """What was reached of what can be: ``6,5 of 8 points``."""
    return score_form(points) % {"score": amount.points(score), "points": amount.points(points)}
