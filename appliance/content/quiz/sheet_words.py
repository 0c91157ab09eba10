# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the spreadsheet for questions: what may stand in it, in three languages and more.

The first word of each language is the one that the template shows.
"""

import re

from appliance.content.quiz.quiz import QuestionType
from appliance.content.search.fold import fold

LETTERS = "ABCDEFGH"

# Column or setting: Tajik, Russian, English, then whatever else people may write.
COLUMNS: dict[str, tuple[str, ...]] = {
    "question": ("Савол", "Вопрос", "Question", "саволҳо", "вопросы", "questions"),
    "type": ("Навъ", "Вид", "Type", "намуд", "тип"),
    "correct": ("Ҷавоби дуруст", "Верный ответ", "Correct", "дуруст", "правильный ответ", "ответ"),
    "explanation": ("Шарҳ", "Пояснение", "Explanation", "объяснение", "feedback"),
    "hint": ("Ёрӣ", "Подсказка", "Hint", "ишора", "hints"),
    "picture": ("Расм", "Картинка", "Picture", "рисунок", "image"),
    "points": ("Хол", "Баллы", "Points", "холҳо", "балл"),
    "id": ("ID",),
}
SETTINGS: dict[str, tuple[str, ...]] = {
    "title": ("Ном", "Название", "Title"),
    "language": ("Забон", "Язык", "Language"),
    "attempts": ("Кӯшишҳо", "Попытки", "Attempts", "кӯшиш", "tries"),
    "minutes": ("Вақт (дақиқа)", "Время (минуты)", "Time (minutes)", "вақт", "время", "time"),
    "shuffle_questions": (
        "Саволҳоро омехтан",
        "Перемешивать вопросы",
        "Shuffle questions",
    ),
    "shuffle_options": ("Ҷавобҳоро омехтан", "Перемешивать ответы", "Shuffle answers"),
    "mastery": ("Азхуд шуд, агар", "Освоено, если", "Mastered if", "mastery"),
    "pass_mark": ("Ҳадди гузариш (%)", "Проходной балл (%)", "Pass mark (%)", "pass mark"),
    "feedback": ("Шарҳ баъди ҳар ҷавоб", "Пояснение после ответа", "Feedback after each answer"),
}
TYPES: dict[QuestionType, tuple[str, ...]] = {
    QuestionType.CHOICE: ("як ҷавоб", "один ответ", "one answer", "choice", "интихоб", "выбор"),
    QuestionType.CHOICES: ("чанд ҷавоб", "несколько ответов", "several answers", "choices"),
    QuestionType.TRUE_FALSE: ("дуруст ё нодуруст", "верно или неверно", "true or false"),
    QuestionType.NUMBER: ("рақам", "число", "number", "адад"),
    QuestionType.TEXT: ("матн", "текст", "text", "калима", "слово"),
    QuestionType.MATCH: ("ҷуфтҳо", "пары", "pairs", "match", "ҷуфт", "соответствие"),
    QuestionType.ORDER: ("тартиб", "порядок", "order"),
    QuestionType.GAPS: ("ҷойи холӣ", "пропуски", "gaps", "ҷойҳои холӣ", "пропуск"),
    QuestionType.PICTURE: ("расм", "картинка", "picture"),
}
YES = ("ҳа", "да", "yes", "дуруст", "верно", "true", "правда", "1", "+", "рост")
NO = ("не", "нет", "no", "нодуруст", "неверно", "false", "неправда", "0", "-", "дурӯғ")
SETTINGS_SHEET = ("Танзимот", "Настройки", "Settings")
QUESTIONS_SHEET = ("Саволҳо", "Вопросы", "Questions")
HELP_SHEET = ("Шарҳ ва намунаҳо", "Пояснение и примеры", "Help and examples")
QUIZ_FILE = {"tg": "санҷиш.xlsx", "ru": "тест.xlsx", "en": "quiz.xlsx"}
"""Names by which a spreadsheet is known for a quiz before it is opened."""

IN_A_ROW = ("пай дар пай", "подряд", "in a row")
OF = ("аз", "из", "of")

_SEVERAL = re.compile(r"[/\n·|]")


def folded(cell: str) -> str:
    """Letters' case, marks and spaces mean nothing."""
    return " ".join(fold(cell).split())


def _index(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(word): key for key, words in table.items() for word in (key, *words)}


_COLUMNS = _index(COLUMNS)
_SETTINGS = _index(SETTINGS)
_TYPES = {folded(word): kind for kind, words in TYPES.items() for word in (kind.value, *words)}
_YES, _NO = frozenset(map(folded, YES)), frozenset(map(folded, NO))


def column_of(heading: str) -> str:
    """The column that a heading means: a key of ``COLUMNS``, a letter of an answer, or nothing."""
    words = [folded(word) for word in (heading, *_SEVERAL.split(heading))]
    letters = [word.upper() for word in words if len(word) == 1]
    found = [_COLUMNS[word] for word in words if word in _COLUMNS]
    return found[0] if found else next((one for one in letters if one in LETTERS), "")


def setting_of(heading: str) -> str:
    """The setting that a word means, or nothing."""
    words = [folded(word) for word in (heading, *_SEVERAL.split(heading))]
    return next((_SETTINGS[word] for word in words if word in _SETTINGS), "")


def type_of(cell: str) -> QuestionType | None:
    """The type that a cell names."""
    words = (cell, *_SEVERAL.split(cell))
    return next((_TYPES[folded(word)] for word in words if folded(word) in _TYPES), None)


def truth_of(cell: str) -> bool | None:
    """Yes or no, in three languages; None for anything else."""
    word = folded(cell.strip(" ."))
    return True if word in _YES else False if word in _NO else None
