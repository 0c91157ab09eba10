# SPDX-License-Identifier: GPL-3.0-or-later
"""Text with gaps as Moodle writes it: ``{1:SHORTANSWER:=Душанбе~%50%Хуҷанд#near}``.

Source: https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import re
from collections.abc import Sequence

from appliance.content.quiz.number import number
from appliance.content.quiz.prose import line, lines
from appliance.content.quiz.quiz import Accepted, Question, QuestionType
from appliance.content.quiz.reading import LONGEST_ANSWER, LONGEST_OPTION, LONGEST_TEXT
from appliance.errors import ApplianceError

_GAP = re.compile(
    r"\{\s*[0-9]{0,3}\s*:\s*([A-Z]{2,15})(?:_[A-Z]{1,3})?\s*:((?:[^{}\\]|\\.)*)\}", re.DOTALL
)
_TYPED = frozenset({"SHORTANSWER", "SA", "MW"})
_NUMERIC = frozenset({"NUMERICAL", "NM"})
_CHOSEN = frozenset({"MULTICHOICE", "MC"})
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:[.,][0-9]{1,8})?)%")
_PART = re.compile(r"(?:[^~\\]|\\.)+", re.DOTALL)
_FEEDBACK = re.compile(r"((?:[^#\\]|\\.)*)(?:#(.*))?", re.DOTALL)
_MOST_GAPS = 60


class UnclearError(ApplianceError):
    """A question is not written as its format wants, or asks what cannot be asked here."""


def read_cloze(text: str) -> Question:
    """A question without its id.

    Args:
        text: plain, with gaps in braces.

    Raises:
        UnclearError: there is no gap in it, or one of a kind that is not known.
    """
    found = list(_GAP.finditer(text))
    if not 0 < len(found) <= _MOST_GAPS:
        raise UnclearError
    gaps, words, parts, end = [], [], [], 0
    for gap in found:
        parts.append(text[end : gap.start()])
        end = gap.end()
        accepted = _answers(gap[1], gap[2])
        gaps.append(accepted)
        offered = tuple(sorted({a.text.replace("\\*", "*") for a in accepted if a.text}))
        words.append(offered if gap[1] in _CHOSEN else ())
    parts.append(text[end:])
    return Question(
        "",
        QuestionType.GAPS,
        gapped(parts),
        gaps=tuple(gaps),
        words=tuple(words) if any(words) else (),
    )


def gapped(parts: Sequence[str]) -> str:
    """Text with the mark of a gap between the parts."""
    shown = [part.replace("⟦", "[").replace("⟧", "]") for part in parts]
    marked = shown[0] + "".join(f"⟦{n}⟧{part}" for n, part in enumerate(shown[1:], 1))
    # The real marks come after the text is cleaned of what looks like one.
    return lines(marked, LONGEST_TEXT).replace("⟦", "[[").replace("⟧", "]]")


def literal(text: str) -> Accepted:
    """Just this text, asterisks included.

    Raises:
        UnclearError: there is no text.
    """
    if not text:
        raise UnclearError
    return Accepted(text.replace("*", "\\*"))


def _answers(kind: str, written: str) -> tuple[Accepted, ...]:
    if kind not in _TYPED | _NUMERIC | _CHOSEN:
        raise UnclearError
    return tuple(_answer(kind, part) for part in _PART.findall(written)[:_MOST_GAPS])


def _answer(kind: str, part: str) -> Accepted:
    """``=right#said``, ``%50%half right`` or ``wrong``."""
    part, credit = part.strip(), 0.0
    if part.startswith("="):
        part, credit = part[1:], 1.0
    elif weight := _WEIGHT.match(part):
        part = part[weight.end() :]
        credit = min(max(float(weight[1].replace(",", ".")) / 100, -1.0), 1.0)
    split = _FEEDBACK.fullmatch(part)
    value, said = (split[1], split[2] or "") if split else (part, "")
    feedback = line(_plain(said), LONGEST_OPTION)
    if kind in _NUMERIC and value.strip() != "*":
        around, _, spread = value.partition(":")
        middle, tolerance = number(around), number(spread) if spread.strip() else 0.0
        if middle is None or tolerance is None:
            raise UnclearError
        return Accepted("", middle, abs(tolerance), credit, feedback)
    text = line(_plain(value), LONGEST_ANSWER)
    if not text:
        raise UnclearError
    if kind in _CHOSEN:
        text = text.replace("*", "\\*")
    return Accepted(text, credit=credit, feedback=feedback)


def _plain(text: str) -> str:
    """Escaped characters for what they are, but an asterisk, which means more."""
    return re.sub(r"\\([^*])", r"\1", text)
