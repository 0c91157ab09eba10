# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiz: questions, what is right, and the rules of a try.

``quiz.json`` of an item of the kind quiz holds exactly this, made by its inspector from a
spreadsheet, GIFT, Moodle XML or QTI. All text is plain text; every page escapes it.
"""

from enum import StrEnum

import msgspec

FILE_NAME = "quiz.json"

Answer = tuple[str, ...]
"""What somebody answered; by the type of the question:

``choice``, ``picture``: the option's id. ``choices``: ids of all that were ticked, sorted.
``true-false``: ``true`` or ``false``. ``number``: as typed, ``3,5`` or ``3.5``. ``text``: as typed.
``match``: for each pair that has a left side, in order, the id of the pair whose right side was
chosen, or empty.
``order``: option ids in the order that was given. ``gaps``: for each gap in order, what was typed.
Nothing answered is the empty tuple."""


class QuestionType(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    TRUE_FALSE = "true-false"
    NUMBER = "number"
    TEXT = "text"
    MATCH = "match"
    ORDER = "order"
    GAPS = "gaps"
    PICTURE = "picture"


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """What can be chosen or put in order.

    Attributes:
        id: 1 to 16 of ``a-z0-9``, unique in the question; says nothing of what is right.
        picture: path of a picture below the item's folder, or empty; likewise ``sound``.
        credit: share of the points, -1 to 1; 1 is right. Of ``order`` the place, once shuffled.
        feedback: shown to whoever chose it.
    """

    id: str
    text: str = ""
    picture: str = ""
    sound: str = ""
    credit: float = 0.0
    feedback: str = ""


class Accepted(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer in letters or figures that counts.

    Attributes:
        text: compared folded (``appliance.content.search.fold``); ``*`` stands for anything.
        value: of a number, ± ``tolerance``; what has no text in a gap is a number.
    """

    text: str = ""
    value: float = 0.0
    tolerance: float = 0.0
    credit: float = 1.0
    feedback: str = ""


class Pair(msgspec.Struct, frozen=True, omit_defaults=True):
    """What belongs together; a pair without ``left`` is a right side that fits nothing."""

    id: str
    right: str
    left: str = ""
    left_picture: str = ""
    right_picture: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether there is a left side, to which a right one is looked for."""
        return bool(self.left or self.left_picture)


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question.

    Attributes:
        id: 1 to 32 of ``a-z0-9-``, unique in the quiz; the same question keeps it in new editions
            (made from its text where the source has none).
        text: of ``gaps``: with ``[[1]]``, ``[[2]]`` … where the gaps are.
        options: of choice, choices, picture; of order: in the right order.
        accepted: of number and text; ``true-false``: one whose text is ``true`` or ``false``.
        gaps: for each gap what counts.
        words: for each gap the words to choose from; an empty tuple where it is typed. Nothing at
            all where every gap is typed.
        points: at most, for a right answer.
        hints: shown one by one to whoever asks.
        right, wrong, feedback: said after an answer that is right, that is not, after any.
    """

    id: str
    type: QuestionType
    text: str
    options: tuple[Option, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    pairs: tuple[Pair, ...] = ()
    gaps: tuple[tuple[Accepted, ...], ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    picture: str = ""
    sound: str = ""
    points: float = 1.0
    hints: tuple[str, ...] = ()
    right: str = ""
    wrong: str = ""
    feedback: str = ""


class MasteryRule(StrEnum):
    """When a quiz is mastered (names as in Kolibri's ``mastery_model``)."""

    ALL = "all"
    """Every question was answered, and ``pass_mark`` of the points reached."""
    M_OF_N = "m_of_n"
    """``m`` of the last ``n`` first answers were right; questions come again and again."""
    IN_A_ROW = "in_a_row"
    """``m`` first answers were right one after the other; likewise."""


class Mastery(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rule, with its numbers; copied into each try."""

    rule: MasteryRule = MasteryRule.ALL
    m: int = 0
    n: int = 0
    pass_mark: float = 0.5

    @property
    def asks_much(self) -> bool:
        """Something has to be reached; else it is enough that all is answered."""
        return self.rule is not MasteryRule.ALL or self.pass_mark > 0


class Quiz(msgspec.Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """A quiz and its rules. Its hash is kept: pages look for what they made of it by the quiz.

    Attributes:
        shuffle_questions: and ``shuffle_options``: by the seed that is stored with the try.
        attempts: how many tries each person has; 0: as many as wanted.
        seconds: that a try may last; 0: no limit.
        feedback: shown after each answer; else when the try is finished.
    """

    questions: tuple[Question, ...]
    mastery: Mastery = Mastery()
    shuffle_questions: bool = False
    shuffle_options: bool = True
    attempts: int = 0
    seconds: int = 0
    feedback: bool = True
