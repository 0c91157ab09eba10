# SPDX-License-Identifier: GPL-3.0-or-later
"""A school to learn in: people, a watch that tests turn, and a quiz."""

from pathlib import Path

from appliance.config import Config
from appliance.content.quiz.quiz import Accepted, Mastery, Option, Question, QuestionType, Quiz
from appliance.database import Database
from appliance.learning.when import When
from appliance.school.database import open_school
from appliance.school.moment import Moment

PUPIL, OTHER = "a" * 26, "b" * 26
QUIZ_ITEM = "quizquizquizquiz"


class FakeWatch:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.minute, self.sure = 0, True
        self.boot, self.second = "boot 1", 1000.0

    def __call__(self) -> When:
        at = f"2026-11-02T{self.minute // 60:02}:{self.minute % 60:02}:00Z"
        return When(at, self.sure, Moment(self.boot, self.second))

    def passes(self, seconds: float) -> None:
        """Both clocks go on."""
        self.second += seconds
        self.minute += max(1, round(seconds / 60))


def school_in(folder: Path) -> Database:
    """An empty school with two pupils."""
    database = open_school(Config(state=folder))
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO class (id, name, folded, code, created, clock_sure)"
            " VALUES (1, '5a', '5a', 'abcde', '', 1)"
        )
        connection.executemany(
            "INSERT INTO person (id, class_id, name, folded, created, clock_sure)"
            " VALUES (?, 1, ?, ?, '', 1)",
            [(PUPIL, "Нигора", "нигора"), (OTHER, "Фаррух", "фаррух")],
        )
    return database


def choice(name: str, **changes: object) -> Question:
    """A question whose right answer is ``a``."""
    options = (Option("a", "да", credit=1.0), Option("b", "не"), Option("c", "намедонам"))
    return Question(name, QuestionType.CHOICE, f"{name}?", options, **changes)  # type: ignore[arg-type] # fields of Question


def quiz_of(count: int = 3, mastery: Mastery | None = None, **changes: object) -> Quiz:
    """A quiz of so many questions, ``q1`` and so on, all answered by ``a``."""
    questions = tuple(choice(f"q{number}") for number in range(1, count + 1))
    return Quiz(questions, mastery or Mastery(), **changes)  # type: ignore[arg-type] # fields of Quiz


def number(name: str) -> Question:
    """A question whose right answer is 4."""
    return Question(name, QuestionType.NUMBER, f"{name}?", accepted=(Accepted("4", 4.0),))
