# SPDX-License-Identifier: GPL-3.0-or-later
"""A row of the spreadsheet, read as a question."""

import re
from collections.abc import Callable

import msgspec

from appliance.content.quiz.cloze import gapped
from appliance.content.quiz.number import midway, number
from appliance.content.quiz.prose import line, lines
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType
from appliance.content.quiz.reading import (
    LONGEST_ANSWER,
    LONGEST_OPTION,
    LONGEST_TEXT,
    Pictures,
)
from appliance.content.quiz.sheet_words import LETTERS, folded, truth_of, type_of
from appliance.errors import RefusalError

_SEVERAL = re.compile(r"[;,\s]+")
_OTHERS = re.compile(r"[;|\n]+")
_GAP = re.compile(r"(?<!\[)\[([^\[\]\n]{1,400})\](?!\])")
_RANGE = re.compile(r"(.+?)(?:±|\+/-|\+-)(.+)|(.+?)(?:\.\.|…)(.+)")
_PICTURE = re.compile(r"[^|\n]*\.(?:png|jpe?g|webp|gif)\s*(?:\|.*)?", re.IGNORECASE)
# Cyrillic letters that can mean only one answer: А looks like A and is the first, С looks like C
# and Б, Г can be only the second and the fourth. В, Е and Д can mean two, so nobody guesses.
_CYRILLIC = {"а": 0, "б": 1, "с": 2, "г": 3}
_AMBIGUOUS = frozenset("вдеёжзфх")
_MOST_HINTS = 10


