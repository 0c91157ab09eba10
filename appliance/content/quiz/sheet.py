# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet that teachers fill in: one row a question, and a sheet with the rules.

A wrong row is named with its number; the other rows count.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from appliance.content.quiz.number import number
from appliance.content.quiz.prose import line
from appliance.content.quiz.quiz import Mastery, MasteryRule, Quiz
from appliance.content.quiz.reading import LONGEST_TITLE, SETTING, Pictures, QuizBuilder, Reading
from appliance.content.quiz.sheet_question import Row, read_row
from appliance.content.quiz.sheet_words import (
    IN_A_ROW,
    LETTERS,
    OF,
    column_of,
    folded,
    setting_of,
    truth_of,
)
from appliance.content.quiz.workbook import Rows, read_workbook
from appliance.content.result import Notice
from appliance.errors import RefusalError
from appliance.language import normal_language

_HEADING_WITHIN = 10
_MOST_ATTEMPTS = 100
_MOST_MINUTES = 7 * 24 * 60
_MOST_IN_ROW = 100
_MASTERY = re.compile(r"(\d{1,3})\s+(\D+?)(?:\s+(\d{1,3}))?")
_REMARK = "# "


def read_sheet(path: Path, pictures: Pictures) -> Reading:
    """A workbook as a quiz.

    Raises:
        RefusalError: the workbook cannot be read, has no column for questions, or what is wrong
            with its first question if there is none that can be asked.
    """
    book = read_workbook(path)
    builder = QuizBuilder()
    rules = _Rules(builder)
    found = False
    for rows in book.values():
        columns, rest = _headed(rows)
        if columns and not found:
            found = True
            _read_questions(builder, columns, rest, pictures)
        elif not columns:
            rules.read(rows)
    if not found:
        raise RefusalError("quiz-no-heading", path=path.name)
    return builder.reading(rules.quiz, rules.title, rules.language)


def _headed(rows: Rows) -> tuple[list[str], Rows]:
    """The columns of a sheet of questions, and the rows below its heading."""
    for place, (_, cells) in enumerate(rows[:_HEADING_WITHIN]):
        columns = [column_of(cell) for cell in cells]
        if "question" in columns and len(set(columns) - {""}) > 1:
            return columns, rows[place + 1 :]
    return [], []


def _read_questions(
    builder: QuizBuilder, columns: list[str], rows: Rows, pictures: Pictures
) -> None:
    for count, cells in rows:
        found: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column and cell:
                found.setdefault(column, cell)
        if not found or found.get("question", "").startswith(_REMARK):
            continue
        answers = {
            LETTERS.index(key): cell for key, cell in sorted(found.items()) if key in LETTERS
        }
        try:
            question = read_row(Row(count, found, answers, pictures))
        except RefusalError as exc:
            if exc.code == "quiz-too-large":
                raise
            builder.note(Notice(exc.code, exc.details))
            continue
        builder.add(question, refused=Notice("quiz-row-no-correct", {"row": count}))


class _Rules:
    """What the sheet with the rules says: a name and a value in each row.

    Attributes:
        quiz: without questions.
        title: of the quiz, or empty.
        language: code, or empty.
    """

    def __init__(self, builder: QuizBuilder) -> None:
        self._builder = builder
        self.quiz = Quiz(())
        self.title = ""
        self.language = ""

    def read(self, rows: Rows) -> None:
        """Read a sheet; rows that name no setting are passed over."""
        for count, cells in rows:
            key = setting_of(cells[0])
            value = cells[1] if len(cells) > 1 else ""
            if key and value and not _SETTERS[key](self, value):
                said = line(value, 60)
                self._builder.note(Notice(SETTING, {"row": count, "value": said}))

    def set_title(self, value: str) -> bool:
        self.title = line(value, LONGEST_TITLE)
        return True

    def set_language(self, value: str) -> bool:
        self.language = normal_language(value)
        return bool(self.language)

    def set_attempts(self, value: str) -> bool:
        count = number(value)
        if count is None or count != int(count) or not 0 <= count <= _MOST_ATTEMPTS:
            return False
        return self._set(attempts=int(count))

    def set_minutes(self, value: str) -> bool:
        minutes = number(value)
        if minutes is None or not 0 <= minutes <= _MOST_MINUTES:
            return False
        return self._set(seconds=round(minutes * 60))

    def set_pass_mark(self, value: str) -> bool:
        """``60``, ``60 %`` or ``0,6``."""
        share = number(value.rstrip("% "))
        if share is not None and (share > 1 or "%" in value):
            share /= 100
        if share is None or not 0 <= share <= 1:
            return False
        return self._set(mastery=msgspec.structs.replace(self.quiz.mastery, pass_mark=share))

    def set_mastery(self, value: str) -> bool:
        """``5 of 7``, ``3 in a row``, or nothing of the kind for all questions."""
        mastery = _mastery(value)
        if mastery is None:
            return False
        kept = self.quiz.mastery.pass_mark
        return self._set(mastery=msgspec.structs.replace(mastery, pass_mark=kept))

    def set_yes_or_no(self, name: str, value: str) -> bool:
        truth = truth_of(value)
        return truth is not None and self._set(**{name: truth})

    def _set(self, **values: object) -> bool:
        self.quiz = msgspec.structs.replace(self.quiz, **values)
        return True


def _mastery(value: str) -> Mastery | None:
    found = _MASTERY.fullmatch(value.strip())
    if not found:
        everything = ("all", "ҳама", "ҳамаи саволҳо", "все", "все вопросы", "all questions")
        return Mastery() if folded(value) in map(folded, everything) else None
    first, between, last = int(found[1]), folded(found[2]), int(found[3] or 0)
    if between in map(folded, IN_A_ROW) and not last and 0 < first <= _MOST_IN_ROW:
        return Mastery(MasteryRule.IN_A_ROW, m=first)
    if between in map(folded, OF) and 0 < first <= last <= _MOST_IN_ROW:
        return Mastery(MasteryRule.M_OF_N, m=first, n=last)
    return None


def _yes_or_no(name: str) -> Callable[[_Rules, str], bool]:
    return lambda rules, value: rules.set_yes_or_no(name, value)


_SETTERS: Mapping[str, Callable[[_Rules, str], bool]] = {
    "title": _Rules.set_title,
    "language": _Rules.set_language,
    "attempts": _Rules.set_attempts,
    "minutes": _Rules.set_minutes,
    "pass_mark": _Rules.set_pass_mark,
    "mastery": _Rules.set_mastery,
    "shuffle_questions": _yes_or_no("shuffle_questions"),
    "shuffle_options": _yes_or_no("shuffle_options"),
    "feedback": _yes_or_no("feedback"),
}
