# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet to fill in: ``catalog.xlsx`` with headings and hints in three languages."""

from pathlib import Path

from appliance.content.sheet_template import Column, write_sheet
from appliance.language import N_

TITLES = (
    Column(
        ("Ном (тоҷикӣ)", "Название (таджикский)", "title_tg"),
        30,
        "Математика",
        N_("Title in Tajik"),
    ),
    Column(
        ("Ном (русӣ)", "Название (русский)", "title_ru"),
        30,
        "Математика",
        N_("Title in Russian"),
    ),
    Column(
        ("Ном (англисӣ)", "Название (английский)", "title_en"),
        30,
        "Mathematics",
        N_("Title in English; one of the three is enough"),
    ),
)
ABOUT = (
    Column(
        ("Забон", "Язык", "Language"),
        12,
        "tg",
        N_("Language of the content: tg, ru, en; of several: tg; ru"),
    ),
    Column(("Муаллиф", "Автор", "Author"), 22, "А. Каримов", N_("Authors, with ; between them")),
    Column(
        ("Тавсиф", "Описание", "Description"),
        40,
        "Китоби дарсӣ",
        N_("What it is about, in a sentence or two"),
    ),
    Column(
        ("Фан", "Предмет", "Subject"), 18, "mathematics", N_("School subject; the list is below")
    ),
    Column(("Синф", "Класс", "Grade"), 10, "5-6", N_("Grades: 5 or 5-6 or 5; 7; pre-school is 0")),
    Column(
        ("Барои кӣ", "Для кого", "Audience"),
        16,
        "pupil",
        N_("For whom: pre-primary, pupil, teacher, parent"),
    ),
)
_COLUMNS = (
    Column(
        ("Номи файл", "Имя файла", "File"),
        28,
        "# намуна.pdf",
        N_("Name of the file; with its folder, if it lies in one: books/math.pdf"),
    ),
    *TITLES,
    *ABOUT,
    Column(
        ("Маҷмӯа", "Полка", "Collection"),
        22,
        "Китобҳои дарсӣ",
        N_("Things of one collection stand together"),
    ),
    Column(("Сол", "Год", "Year"), 10, "2024", N_("Year, or a date such as 2024-09-01")),
    Column(
        ("ID", "Идентификатор", "id"),
        16,
        "math-5",
        N_("A short name that never changes, so that a newer file takes the place of the older"),
    ),
)
_NOTE = N_(
    "Fill in a row for each file of which more shall be known, and lay catalog.xlsx beside the "
    "files. Rows whose first letters are # and a space are not read."
)


def write_catalog_template(path: Path) -> None:
    """Write the spreadsheet.

    Raises:
        OSError: it cannot be written.
    """
    write_sheet(path, _COLUMNS, _NOTE)
