# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read aloud of a question, in parts that have names: its text, each thing to choose."""

from urllib.parse import quote

from appliance.content.quiz.in_words import gap_parts
from appliance.content.quiz.quiz import Question, QuestionType
from appliance.content.voice import pieces
from appliance.language import N_
from webapp.portal.aloud import Aloud

WHOLE = "q"
"""The question itself; options are ``o`` and their id, left sides of pairs ``p`` and theirs."""

YES_AND_NO = {"true": N_("Yes, that is true"), "false": N_("No, that is false")}
"""Parts of every question with just these two answers, in the language of the pages."""

_PAUSE = " … "

Attributes = dict[str, str | None]


def texts(question: Question) -> dict[str, str]:
    """The text of each part, in the language of the quiz."""
    gaps = question.type is QuestionType.GAPS
    found = {WHOLE: _PAUSE.join(gap_parts(question)) if gaps else question.text}
    found |= {f"o{option.id}": option.text for option in question.options}
    found |= {f"p{pair.id}": pair.left for pair in question.pairs}
    return found


def said(question: Question, own: Aloud, pages: Aloud, *, media: str) -> dict[str, Attributes]:
    """For each part what its element tells the script.

    Args:
        own: the voice of the quiz; ``pages`` that of the portal's own words.
        media: address below which the quiz's files are.
    """
    sounds = {WHOLE: question.sound} | {f"o{one.id}": one.sound for one in question.options}
    found: dict[str, Attributes] = {}
    for part, text in texts(question).items():
        names = _names(question, part, text)
        sound = f"{media}/{quote(sounds[part])}" if sounds.get(part) else None
        found[part] = {
            "lang": own.language or None,
            "data-say": names if names or sound else None,
            "data-sound": sound,
            "data-words": text if part == WHOLE and question.type is QuestionType.GAPS else None,
        }
    for part, text in YES_AND_NO.items():
        found[part] = {
            "data-say": _names(question, part, text),
            "data-language": pages.language,
            "data-voice": pages.address or None,
        }
    return found


def _names(question: Question, part: str, text: str) -> str:
    """The names of its sounds below the voice's address, as the script reads them."""
    return " ".join(f"{question.id}/{part}-{place}" for place in range(len(pieces(text))))
