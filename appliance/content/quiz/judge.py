# SPDX-License-Identifier: GPL-3.0-or-later
"""Judging: how much of an answer is right, by the type of the question."""

import math
from collections.abc import Callable, Iterable

import msgspec

from appliance.content.quiz.number import number
from appliance.content.quiz.quiz import Accepted, Answer, Option, Pair, Question, QuestionType
from appliance.content.quiz.wording import is_meant, plain

_NEARLY = 1e-6  # three times a third is one


class Judged(msgspec.Struct, frozen=True):
    """What an answer is worth, before points.

    Attributes:
        share: of the points; may lie below 0 or, by a hair, above 1.
        is_right: nothing is missing and nothing wrong was chosen.
        feedback: to what was chosen; may hold empty texts.
    """

    share: float = 0.0
    is_right: bool = False
    feedback: tuple[str, ...] = ()


def judge(question: Question, answer: Answer) -> Judged:
    """How much of an answer is right; takes any answer."""
    return _JUDGES[question.type](question, answer) if any(answer) else Judged()


def credit_of(option: Option | Accepted) -> float:
    """The credit, brought between -1 and 1."""
    return min(max(option.credit, -1.0), 1.0) if math.isfinite(option.credit) else 0.0


def wanted(question: Question) -> dict[str, float]:
    """The options that shall be ticked, by id, with their credit."""
    return {o.id: credit_of(o) for o in question.options if credit_of(o) > 0}


def asked(question: Question) -> list[Pair]:
    """The pairs to whose left side a right one is looked for."""
    return [pair for pair in question.pairs if pair.is_asked]


def in_order(question: Question) -> list[Option]:
    """Things to put in order, as they belong, whether they have been shuffled or not."""
    return sorted(question.options, key=lambda option: option.credit)


def look(option: Option) -> tuple[str, ...]:
    """What people see of an option; two that look alike are as good as each other."""
    return option.text, option.picture, option.sound


def right_side(pair: Pair) -> tuple[str, str]:
    """What people see of the right side; likewise."""
    return plain(pair.right), pair.right_picture


def _judge_choice(question: Question, answer: Answer) -> Judged:
    chosen = next((o for o in question.options if answer == (o.id,)), None)
    if chosen is None:
        return Judged()
    credit = credit_of(chosen)
    return Judged(credit, _is_full(credit), (chosen.feedback,))


def _judge_choices(question: Question, answer: Answer) -> Judged:
    ticked, right = set(answer), wanted(question)
    chosen = [option for option in question.options if option.id in ticked]
    # Weights of a source that make 99.999 % together are all there is.
    share = sum(credit_of(option) for option in chosen) / (sum(right.values()) or 1.0)
    is_right = bool(right) and ticked == set(right)
    return Judged(share, is_right, tuple(option.feedback for option in chosen))


def _judge_true_false(question: Question, answer: Answer) -> Judged:
    found = next((a for a in question.accepted if answer == (a.text,)), None)
    return _judge_accepted(found)


def _judge_number(question: Question, answer: Answer) -> Judged:
    return _judge_accepted(_typed_number(question.accepted, answer[0]))


def _judge_text(question: Question, answer: Answer) -> Judged:
    return _judge_accepted(_typed_text(question.accepted, answer[0]))


def _judge_accepted(found: Accepted | None) -> Judged:
    if found is None:
        return Judged()
    credit = credit_of(found)
    return Judged(credit, _is_full(credit), (found.feedback,))


def _best(found: Iterable[Accepted]) -> Accepted | None:
    """The one with the highest credit; of equal ones the first."""
    ranked = sorted(found, key=credit_of, reverse=True)
    return ranked[0] if ranked else None


def _typed_number(accepted: Iterable[Accepted], typed: str) -> Accepted | None:
    value = number(typed)
    near = [a for a in accepted if value is not None and _is_near(a, value)]
    return _best(near)


def _is_near(accepted: Accepted, value: float) -> bool:
    if not math.isfinite(accepted.value) or not math.isfinite(accepted.tolerance):
        return False
    # A hair wider than said: 3.15 - 3.14 is a little more than 0.01 in a computer.
    hair = 1e-9 * max(abs(accepted.value), abs(value))
    return abs(value - accepted.value) <= abs(accepted.tolerance) + hair


def _typed_text(accepted: Iterable[Accepted], typed: str) -> Accepted | None:
    meant = [a for a in accepted if a.text and is_meant(a.text, typed)]
    return _best(meant)


def _judge_match(question: Question, answer: Answer) -> Judged:
    lefts, by_id = asked(question), {pair.id: pair for pair in question.pairs}
    chosen = [by_id.get(given) for given in answer[: len(lefts)]]
    right = sum(
        found is not None and right_side(found) == right_side(pair)
        for pair, found in zip(lefts, chosen, strict=False)
    )
    return _shares(right, len(lefts), len(answer))


def _judge_order(question: Question, answer: Answer) -> Judged:
    things, by_id = in_order(question), {option.id: option for option in question.options}
    given = [by_id.get(name) for name in answer[: len(things)]]
    right = sum(
        found is not None and look(found) == look(option)
        for option, found in zip(things, given, strict=False)
    )
    return _shares(right, len(things), len(answer))


def _judge_gaps(question: Question, answer: Answer) -> Judged:
    found = [
        _in_gap(accepted, typed) for accepted, typed in zip(question.gaps, answer, strict=False)
    ]
    credits = [credit_of(a) for a in found if a is not None]
    full = len(credits) == len(question.gaps) == len(answer) and all(map(_is_full, credits))
    share = sum(credits) / max(len(question.gaps), 1)
    return Judged(share, full, tuple(a.feedback for a in found if a is not None))


def _in_gap(accepted: tuple[Accepted, ...], typed: str) -> Accepted | None:
    numbers = [a for a in accepted if not a.text]
    found = (_typed_number(numbers, typed), _typed_text(accepted, typed))
    return _best(a for a in found if a is not None)


def _is_full(credit: float) -> bool:
    return credit >= 1.0 - _NEARLY


def _shares(right: int, of: int, given: int) -> Judged:
    return Judged(right / max(of, 1), right == of == given)


_JUDGES: dict[QuestionType, Callable[[Question, Answer], Judged]] = {
    QuestionType.CHOICE: _judge_choice,
    QuestionType.PICTURE: _judge_choice,
    QuestionType.CHOICES: _judge_choices,
    QuestionType.TRUE_FALSE: _judge_true_false,
    QuestionType.NUMBER: _judge_number,
    QuestionType.TEXT: _judge_text,
    QuestionType.MATCH: _judge_match,
    QuestionType.ORDER: _judge_order,
    QuestionType.GAPS: _judge_gaps,
}
