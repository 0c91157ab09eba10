# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the braces of a question in GIFT."""

import re
from collections.abc import Callable

from appliance.content.quiz.number import midway, number
from appliance.content.quiz.prose import line
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType
from appliance.content.quiz.reading import LONGEST_ANSWER, LONGEST_OPTION, choice_type
from appliance.errors import ApplianceError

_ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:[.,][0-9]{1,8})?)%")
_TRUE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?", re.IGNORECASE)
_MOST = 300

Words = Callable[[str], str]


class UnclearError(ApplianceError):
    """Answers are not written as GIFT wants."""


def answered(text: str, words: Words) -> Question:
    """A question without its text, from what stands in the braces.

    Args:
        text: without the braces, escaped characters hidden.
        words: makes of such text what people read.

    Raises:
        UnclearError: it is not written as GIFT wants.
    """
    text, _, general = text.partition("####")
    feedback = words(general)
    if found := _TRUE.fullmatch(text):
        return _true_false(found, feedback, words)
    if text.lstrip().startswith("#"):
        return _numeric(text.lstrip()[1:], feedback, words)
    if not (parts := _ANSWER.findall(text)[:_MOST]):
        raise UnclearError
    marks = {mark for mark, _ in parts}
    if marks == {"="} and all("->" in answer for _, answer in parts):
        return _matching([answer for _, answer in parts], feedback, words)
    if marks == {"="}:
        accepted = tuple(_accepted(answer, words) for _, answer in parts)
        return Question("", QuestionType.TEXT, "", accepted=accepted, feedback=feedback)
    return _choice(parts, feedback, words)


def _true_false(found: re.Match[str], feedback: str, words: Words) -> Question:
    """``T#feedback if wrong#feedback if right``."""
    is_true = found[1].upper().startswith("T")
    return Question(
        "",
        QuestionType.TRUE_FALSE,
        "",
        accepted=(Accepted("true" if is_true else "false"),),
        wrong=words(found[2] or ""),
        right=words(found[3] or ""),
        feedback=feedback,
    )


def _numeric(text: str, feedback: str, words: Words) -> Question:
    """``#3:2``, ``#1..5``, or several ``#=3:0 =%50%3:1``."""
    parts = _ANSWER.findall(text)[:_MOST] or [("=", text)]
    accepted = []
    for mark, part in parts:
        credit, rest = _weight(part, 1.0 if mark == "=" else 0.0)
        value, _, said = rest.partition("#")
        if mark == "~" and not value.strip():
            continue  # what is said to any other answer
        accepted.append(_ranged(value, credit, words(said)))
    return Question("", QuestionType.NUMBER, "", accepted=tuple(accepted), feedback=feedback)


def _ranged(text: str, credit: float, feedback: str) -> Accepted:
    low, dots, high = text.partition("..")
    if dots:
        least, most = number(low), number(high)
        if least is None or most is None:
            raise UnclearError
        return Accepted("", *midway(least, most), credit, feedback)
    around, _, spread = text.partition(":")
    value, tolerance = number(around), number(spread) if spread.strip() else 0.0
    if value is None or tolerance is None:
        raise UnclearError
    return Accepted("", value, abs(tolerance), credit, feedback)


def _matching(answers: list[str], feedback: str, words: Words) -> Question:
    pairs = []
    for answer in answers:
        left, _, right = answer.partition("->")
        right = right.partition("#")[0]
        pairs.append(
            Pair("", line(words(right), LONGEST_OPTION), line(words(left), LONGEST_OPTION))
        )
    return Question("", QuestionType.MATCH, "", pairs=tuple(pairs), feedback=feedback)


def _accepted(answer: str, words: Words) -> Accepted:
    credit, rest = _weight(answer, 1.0)
    text, _, said = rest.partition("#")
    return Accepted(line(words(text), LONGEST_ANSWER), credit=credit, feedback=words(said))


def _choice(parts: list[tuple[str, str]], feedback: str, words: Words) -> Question:
    """One right answer where there is a ``=``, else several with weights."""
    options = []
    for mark, answer in parts:
        credit, rest = _weight(answer, 1.0 if mark == "=" else 0.0)
        text, _, said = rest.partition("#")
        shown = line(words(text), LONGEST_OPTION)
        options.append(Option("", shown, credit=credit, feedback=words(said)))
    several = all(mark == "~" for mark, _ in parts)
    kind = QuestionType.CHOICES if several else choice_type(options)
    return Question("", kind, "", options=tuple(options), feedback=feedback)


def _weight(text: str, otherwise: float) -> tuple[float, str]:
    """The weight at the beginning of an answer, and the rest."""
    if found := _WEIGHT.match(text):
        value = float(found[1].replace(",", "."))
        return min(max(value / 100, -1.0), 1.0), text[found.end() :]
    return otherwise, text
