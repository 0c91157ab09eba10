# SPDX-License-Identifier: GPL-3.0-or-later
"""What counts in QTI 1.2: the conditions of ``resprocessing``, read as credits."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from appliance.content.quiz.markup_tree import every, float_of, text_at
from appliance.content.quiz.number import midway
from appliance.content.quiz.prose import line
from appliance.content.quiz.reading import LONGEST_ANSWER

_NUMERIC = frozenset({"vargte", "vargt", "varlte", "varlt"})


class Response:
    """A place where something is chosen or typed.

    Attributes:
        ident: by which conditions name it.
        several: more than one may be chosen.
        labels: what can be chosen.
        half_widths: of ranges that count, by their middle.
    """

    def __init__(self, element: Element) -> None:
        self.element = element
        self.ident = element.get("ident", "")
        self.several = element.get("rcardinality", "single").lower() == "multiple"
        self.labels = list(every(element, "response_label"))
        self.half_widths: dict[float, float] = {}

    @property
    def is_number(self) -> bool:
        """Whether a number is typed."""
        fibs = [fib.get("fibtype", "").lower() for fib in every(self.element, "render_fib")]
        return self.element.tag == "response_num" or any(
            kind in ("decimal", "integer", "scientific") for kind in fibs
        )


def scored(item: Element, responses: Sequence[Response]) -> dict[str, dict[str, float]]:
    """The credit of each answer, -1 to 1, by response and by what was chosen or typed.

    Of several conditions the best counts. What must not be chosen (``not``) has none.
    """
    credits: dict[str, dict[str, float]] = {response.ident: {} for response in responses}
    scores = [(condition, _score(condition)) for condition in every(item, "respcondition")]
    highest = max((abs(score) for _, score in scores), default=0.0)
    for condition, score in scores:
        for variable in condition.findall("conditionvar") if score else ():
            _collect(variable, score / highest, credits, responses)
    if len(responses) > 1:
        # Each pair gives its part of the points; here each is right or not.
        return {
            name: {key: float(credit > 0) for key, credit in found.items()}
            for name, found in credits.items()
        }
    return credits


def _score(condition: Element) -> float:
    """What a condition sets or adds to the score."""
    found = 0.0
    for change in condition.findall("setvar"):
        if change.get("varname", "SCORE").upper() in ("SCORE", "QUE_SCORE", ""):
            value = float_of(text_at(change)) or 0.0
            found = -value if change.get("action", "").lower() == "subtract" else value
    return found


def _collect(
    element: Element,
    credit: float,
    credits: dict[str, dict[str, float]],
    responses: Sequence[Response],
) -> None:
    """Note what a condition asks for; what stands below ``not`` is not asked for."""
    bounds: dict[str, list[float]] = {}
    typed = {one.ident: one.element.tag != "response_lid" for one in responses}
    waiting = [element]
    while waiting:
        test = waiting.pop(0)
        name, text = test.get("respident", ""), line(text_at(test), LONGEST_ANSWER)
        if test.tag in ("conditionvar", "and", "or"):
            waiting = [*test, *waiting]
        elif test.tag in ("varequal", "varsubset", "varsubstring") and name in credits and text:
            if typed[name]:
                text = text.replace("*", "\\*")
            wanted = f"*{text}*" if test.tag == "varsubstring" else text
            credits[name][wanted] = max(credit, credits[name].get(wanted, -1.0))
        elif test.tag in _NUMERIC and name in credits:
            bounds.setdefault(name, []).append(float_of(text) or 0.0)
    for response in responses:
        found = bounds.get(response.ident, [])
        if len(found) > 1:
            middle, half = midway(min(found), max(found))
            response.half_widths[middle] = half
            credits[response.ident][repr(middle)] = credit
