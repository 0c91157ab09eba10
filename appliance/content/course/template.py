# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet of a course to fill in: ``course.xlsx`` with a row for each unit and lesson."""

from collections.abc import Sequence
from pathlib import Path

from appliance.content.course.folder import is_link
from appliance.content.discover import discover
from appliance.content.pack.template import ABOUT, TITLES
from appliance.content.sheet_template import Column, write_sheet
from appliance.language import N_

_FILE = Column(
    ("Файл ё ҷузвдон", "Файл или папка", "File"),
    36,
    ".",
    N_(
        "What the row speaks of: a full stop is the course itself; else the folder of a unit or "
        "the file of a lesson with its folder: 01 Water/02 Snow.md"
    ),
)
_RULES = (
    Column(("Соат", "Часы", "Hours"), 8, "36", N_("Of the course: hours of work")),
    Column(
        ("Баҳои гузариш", "Проходной балл", "Pass mark"),
        12,
        "70%",
        N_("Of the course: share of the points of its tests at which it is passed"),
    ),
    Column(
        ("Тартиб", "Порядок", "Order"),
        14,
        "free",
        N_(
            "Of the course: free; in-order (the next lesson is offered); unlock (a lesson opens "
            "when those before it are done)"
        ),
    ),
    Column(
        ("Сертификат", "Сертификат", "Certificate"),
        12,
        "yes",
        N_("Of the course: yes, if whoever passes may have a certificate"),
    ),
    Column(
        ("Ҳатмӣ", "Обязательно", "Required"),
        12,
        "",
        N_("Of a lesson: no, if the course is done without it"),
    ),
    Column(
        ("Санҷиш", "Тест", "Test"),
        10,
        "",
        N_("Of a quiz: pre, if it comes before the course; post, if after it"),
    ),
    Column(
        ("Пайванд", "Ссылка", "Link"),
        26,
        "",
        N_(
            "Of a lesson that stands on the shelf already: the name of its file, of its archive, "
            "or its id; then the file in the first column need not exist"
        ),
    ),
    Column(
        ("Мақола", "Статья", "Entry"),
        20,
        "",
        N_("With a link: which article or page of it"),
    ),
    Column(
        ("ID", "Идентификатор", "id"),
        16,
        "water-5",
        N_("A short name that never changes, of the course or of a lesson"),
    ),
)
_COLUMNS = (_FILE, *TITLES, *ABOUT, *_RULES)
_NOTE = N_(
    "Fill in the row of the course and, where more shall be known, rows of units and lessons. Lay "
    "course.xlsx into the folder of the course. Rows whose first letters are # and a space are not "
    "read."
)


def write_course_template(path: Path, folder: Path | None = None) -> None:
    """Write the spreadsheet, with the units and lessons of a folder if there is one.

    Raises:
        OSError: it cannot be written, or the folder cannot be read.
    """
    write_sheet(path, _COLUMNS, _NOTE, _rows(folder) if folder else ())


def _rows(folder: Path) -> Sequence[Sequence[str]]:
    """The names alone: a title that was made of one would hide what the file says of itself."""
    root = folder.resolve()
    found = (one.course for one in discover([root]) if one.course and one.course.path == root)
    course = next(found, None)
    rows = ["."]
    for unit in course.units if course else ():
        rows += [unit.name] if unit.name else []
        rows += [
            lesson.path.relative_to(root).as_posix()
            for lesson in unit.lessons
            if not is_link(lesson.path.name)
        ]
    return [(name,) for name in rows]
