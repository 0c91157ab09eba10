# SPDX-License-Identifier: GPL-3.0-or-later
"""What the script of a lesson at home says, in the reader's language."""

from appliance.language import N_, decimal_mark
from webapp.portal.interface import gettext, me, ngettext
from webapp.portal.score_words import score_form

_WORDS = {
    "again": N_("Try again"),
    "answer": N_("Answer"),
    "answer_here": N_("Your answer"),
    "choose": N_("choose"),
    "code": N_("Your code"),
    "code_how": N_(
        "Write it down. At school, sign in and type it on this page, so that the result counts:"
    ),
    "empty": N_("Choose or write an answer first."),
    "fill": N_("Fill in the gaps."),
    "gap": N_("Gap %(number)s"),
    "hint": N_("Show a hint"),
    "last": N_("You have done this quiz on this phone before. This was your code:"),
    "looks": N_("Look at this again"),
    "match": N_("Choose for each what belongs to it."),
    "next": N_("Next question"),
    "no": N_("No, that is false"),
    "number": N_("Your answer, a number"),
    "order": N_("Put them in order: choose what comes first, then what comes next."),
    "partly": N_("Partly right"),
    "picture": N_("Picture %(number)s"),
    "question": N_("Question %(place)s"),
    "question_of": N_("Question %(place)s of %(total)s"),
    "right": N_("Right!"),
    "right_is": N_("Right is:"),
    "several": N_("Several may be right. Tick all that are."),
    "skip": N_("I do not know"),
    "start": N_("Start"),
    "to_result": N_("To the result"),
    "twice": N_("Each may stand only once. Look at the order again."),
    "unfinished": N_("Something is still missing. Fill in all the fields."),
    "wrong": N_("Not right yet"),
    "yes": N_("Yes, that is true"),
}


def script_words(questions: int, points: float) -> dict[str, str]:
    """The words by the names that ``home/ask.js`` knows.

    Args:
        questions: how many the quiz has.
        points: how many can be reached.
    """
    count = ngettext("%(num)d question.", "%(num)d questions.", questions) % {"num": questions}
    rest = gettext("Your first answer counts. At the end you get a code for school.")
    found = {name: gettext(word) for name, word in _WORDS.items()}
    return {
        **found,
        "expect": f"{count} {rest}",
        "points": score_form(points),  # the script fills in both numbers
        "decimal": decimal_mark(me.language),
    }
