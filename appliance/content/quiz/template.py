# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet for questions: headings in three languages, help and examples in one."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from appliance.content.quiz.quiz import QuestionType
from appliance.content.quiz.sheet_words import (
    COLUMNS,
    HELP_SHEET,
    LETTERS,
    NO,
    QUESTIONS_SHEET,
    SETTINGS,
    SETTINGS_SHEET,
    TYPES,
    YES,
)
from appliance.content.quiz.template_examples import EXAMPLES
from appliance.language import N_, UI_LANGUAGES, translations

_ANSWERS = LETTERS[:6]
_ORDER = ("question", "type", *_ANSWERS, "correct", "explanation", "hint", "picture", "points")
_WIDTHS = {"question": 50, "type": 20, "correct": 22, "explanation": 30, "hint": 24, "picture": 18}
_WIDTH = 18
_MOST_ROWS = 1000
_TEXT = "@"  # so that 1/2 stays 1/2, and does not become the first of February
_HEAD = PatternFill("solid", fgColor="DCEBF2")
_TOP = Alignment(vertical="top", wrap_text=True)

_NOTES: dict[QuestionType, str] = {
    QuestionType.CHOICE: N_("One of the answers is right. In “Correct” its letter or number."),
    QuestionType.CHOICES: N_("Several may be right. In “Correct” all of them: A, C."),
    QuestionType.TRUE_FALSE: N_("A sentence. In “Correct”: true or false."),
    QuestionType.NUMBER: N_(
        "The answer is a number; how far it may be off stands behind ±. Comma and point mean the "
        "same."
    ),
    QuestionType.TEXT: N_(
        "The answer is a word or two. All that count, with ; between. Small letters, ӣ for и or a "
        "left-out ъ make no difference; * stands for anything."
    ),
    QuestionType.MATCH: N_(
        "What belongs together, with = between. A right side alone (= Bishkek) belongs to nothing."
    ),
    QuestionType.ORDER: N_("The answers in their right order; they are shown mixed."),
    QuestionType.GAPS: N_(
        "The missing words stand in brackets, with | between those that count alike. Words in A, B "
        "and so on are offered to choose from."
    ),
    QuestionType.PICTURE: N_(
        "For those who cannot read yet. The answers are names of pictures that lie beside this "
        "file; behind | what a picture shows."
    ),
}
_GENERAL = (
    N_("Write a question into each row of the first page. “Question” must always be filled in."),
    N_(
        "Save it under a name such as quiz.xlsx, put it on a stick or into the folder of a course, "
        "with its pictures beside it, and bring it to the box. Wrong rows are named."
    ),
    N_("Rows whose first letters are # and a space are not read."),
)
_RULES: dict[str, str] = {
    "title": N_("What people see; if empty, the name of the file"),
    "language": N_("tg, ru or en"),
    "attempts": N_("How many tries each person has; empty: as many as wanted"),
    "minutes": N_("How long a try may last; empty: no limit"),
    "shuffle_questions": N_("yes or no"),
    "shuffle_options": N_("yes or no"),
    "mastery": N_("all, or 5 of 7, or 3 in a row"),
    "pass_mark": N_("How much of all points is enough: 60"),
    "feedback": N_("yes: after each answer; no: when all is answered"),
}
_YES_OR_NO = ("shuffle_questions", "shuffle_options", "feedback")


def write_quiz_template(path: Path, language: str) -> None:
    """Write the spreadsheet, with its help in a language of the interface.

    Raises:
        OSError: it cannot be written there.
    """
    place = UI_LANGUAGES.index(language)
    book = openpyxl.Workbook()
    questions = book.worksheets[0]
    questions.title = QUESTIONS_SHEET[place]
    _write_head(questions, 1)
    _write_questions(questions, place)
    _write_rules(book.create_sheet(SETTINGS_SHEET[place]), language)
    _write_help(book.create_sheet(HELP_SHEET[place]), language)
    book.save(path)


def _write_head(page: Worksheet, row: int) -> None:
    for number, key in enumerate(_ORDER, start=1):
        heading = "\n".join(COLUMNS[key][: len(UI_LANGUAGES)]) if key in COLUMNS else key
        cell = page.cell(row, number, heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _TOP
        page.column_dimensions[cell.column_letter].width = _WIDTHS.get(key, _WIDTH)


def _write_questions(page: Worksheet, place: int) -> None:
    page.freeze_panes = "B2"
    _offer(page, [words[place] for words in TYPES.values()], f"B2:B{_MOST_ROWS}")
    last = _ORDER.index("points")
    for row in page.iter_rows(min_row=2, max_row=_MOST_ROWS, max_col=last):
        for cell in row:
            cell.number_format, cell.alignment = _TEXT, _TOP


def _write_rules(page: Worksheet, language: str) -> None:
    say = translations(language).gettext
    for row, (key, note) in enumerate(_RULES.items(), start=1):
        page.cell(row, 1, " / ".join(SETTINGS[key][: len(UI_LANGUAGES)])).font = Font(bold=True)
        page.cell(row, 2).number_format = _TEXT
        page.cell(row, 3, say(note)).alignment = _TOP
        if key in _YES_OR_NO:
            place = UI_LANGUAGES.index(language)
            _offer(page, [YES[place], NO[place]], f"B{row}")
    for column, width in (("A", 60), ("B", 22), ("C", 60)):
        page.column_dimensions[column].width = width


def _write_help(page: Worksheet, language: str) -> None:
    say = translations(language).gettext
    for row, note in enumerate(_GENERAL, start=1):
        page.cell(row, 1, say(note))
    head = len(_GENERAL) + 2
    _write_head(page, head)
    for row, (kind, question, answers, correct) in enumerate(EXAMPLES[language], start=head + 1):
        cells = {
            "question": question,
            "type": TYPES[kind][UI_LANGUAGES.index(language)],
            "correct": correct,
            **dict(zip(_ANSWERS, answers, strict=False)),
        }
        for column, text in cells.items():
            cell = page.cell(row, _ORDER.index(column) + 1, text)
            cell.number_format, cell.alignment = _TEXT, _TOP
            cell.data_type = "s"  # "= Bishkek" is no formula
        page.cell(row, len(_ORDER) + 1, say(_NOTES[kind])).alignment = _TOP
    page.column_dimensions[get_column_letter(len(_ORDER) + 1)].width = 70


def _offer(page: Worksheet, words: Sequence[str], cells: str) -> None:
    """A list to choose from; the reader understands other words as well, so nothing is forced."""
    listed = ",".join(words)
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offered.showErrorMessage = False
    page.add_data_validation(offered)
    offered.add(cells)
