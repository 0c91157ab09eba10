# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a file with questions: the quiz, and what could not be taken over."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TypeVar

import msgspec

from appliance.content.quiz.grade import is_answerable
from appliance.content.quiz.prose import line
from appliance.content.quiz.quiz import Option, Pair, Question, QuestionType, Quiz
from appliance.content.result import Notice
from appliance.content.search.fold import fold
from appliance.errors import RefusalError

MOST_QUESTIONS = 10_000
MOST_PARTS = 60
"""Options, pairs, gaps or accepted answers of a question."""

LONGEST_TEXT = 4000
LONGEST_OPTION = 1000
LONGEST_ANSWER = 400
LONGEST_TITLE = 300

SETTING = "quiz-row-setting"
"""What is wrong with a rule; says nothing of the questions."""

_MOST_NOTICES = 200
_NAME = 80
_Part = TypeVar("_Part", Option, Pair)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class Pictures(Protocol):
    """Where the pictures of a quiz come from; each gives a path below the item, or nothing."""

    def beside(self, name: str) -> str:
        """A picture that lies beside the file, by its name."""

    def embedded(self, name: str, data: bytes) -> str:
        """A picture that was inside the file."""


class Reading(msgspec.Struct, frozen=True):
    """A file that was read.

    Attributes:
        title: as the file says, or empty.
        language: likewise; an ISO 639 code.
        notices: what was not taken over, by name and reason.
    """

    quiz: Quiz
    title: str = ""
    language: str = ""
    notices: tuple[Notice, ...] = ()


class QuizBuilder:
    """Takes questions one by one, whatever they are, and keeps those that can be asked."""

    def __init__(self) -> None:
        self._questions: list[Question] = []
        self._notices: list[Notice] = []
        self._unlisted = 0
        self._ids: set[str] = set()
        self._alike: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._questions)

    def add(self, question: Question, *, refused: Notice | None = None) -> None:
        """Take a question, or note that it cannot be answered.

        Ids are mended: made where there is none, and different from those before. Options and
        pairs get ids that say nothing of their place.

        Args:
            question: its own id may be anything or empty.
            refused: what to note if it cannot be answered; by default the question's name.

        Raises:
            RefusalError: quiz-too-large.
        """
        if len(self._questions) >= MOST_QUESTIONS:
            raise RefusalError("quiz-too-large", limit=MOST_QUESTIONS)
        parts = (question.options, question.pairs, question.gaps, question.accepted)
        fits = max(map(len, parts)) <= MOST_PARTS and bool(question.text or question.picture)
        mended = self._mended(question) if fits else question
        if not fits or not is_answerable(mended):
            self.note(refused or Notice("question-no-answer", {"name": name_of(question.text)}))
            return
        self._ids.add(mended.id)
        self._questions.append(mended)

    def leave_out(self, name: str, kind: str) -> None:
        """Note a question of a kind that cannot be asked here."""
        self.note(Notice("question-kind", {"name": name_of(name), "kind": line(kind, _NAME)}))

    def unclear(self, name: str) -> None:
        """Note a question that is not written as its format wants."""
        self.note(Notice("question-unclear", {"name": name_of(name)}))

    def note(self, notice: Notice) -> None:
        """Note what is odd; after the first ones only their number."""
        if len(self._notices) < _MOST_NOTICES:
            self._notices.append(notice)
        else:
            self._unlisted += 1

    def reading(self, quiz: Quiz, title: str = "", language: str = "") -> Reading:
        """The quiz with all questions that were taken.

        Args:
            quiz: its rules; questions in it do not count.
            title: of the quiz, as written.
            language: a code, or empty.

        Raises:
            RefusalError: quiz-empty, or what is wrong with the first question, if there is none
                that can be asked.
        """
        if not self._questions:
            telling = (one for one in self._notices if one.code != SETTING)
            first = next(telling, Notice("quiz-empty"))
            raise RefusalError(first.code, **first.details)
        more = [Notice("questions-more", {"count": self._unlisted})] if self._unlisted else []
        return Reading(
            msgspec.structs.replace(quiz, questions=tuple(self._questions)),
            line(title, LONGEST_TITLE),
            language,
            (*self._notices, *more),
        )

    def _mended(self, question: Question) -> Question:
        """With ids, and its points between a little and a lot."""
        own = question.id.lower()
        if not _ID.fullmatch(own):
            own = _made_id(question.text, question.picture)
        if own in self._ids:
            own = _made_id(
                question.text, *map(_words, question.options), *map(_words, question.pairs)
            )
        alike = own
        while own in self._ids:
            self._alike[alike] += 1
            own = _made_id(alike, str(self._alike[alike]))
        return msgspec.structs.replace(
            question,
            id=own,
            options=tuple(_with_ids(question.options)),
            pairs=tuple(_with_ids(question.pairs)),
        )


def name_of(text: str) -> str:
    """The beginning of a question, by which people know it again."""
    return line(text, _NAME) or "?"


def points(value: float | None) -> float:
    """Points as they may be: above 0, at most 1000; what is not is 1."""
    most = 1000.0
    return value if value is not None and 0 < value <= most else 1.0


def choice_type(options: Iterable[Option]) -> QuestionType:
    """Of one right answer: with words, or with nothing but pictures."""
    alone = all(option.picture and not option.text for option in options)
    return QuestionType.PICTURE if alone else QuestionType.CHOICE


def _words(part: Option | Pair) -> str:
    if isinstance(part, Pair):
        return "\0".join((part.left, part.left_picture, part.right, part.right_picture))
    return "\0".join((part.text, part.picture))


def _made_id(*parts: str) -> str:
    """An id that is the same for the same words in every edition."""
    folded = "\0".join(fold(part) for part in parts)
    return f"q{hashlib.sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _with_ids(parts: Iterable[_Part]) -> Iterable[_Part]:
    """Parts with ids made of their words."""
    taken: set[str] = set()
    for part in parts:
        own, tries = _made_id(_words(part))[1:9], 1
        while own in taken:
            tries += 1
            own = _made_id(_words(part), str(tries))[1:9]
        taken.add(own)
        yield msgspec.structs.replace(part, id=own)
