# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer is worth, and in which order a quiz is shown."""

import hashlib
import math
import re
from collections.abc import Callable

import msgspec

from appliance.content.quiz.judge import asked, credit_of, in_order, judge, look, right_side, wanted
from appliance.content.quiz.number import written
from appliance.content.quiz.quiz import Accepted, Answer, Pair, Question, QuestionType, Quiz
from appliance.content.quiz.wording import example

TRUE_OR_FALSE = ("true", "false")

_GAP = re.compile(r"\[\[([0-9]+)\]\]")


class Graded(msgspec.Struct, frozen=True):
    """An answer and what it is worth.

    Attributes:
        score: 0 to the points of the question.
        is_right: nothing is missing and nothing wrong was chosen.
        feedback: what is said about it: to what was chosen, to right or wrong, to any answer.
    """

    score: float
    is_right: bool
    feedback: tuple[str, ...] = ()


def grade(question: Question, answer: Answer) -> Graded:
    """What an answer is worth. Takes any answer, also one that the question does not offer.

    Partial credit is Moodle's: credits of ticked options add up, each pair and each gap counts
    alike, as does each thing that stands at its place in an order; nothing is below 0.
    """
    judged = judge(question, answer)
    points = question.points if math.isfinite(question.points) else 0.0
    said = (*judged.feedback, question.right if judged.is_right else question.wrong)
    return Graded(
        score=max(points, 0.0) * (1.0 if judged.is_right else min(max(judged.share, 0.0), 1.0)),
        is_right=judged.is_right,
        feedback=tuple(filter(None, (*said, question.feedback))),
    )


def is_answerable(question: Question) -> bool:
    """Whether there is an answer that gets full points, and one that is wrong."""
    return (
        _has_choice(question)
        and math.isfinite(question.points)
        and question.points > 0
        and grade(question, right_answer(question)).is_right
    )


def right_answer(question: Question) -> Answer:
    """An answer that gets full points; nothing if there is none."""
    answer = _RIGHT[question.type](question)
    return answer if all(answer) else ()


def gap_numbers(text: str) -> list[int]:
    """The gaps in a text, ``[[1]]`` and so on, in the order in which they stand."""
    return [int(found) for found in _GAP.findall(text)]


def shuffled(quiz: Quiz, seed: int | str) -> Quiz:
    """The quiz in the order in which it is shown in a try; the same seed gives the same order.

    Things to put in order are always shuffled, and never stand right already. Answers to the
    shuffled quiz may be graded by either: they name options, not places.
    """
    questions = tuple(
        _shuffled(question, seed, quiz.shuffle_options) for question in quiz.questions
    )
    if quiz.shuffle_questions:
        questions = tuple(sorted(questions, key=lambda question: _lot(seed, question.id)))
    return msgspec.structs.replace(quiz, questions=questions)


def right_sides(question: Question, seed: int | str = 0) -> tuple[Pair, ...]:
    """The right sides to choose from, in an order that says nothing; of those alike only one."""
    drawn = sorted(question.pairs, key=lambda pair: _lot(seed, question.id, pair.id))
    unlike = {right_side(pair): pair for pair in reversed(drawn)}
    return tuple(pair for pair in drawn if unlike[right_side(pair)] is pair)


def _lot(*names: int | str) -> bytes:
    """A number that is drawn for these names; the same in every version of everything."""
    return hashlib.sha256("\0".join(map(str, names)).encode()).digest()


def _shuffled(question: Question, seed: int | str, shuffle_options: bool) -> Question:
    ordering = question.type is QuestionType.ORDER
    if not ordering and not (shuffle_options and question.options):
        return question
    drawn = sorted(question.options, key=lambda option: _lot(seed, question.id, option.id))
    if ordering:
        things = in_order(question)
        if [look(option) for option in drawn] == [look(option) for option in things]:
            drawn = [*drawn[1:], *drawn[:1]]
        places = {option.id: place for place, option in enumerate(things)}
        drawn = [msgspec.structs.replace(o, credit=float(places[o.id])) for o in drawn]
    return msgspec.structs.replace(question, options=tuple(drawn))


def _has_choice(question: Question) -> bool:
    """Whether something is asked, and more than one answer can be given."""
    ids = [*(option.id for option in question.options), *(pair.id for pair in question.pairs)]
    if len(set(ids)) < len(ids):
        return False
    if question.type is QuestionType.TRUE_FALSE:
        return all(accepted.text in TRUE_OR_FALSE for accepted in question.accepted)
    if question.type in (QuestionType.NUMBER, QuestionType.TEXT):
        return bool(question.accepted)
    if question.type is QuestionType.GAPS:
        return gap_numbers(question.text) == [*range(1, len(question.gaps) + 1)] != []
    if question.type is QuestionType.MATCH:
        return len(set(map(right_side, question.pairs))) > 1
    return len(set(map(look, question.options))) > 1


def _first_full(question: Question) -> Answer:
    best = max(question.options, key=credit_of, default=None)
    return (best.id,) if best else ()


def _ticked(question: Question) -> Answer:
    return tuple(sorted(wanted(question)))


def _typed(question: Question) -> Answer:
    return _shown(question.accepted, is_number=False)


def _typed_number(question: Question) -> Answer:
    return _shown(question.accepted, is_number=True)


def _true_or_false(question: Question) -> Answer:
    return tuple(accepted.text for accepted in question.accepted if credit_of(accepted) > 0)[:1]


def _matched(question: Question) -> Answer:
    return tuple(pair.id for pair in asked(question))


def _ordered(question: Question) -> Answer:
    return tuple(option.id for option in in_order(question))


def _filled(question: Question) -> Answer:
    return tuple("".join(_shown(gap, is_number=False)) for gap in question.gaps)


def _shown(accepted: tuple[Accepted, ...], *, is_number: bool) -> Answer:
    """The best of what is accepted, as somebody may type it."""
    best = max(accepted, key=credit_of, default=None)
    if best is None:
        return ()
    return (written(best.value) if is_number or not best.text else example(best.text),)


_RIGHT: dict[QuestionType, Callable[[Question], Answer]] = {
    QuestionType.CHOICE: _first_full,
    QuestionType.PICTURE: _first_full,
    QuestionType.CHOICES: _ticked,
    QuestionType.TRUE_FALSE: _true_or_false,
    QuestionType.NUMBER: _typed_number,
    QuestionType.TEXT: _typed,
    QuestionType.MATCH: _matched,
    QuestionType.ORDER: _ordered,
    QuestionType.GAPS: _filled,
}
