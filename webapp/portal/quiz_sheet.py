# SPDX-License-Identifier: GPL-3.0-or-later
"""A try as the pages see it: which question stands where, and how each was answered.

Of somebody of a class it is made from the database; a guest's travels in the address, since nothing
is kept of guests.
"""

import re
import secrets
from enum import StrEnum
from functools import lru_cache

import msgspec

from appliance.content.quiz.grade import Graded, shuffled
from appliance.content.quiz.quiz import Mastery, Question, Quiz
from appliance.learning.mastery import FirstAnswer, Verdict, comes_again, judge
from appliance.learning.try_row import Response, Try

_GUEST = re.compile(r"([0-9]{1,10})\.([-gprw]*)")
_MOST = 500
"""Answers of a try; who has not mastered it by then begins anew."""
_SHUFFLES_KEPT = 64
"""A class that answers at once, and some more; a quiz of twenty questions is some 15 kB."""


class Mark(StrEnum):
    """How a question was answered the first time."""

    NONE = "-"
    RIGHT = "r"
    PARTLY = "p"
    WRONG = "w"
    GIVEN = "g"
    """It was answered, and nothing is said about it yet."""


class Sheet(msgspec.Struct, frozen=True):
    """A try.

    Attributes:
        marks: one for each place, from the first; shorter than the quiz where nothing follows.
        run: of somebody of a class; nothing for a guest.
        answers: all answers of ``run``.
    """

    quiz: Quiz
    seed: int
    marks: tuple[Mark, ...]
    run: Try | None = None
    answers: tuple[Response, ...] = ()

    @property
    def again(self) -> bool:
        """Whether questions come again and again until the quiz is mastered."""
        return comes_again(self.run.mastery if self.run else self.quiz.mastery)

    @property
    def total(self) -> int:
        """How many places there are now; the last of ``again`` is the next one to answer."""
        return len(self.marks) + 1 if self.again else len(self.quiz.questions)

    @property
    def is_over(self) -> bool:
        """Nothing more is to be answered."""
        return bool(self.run.finished) if self.run else self.verdict.over

    @property
    def mastery(self) -> Mastery:
        """The rule of this try, as it was when it began."""
        return self.run.mastery if self.run else self.quiz.mastery

    @property
    def verdict(self) -> Verdict:
        """What the answers amount to."""
        worth = {Mark.RIGHT: 1.0, Mark.PARTLY: 0.5}
        given = [
            FirstAnswer(mark is Mark.RIGHT, worth.get(mark, 0.0) * self.question(place).points)
            for place, mark in enumerate(self.marks, 1)
            if mark is not Mark.NONE
        ]
        points = sum(question.points for question in self.quiz.questions)
        found = judge(self.mastery, len(self.quiz.questions), points, given)
        run = self.run
        if run is None or run.score is None or run.points is None:
            return found
        # What was written down at the end: of a try at home single answers may not be known.
        return Verdict(found.share, True, bool(run.passed), run.score, run.points)

    def mark(self, place: int) -> Mark:
        """How the question at a place was answered."""
        return self.marks[place - 1] if place <= len(self.marks) else Mark.NONE

    def round(self, place: int) -> int:
        """From 0; higher where the question comes again."""
        return (place - 1) // max(len(self.quiz.questions), 1)

    def question(self, place: int) -> Question:
        """The question at a place, from 1, with its options in the order of this try."""
        round_ = self.round(place)
        seed = f"{self.seed}/{round_}" if round_ else self.seed
        questions = _questions(self.quiz, seed)
        return questions[(place - 1) % len(questions)]

    def given(self, place: int) -> list[Response]:
        """What somebody of a class answered there, in time; the first one counts."""
        question, round_ = self.question(place).id, self.round(place)
        return [
            answer
            for answer in self.answers
            if (answer.question_id, answer.round, answer.late) == (question, round_, False)
        ]

    def following(self, place: int) -> int:
        """The next place that is not answered, from the first again; 0 where there is none."""
        if self.is_over:
            return 0
        if self.again:
            return self.total if self.total <= _MOST else 0
        order = [*range(place + 1, self.total + 1), *range(1, place + 1)]
        return next((each for each in order if self.mark(each) is Mark.NONE), 0)

    def written(self) -> str:
        """A guest's sheet for an address."""
        return f"{self.seed}.{''.join(self.marks)}"

    def marked(self, place: int, graded: Graded) -> "Sheet":
        """A guest's sheet with an answer more; the first one counts."""
        if self.mark(place) is not Mark.NONE:
            return self
        marks = [*self.marks, *(Mark.NONE for _ in range(place - len(self.marks)))]
        marks[place - 1] = mark_of(graded.score, graded.is_right)
        return msgspec.structs.replace(self, marks=tuple(marks))


def sheet_of(quiz: Quiz, run: Try, answers: list[Response]) -> Sheet:
    """The sheet of somebody of a class."""
    bare = Sheet(quiz, run.seed, (), run, tuple(answers))
    first = {
        (each.question_id, each.round): each
        for each in answers
        if each.place == 0 and not each.late
    }
    last = max((round_ for _, round_ in first), default=0)
    places = range(1, (last + 1) * len(quiz.questions) + 1)
    marks = [_first_mark(first.get((bare.question(at).id, bare.round(at)))) for at in places]
    while marks and marks[-1] is Mark.NONE:
        marks.pop()
    return msgspec.structs.replace(bare, marks=tuple(marks))


def guest_sheet(quiz: Quiz, text: str) -> Sheet:
    """The sheet that a guest's address holds; a fresh one where it holds none."""
    found = _GUEST.fullmatch(text[: _MOST + 20])
    if not found:
        return Sheet(quiz, secrets.randbelow(2**31), ())
    most = _MOST if comes_again(quiz.mastery) else len(quiz.questions)
    return Sheet(quiz, int(found[1]), tuple(Mark(mark) for mark in found[2][:most]))


@lru_cache(maxsize=_SHUFFLES_KEPT)
def _questions(quiz: Quiz, seed: int | str) -> tuple[Question, ...]:
    """The questions in the order of a try; each page asks for each of them several times."""
    return shuffled(quiz, seed).questions


def mark_of(score: float, is_right: bool) -> Mark:
    """The mark of an answer."""
    return Mark.RIGHT if is_right else Mark.PARTLY if score > 0 else Mark.WRONG


def _first_mark(answer: Response | None) -> Mark:
    return Mark.NONE if answer is None else mark_of(answer.score, answer.is_right)
