# SPDX-License-Identifier: GPL-3.0-or-later
"""A question and an answer as people read them."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

import msgspec

from appliance.content.quiz.grade import right_answer
from appliance.content.quiz.judge import asked
from appliance.content.quiz.number import number
from appliance.content.quiz.quiz import Answer, Option, Pair, Question, QuestionType
from appliance.language import N_, decimal_mark

_GAP = re.compile(r"\[\[[0-9]+\]\]")
_YES, _NO = N_("Yes, that is true"), N_("No, that is false")


def gap_parts(question: Question) -> list[str]:
    """The text of a question with gaps, cut at them: between two parts stands a gap."""
    if question.type is not QuestionType.GAPS:
        return []
    return _GAP.split(question.text)


def in_one_line(question: Question) -> str:
    """The question as a heading; gaps are dots."""
    return " ".join(" … ".join(gap_parts(question)).split()) or question.text


def in_words(question: Question, answer: Answer, gettext: Callable[[str], str]) -> list[str]:
    """An answer as people read it: a line for each part."""
    if question.type is QuestionType.TRUE_FALSE:
        said = {"true": _YES}
        return [gettext(said.get(part, _NO)) for part in answer]
    if question.type is QuestionType.MATCH:
        pairs = {pair.id: pair for pair in question.pairs}
        return [
            f"{_left(pair)} – {_right(pairs.get(chosen))}"
            for pair, chosen in zip(asked(question), answer, strict=False)
        ]
    options = {option.id: option for option in question.options}
    if not options:
        return [part or "–" for part in answer]
    named = [_option(options.get(part)) for part in answer]
    if question.type is QuestionType.ORDER:
        return [f"{place}. {name}" for place, name in enumerate(named, 1)]
    return named


def named(question: Question) -> Question:
    """The question; a picture without words is called as its file is, where none is shown."""
    return msgspec.structs.replace(
        question,
        options=tuple(
            msgspec.structs.replace(one, text=one.text or _name(one.picture))
            for one in question.options
        ),
        pairs=tuple(
            msgspec.structs.replace(
                one,
                left=one.left or _name(one.left_picture),
                right=one.right or _name(one.right_picture),
            )
            for one in question.pairs
        ),
    )


def _name(picture: str) -> str:
    return PurePosixPath(picture).stem


def right_in_words(question: Question, gettext: Callable[[str], str], language: str) -> list[str]:
    """The right answer as people read it; a number that no author has written out has their mark.

    Args:
        question: as it is shown.
        gettext: for true and false.
        language: of whoever reads.
    """
    right = right_answer(question)
    if question.type in (QuestionType.NUMBER, QuestionType.GAPS):
        texts = {accepted.text for gap in question.gaps for accepted in gap}
        right = tuple(
            part if part in texts or number(part) is None else _marked(part, language)
            for part in right
        )
    return in_words(question, right, gettext)


def _marked(part: str, language: str) -> str:
    return part.replace(".", decimal_mark(language))


def _option(option: Option | None) -> str:
    return option.text if option else "–"


def _left(pair: Pair) -> str:
    return pair.left or "?"


def _right(pair: Pair | None) -> str:
    return pair.right if pair else "–"
