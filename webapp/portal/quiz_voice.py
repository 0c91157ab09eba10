# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read aloud of a question, in parts that have names: its text, and each thing to choose."""

from appliance.content.quiz.quiz import Question, QuestionType
from appliance.content.voice import pieces
from appliance.language import N_
from webapp.portal.quiz_form import gap_parts

WHOLE = "q"
"""The question itself; options are ``o`` and their id, left sides of pairs ``p`` and theirs."""

YES_AND_NO = {"true": N_("Yes, that is true"), "false": N_("No, that is false")}
"""Parts of every question with just these two answers, in the language of the pages."""

_PAUSE = " … "


def texts(question: Question) -> dict[str, str]:
    """The text of each part that has one, in the language of the quiz."""
    gaps = question.type is QuestionType.GAPS
    found = {WHOLE: _PAUSE.join(gap_parts(question)) if gaps else question.text}
    found |= {f"o{option.id}": option.text for option in question.options}
    found |= {f"p{pair.id}": pair.left for pair in question.pairs}
    return {name: text for name, text in found.items() if pieces(text)}


def names(question: Question) -> dict[str, str]:
    """For each part the names of its sounds below the quiz's voice, as the script reads them."""
    yes_and_no = YES_AND_NO if question.type is QuestionType.TRUE_FALSE else {}
    return {
        part: " ".join(f"{question.id}/{part}-{place}" for place in range(len(pieces(text))))
        for part, text in (texts(question) | yes_and_no).items()
    }
