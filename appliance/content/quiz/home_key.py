# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiz as its file at home has it: what is shown, and what is right, made easy for a script.

Everything that needs Python's tables is computed here; ``webapp/portal/home/grade.js`` compares.
"""

import math
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from appliance.content.quiz.grade import gap_numbers, right_answer
from appliance.content.quiz.in_words import right_in_words
from appliance.content.quiz.judge import asked, credit_of, in_order, look, right_side
from appliance.content.quiz.number import decimal
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, Quiz
from appliance.content.quiz.wording import script_pattern

_FIGURES_END = 0x20000  # no script above the first two planes has figures

Number = Callable[[str], int | None]
"""The number under which a picture or sound of the item lies in the file; none for no file."""


def home_key(
    quiz: Quiz, number: Number, gettext: Callable[[str], str], language: str
) -> dict[str, Any]:
    """The quiz for the script, ready for JSON.

    Args:
        gettext: for the words of right answers, in this language.
    """

    def told(question: Question) -> list[str]:
        return [part for part in right_in_words(question, gettext, language) if part]

    return {
        "questions": [_question(each, number, told(each)) for each in quiz.questions],
        "mastery": {
            "rule": str(quiz.mastery.rule),
            "m": quiz.mastery.m,
            "n": quiz.mastery.n,
            "pass_mark": quiz.mastery.pass_mark,
        },
        "shuffle_questions": quiz.shuffle_questions,
        "shuffle_options": quiz.shuffle_options,
        "zeros": zeros(),
    }


def media(quiz: Quiz) -> Iterator[str]:
    """The paths of all pictures and sounds that a quiz shows, in the item; some more than once."""
    for question in quiz.questions:
        yield from (question.picture, question.sound)
        for option in question.options:
            yield from (option.picture, option.sound)
        for pair in question.pairs:
            yield from (pair.left_picture, pair.right_picture)


@cache
def zeros() -> str:
    """The figure 0 of every script that has figures."""
    return "".join(c for c in map(chr, range(_FIGURES_END)) if unicodedata.decimal(c, 1) == 0)


def _question(question: Question, number: Number, told: list[str]) -> dict[str, Any]:
    looks = {look(option): place for place, option in enumerate(question.options)}
    sides = {right_side(pair): place for place, pair in enumerate(question.pairs)}
    right = right_answer(question)
    return {
        "type": str(question.type),
        "text": question.text,
        "picture": number(question.picture),
        "sound": number(question.sound),
        "points": question.points if math.isfinite(question.points) else 0.0,
        "hints": question.hints,
        "right": question.right,
        "wrong": question.wrong,
        "feedback": question.feedback,
        "options": [_option(each, number, looks[look(each)]) for each in question.options],
        "order": [looks[look(each)] for each in in_order(question)],
        "accepted": [_accepted(each) for each in question.accepted],
        "pairs": [_pair(each, number, sides[right_side(each)]) for each in question.pairs],
        "lefts": [each.id for each in asked(question)],
        "gaps": [[_accepted(each) for each in gap] for gap in question.gaps],
        "words": question.words,
        "gap_numbers": gap_numbers(question.text) if question.gaps else [],
        "answer": told,
        "answer_pictures": [
            number(option.picture)
            for option in question.options
            if option.id in right and option.picture
        ],
    }


def _option(option: Option, number: Number, alike: int) -> dict[str, Any]:
    """An option; two that look alike have one number in ``alike``."""
    return {
        "id": option.id,
        "text": option.text,
        "picture": number(option.picture),
        "sound": number(option.sound),
        "credit": credit_of(option),
        "feedback": option.feedback,
        "alike": alike,
    }


def _pair(pair: Pair, number: Number, alike: int) -> dict[str, Any]:
    """A pair; two whose right sides look alike have one number in ``alike``."""
    return {
        "id": pair.id,
        "left": pair.left,
        "right": pair.right,
        "left_picture": number(pair.left_picture),
        "right_picture": number(pair.right_picture),
        "alike": alike,
    }


def _accepted(accepted: Accepted) -> dict[str, Any]:
    """What counts as an answer: text, its pattern and its value if it is a number; or a number."""
    finite = math.isfinite(accepted.value) and math.isfinite(accepted.tolerance)
    return {
        "text": accepted.text,
        "pattern": script_pattern(accepted.text),
        "decimal": decimal(accepted.text),
        "value": accepted.value if finite else None,
        "tolerance": abs(accepted.tolerance) if finite else 0.0,
        "credit": credit_of(accepted),
        "feedback": accepted.feedback,
    }