class Row(msgspec.Struct, frozen=True):
    """What stands in a row.

    Attributes:
        number: as the spreadsheet program counts.
        cells: by column.
        answers: the filled cells of the answers, by their place from 0.
        pictures: where pictures come from.
    """

    number: int
    cells: dict[str, str]
    answers: dict[int, str]
    pictures: Pictures

    def cell(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.cells.get(column, "")

    def wrong(self, code: str, **details: str | int) -> RefusalError:
        """What is wrong with it."""
        return RefusalError(code, row=self.number, **details)

    def picture(self, name: str) -> str:
        """The path of a picture beside the file.

        Raises:
            RefusalError: quiz-row-picture.
        """
        path = self.pictures.beside(name.strip())
        if not path:
            raise self.wrong("quiz-row-picture", path=line(name, 100))
        return path


def read_row(row: Row) -> Question:
    """The question of a row.

    Raises:
        RefusalError: what is wrong, with the number of the row.
    """
    text = lines(row.cell("question"), LONGEST_TEXT)
    if not text and not row.cell("picture"):
        raise row.wrong("quiz-row-no-question")
    kind = _type(row)
    question = _READERS[kind](row)
    return msgspec.structs.replace(
        question,
        id=row.cell("id"),
        text=question.text or text,
        picture=row.picture(row.cell("picture")) if row.cell("picture") else "",
        points=_points(row),
        hints=tuple(
            filter(None, (line(part, LONGEST_OPTION) for part in row.cell("hint").splitlines()))
        )[:_MOST_HINTS],
        feedback=lines(row.cell("explanation"), LONGEST_TEXT),
    )


def _type(row: Row) -> QuestionType:
    """The type that the row names, or that its cells make likely."""
    written, correct = row.cell("type"), row.cell("correct")
    if written:
        kind = type_of(written)
        if kind is None:
            raise row.wrong("quiz-row-type", value=line(written, 60))
        return kind
    if row.answers:
        if all(_PICTURE.fullmatch(cell.strip()) for cell in row.answers.values()):
            return QuestionType.PICTURE
        return QuestionType.CHOICES if len(_chosen(row)) > 1 else QuestionType.CHOICE
    if _GAP.search(row.cell("question")) and not correct:
        return QuestionType.GAPS
    if number(correct) is None and truth_of(correct) is not None:
        return QuestionType.TRUE_FALSE
    return QuestionType.TEXT if _value(correct) is None else QuestionType.NUMBER


def _points(row: Row) -> float:
    written = row.cell("points")
    value = number(written) if written else 1.0
    most = 1000
    if value is None or not 0 < value <= most:
        raise row.wrong("quiz-row-points", value=line(written, 60))
    return value


def _chosen(row: Row) -> list[int]:
    """The places of the right answers, as letters, numbers or their very words.

    Raises:
        RefusalError: quiz-row-no-correct, quiz-row-letter or quiz-row-correct.
    """
    written = row.cell("correct")
    if not written:
        raise row.wrong("quiz-row-no-correct")
    words = {folded(cell): place for place, cell in row.answers.items()}
    if folded(written) in words:
        return [words[folded(written)]]
    parts = [part for part in _SEVERAL.split(written) if part]
    if len(parts) == 1 and re.fullmatch(r"[A-Ha-h]{2,8}", written):
        parts = list(written)  # letters without anything between
    places = []
    for part in parts:
        place = _place(part)
        if place is None and part.casefold() in _AMBIGUOUS:
            raise row.wrong("quiz-row-letter", value=part)
        if place is None or place not in row.answers:
            raise row.wrong("quiz-row-correct", value=line(part, 60))
        places.append(place)
    return sorted(set(places))


def _place(part: str) -> int | None:
    letter = part.strip("().").casefold()
    if len(letter) == 1 and letter.upper() in LETTERS:
        return LETTERS.index(letter.upper())
    if letter.isascii() and letter.isdigit():
        return int(letter[:3]) - 1
    return _CYRILLIC.get(letter)


def _choice(row: Row) -> Question:
    right = _right_of_several(row)
    if len(right) > 1:
        raise row.wrong("quiz-row-one-correct")
    options = tuple(
        Option("", line(cell, LONGEST_OPTION), credit=float(place in right))
        for place, cell in row.answers.items()
    )
    return Question("", QuestionType.CHOICE, "", options=options)


def _choices(row: Row) -> Question:
    """Each wrong tick takes away what a right one gives, so ticking everything earns nothing."""
    right = _right_of_several(row)
    share = 1 / len(right)
    options = tuple(
        Option("", line(cell, LONGEST_OPTION), credit=share if place in right else -share)
        for place, cell in row.answers.items()
    )
    return Question("", QuestionType.CHOICES, "", options=options)


def _picture(row: Row) -> Question:
    """Answers are names of pictures; ``name | words`` for those who cannot see them."""
    right = _right_of_several(row)
    if len(right) > 1:
        raise row.wrong("quiz-row-one-correct")
    options = []
    for place, cell in row.answers.items():
        name, _, words = cell.partition("|")
        path = row.picture(name)
        options.append(Option("", line(words, LONGEST_OPTION), path, credit=float(place in right)))
    return Question("", QuestionType.PICTURE, "", options=tuple(options))


def _right_of_several(row: Row) -> list[int]:
    least = 2
    if len(row.answers) < least:
        raise row.wrong("quiz-row-answers")
    return _chosen(row)


def _true_false(row: Row) -> Question:
    truth = truth_of(row.cell("correct"))
    if truth is None:
        raise row.wrong("quiz-row-truth", value=line(row.cell("correct"), 60))
    accepted = (Accepted("true" if truth else "false"),)
    return Question("", QuestionType.TRUE_FALSE, "", accepted=accepted)


def _number(row: Row) -> Question:
    """``3,14``, ``3,14 ± 0,01`` or ``3..5``."""
    written = row.cell("correct")
    if not written:
        raise row.wrong("quiz-row-no-correct")
    accepted = _value(written)
    if accepted is None:
        raise row.wrong("quiz-row-number", value=line(written, 60))
    return Question("", QuestionType.NUMBER, "", accepted=(accepted,))


def _value(written: str) -> Accepted | None:
    found = _RANGE.fullmatch(written)
    if found is None:
        alone = number(written)
        return None if alone is None else Accepted("", alone)
    first, second = (number(part) for part in found.groups() if part is not None)
    if first is None or second is None:
        return None
    if found[1] is not None:
        return Accepted("", first, abs(second))
    return Accepted("", *midway(first, second))


def _text(row: Row) -> Question:
    """All that counts, with ``;`` or line breaks between."""
    correct = row.cell("correct")
    parts = _OTHERS.split(correct) if correct else row.answers.values()
    accepted = tuple(Accepted(text) for part in parts if (text := line(part, LONGEST_ANSWER)))
    if not accepted:
        raise row.wrong("quiz-row-no-correct")
    return Question("", QuestionType.TEXT, "", accepted=accepted)


def _match(row: Row) -> Question:
    """Answers are ``left = right``; ``= right`` belongs to nothing."""
    pairs = []
    for cell in row.answers.values():
        left, sign, right = cell.partition("=")
        if not sign or not right.strip():
            raise row.wrong("quiz-row-pairs", value=line(cell, 60))
        pairs.append(Pair("", line(right, LONGEST_OPTION), line(left, LONGEST_OPTION)))
    if len({folded(pair.right) for pair in pairs}) < 2:  # noqa: PLR2004 - one is no choice
        raise row.wrong("quiz-row-answers")
    return Question("", QuestionType.MATCH, "", pairs=tuple(pairs))


def _order(row: Row) -> Question:
    """Answers stand in their order."""
    options = tuple(Option("", line(cell, LONGEST_OPTION)) for cell in row.answers.values())
    if len({option.text for option in options}) < 2:  # noqa: PLR2004 - one is in order
        raise row.wrong("quiz-row-answers")
    return Question("", QuestionType.ORDER, "", options=options)


def _gaps(row: Row) -> Question:
    """Answers stand in brackets in the question, with ``|`` between those that count alike.

    Where other columns hold words, all are offered to choose from.
    """
    text = row.cell("question")
    written = [
        [part for one in found.split("|") if (part := line(one, LONGEST_ANSWER))]
        for found in _GAP.findall(text)
    ]
    if not written or not all(written):
        raise row.wrong("quiz-row-gaps")
    others = [line(cell, LONGEST_ANSWER) for cell in row.answers.values()]
    offered = tuple(sorted({*others, *(parts[0] for parts in written)})) if others else ()
    return Question(
        "",
        QuestionType.GAPS,
        gapped(_GAP.split(text)[::2]),
        gaps=tuple(tuple(map(Accepted, parts)) for parts in written),
        words=tuple(offered for _ in written) if offered else (),
    )


_READERS: dict[QuestionType, Callable[[Row], Question]] = {
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.TRUE_FALSE: _true_false,
    QuestionType.NUMBER: _number,
    QuestionType.TEXT: _text,
    QuestionType.MATCH: _match,
    QuestionType.ORDER: _order,
    QuestionType.GAPS: _gaps,
    QuestionType.PICTURE: _picture,
}
