# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of a question, read into an answer."""

from werkzeug.datastructures import MultiDict

from appliance.content.quiz.judge import asked
from appliance.content.quiz.quiz import Answer, Question, QuestionType
from appliance.content.quiz.wording import LONGEST
from appliance.language import N_

Form = MultiDict[str, str]

_FIELD = "a"
_EMPTY = N_("Choose or write an answer first.")
_UNFINISHED = N_("Something is still missing. Fill in all the fields.")
_TWICE = N_("Each may stand only once. Look at the order again.")


def typed(question: Question, form: Form) -> Answer:
    """What a form holds, finished or not; the shape is that of ``Answer``."""
    if question.type is QuestionType.CHOICES:
        ticked = set(form.getlist(_FIELD))
        return tuple(sorted(option.id for option in question.options if option.id in ticked))
    if question.type in (QuestionType.MATCH, QuestionType.ORDER, QuestionType.GAPS):
        given = tuple(_text(form, f"{_FIELD}{place}") for place in _places(question))
        return given if any(given) else ()
    text = _text(form, _FIELD)
    return (text,) if text else ()


def problem(question: Question, answer: Answer) -> str:
    """What is missing before it can be taken for an answer, in English; empty: nothing."""
    if not any(answer):
        return _EMPTY
    if question.type in (QuestionType.MATCH, QuestionType.ORDER) and not all(answer):
        return _UNFINISHED
    if question.type is QuestionType.ORDER and len(set(answer)) < len(answer):
        return _TWICE
    return ""


def pictures(question: Question, answer: Answer) -> list[str]:
    """The pictures of the options that were chosen."""
    return [option.picture for option in question.options if option.id in answer and option.picture]


def _text(form: Form, field: str) -> str:
    return form.get(field, "").strip()[:LONGEST]


def _places(question: Question) -> range:
    counts = {
        QuestionType.MATCH: len(asked(question)),
        QuestionType.ORDER: len(question.options),
        QuestionType.GAPS: len(question.gaps),
    }
    return range(1, counts[question.type] + 1)
