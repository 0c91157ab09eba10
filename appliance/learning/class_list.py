# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of a class, as teachers have it: in a spreadsheet, or copied out of anything."""

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from appliance.learning.person_name import UnfitNameError, checked_name
from appliance.school.name_fold import fold_name

MOST_ROWS = 1000
_TOP = 10  # rows in which a heading is looked for

_FAMILY = frozenset({"насаб", "фамилия", "family name", "surname", "last name", "family"})
_GIVEN = frozenset({"ном", "имя", "name", "given name", "first name", "номи хонанда", "номаш"})
_FATHER = frozenset({"номи падар", "отчество", "father's name", "patronymic"})
_WHOLE = frozenset(
    {"ному насаб", "насабу ном", "фио", "ф. и. о.", "ф.и.о.", "ф.и.о", "full name"}
    | {"хонанда", "хонандагон", "ученик", "ученики", "pupil", "pupils", "student", "students"}
    | {"фамилия имя", "фамилия, имя", "фамилия и имя", "имя и фамилия", "номи хонандагон"}
)
_HEADINGS = tuple(frozenset(map(fold_name, words)) for words in (_WHOLE, _FAMILY, _GIVEN, _FATHER))
# "12." or "12)" before a name, as lists have it, and a number that stands alone.
_NUMBERING = re.compile(r"^\s*[№#]?\s*\d{1,4}\s*(?:[.):–—-]\s*|\s+(?=\D)|$)")
_CELLS = re.compile(r"[\t;|]")


class ListProblem(StrEnum):
    """Why a row gives no person."""

    NO_NAME = "no-name"
    UNFIT = "unfit"
    TWICE = "twice"
    TOO_MANY = "too-many"
    ABOVE = "above"
    """It stands above the heading, as the name of the school and of the class do."""


class ListedName(msgspec.Struct, frozen=True):
    """Somebody on the list; ``row`` as the spreadsheet program counts, from 1."""

    row: int
    name: str


class BadRow(msgspec.Struct, frozen=True):
    """A row that gives nobody.

    Attributes:
        text: what stands there, shortened.
        first: the row that has the same name, if that is the problem.
    """

    row: int
    problem: ListProblem
    text: str
    first: int = 0


class ClassList(msgspec.Struct, frozen=True):
    """A list as far as it can be understood."""

    names: tuple[ListedName, ...]
    problems: tuple[BadRow, ...]


def pasted_rows(text: str) -> list[list[str]]:
    """The rows of a text: a line each, cells parted as spreadsheet programs copy them."""
    return [_CELLS.split(line) for line in text.splitlines()]


def read_class_list(rows: Sequence[Sequence[str]]) -> ClassList:
    """Read who is in a class.

    A heading in one of three languages says which columns hold the name; where there is none, the
    first cells with letters do. Numbers before a name do not belong to it. Empty rows are left out.
    """
    top, columns = _heading(rows)
    names: list[ListedName] = []
    problems: list[BadRow] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows, start=1):
        if number == top or not any(cell.strip() for cell in cells):
            continue
        if number < top:
            problems.append(BadRow(number, ListProblem.ABOVE, _shown(cells)))
            continue
        if number > MOST_ROWS:
            problems.append(BadRow(number, ListProblem.TOO_MANY, ""))
            break
        typed = _typed(cells, columns)
        try:
            name = checked_name(typed)
        except UnfitNameError:
            fits = any(letter.isalpha() for letter in typed)
            problem = ListProblem.UNFIT if fits else ListProblem.NO_NAME
            problems.append(BadRow(number, problem, _shown(cells)))
            continue
        if (first := seen.setdefault(fold_name(name), number)) != number:
            problems.append(BadRow(number, ListProblem.TWICE, name, first))
        else:
            names.append(ListedName(number, name))
    return ClassList(tuple(names), tuple(problems))


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """The row of the heading and the columns that hold the name; row 0 where there is none.

    A title above it may be a word of a heading too; the heading has the most of them.
    """
    found = [(number, _columns(cells)) for number, cells in enumerate(rows[:_TOP], start=1)]
    number, columns = max(found, key=lambda one: len(one[1]), default=(0, []))
    return (number, columns) if columns else (0, [])


def _columns(cells: Sequence[str]) -> list[int]:
    """Which columns hold the name, in the order in which it is put together; none: no heading."""
    folded = [fold_name(cell) for cell in cells]
    whole, *parts = ([at for at, cell in enumerate(folded) if cell in one] for one in _HEADINGS)
    return whole[:1] or [part[0] for part in parts if part]


def _typed(cells: Sequence[str], columns: Sequence[int]) -> str:
    """The name that a row gives, as somebody typed it; empty where there is none."""
    if columns:
        chosen = [cells[at] for at in columns if at < len(cells)]
    else:
        chosen = [cell for cell in cells if any(letter.isalpha() for letter in cell)][:1]
    typed = " ".join(chosen)
    return _NUMBERING.sub("", typed, count=1) if any(map(str.isalpha, typed)) else ""


def _shown(cells: Sequence[str]) -> str:
    """What stands in a row, for whoever looks for it."""
    text = " ".join(cell.strip() for cell in cells if cell.strip())
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return kept if len(kept) <= 60 else kept[:59] + "…"  # noqa: PLR2004 - about one line
