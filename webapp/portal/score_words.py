# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody reached, in words: points of how many, and whether that is enough."""

from appliance.content.quiz.quiz import Mastery
from appliance.language import points_in_words
from webapp.portal.interface import gettext, me, ngettext


def verdict_words(mastery: Mastery, *, passed: bool) -> str:
    """What a try amounts to; nobody passes where nothing had to be reached."""
    if not passed:
        return gettext("Not passed yet")
    return gettext("Well done, passed!") if mastery.asks_much else gettext("Done")


def score_form(points: float) -> str:
    """The form of words for that many points that can be reached, with both numbers open.

    The whole decides on the word. Fractions are many in English; in Russian they take the word
    that 1 takes (из 1,5 балла), in Tajik there is but one.
    """
    fraction = 1 if me.language == "ru" else 2
    count = int(points) if points == int(points) else fraction
    return ngettext("%(score)s of %(points)s point", "%(score)s of %(points)s points", count)


def score_words(score: float, points: float) -> str:
    """What was reached of what can be: ``6.5 of 8 points``."""
    return score_form(points) % {
        "score": points_in_words(score, me.language),
        "points": points_in_words(points, me.language),
    }
