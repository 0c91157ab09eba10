# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet to fill in: ``catalog.xlsx`` with headings and hints in three languages."""

from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from appliance.content.subject import SUBJECTS
from appliance.language import N_, UI_LANGUAGES, translations

# Heading in Tajik, Russian and English (``headings`` knows them all), width in letters, example,
# and what to write there.
_COLUMNS = (
    (
        ("Номи файл", "Имя файла", "File"),
        28,
        "# намуна.pdf",
        N_("Name of the file; with its folder, if it lies in one: books/math.pdf"),
    ),
    (("Ном (тоҷикӣ)", "Название (таджикский)", "title_tg"), 30, "Математика", N_("Title in Tajik")),
    (("Ном (русӣ)", "Название (русский)", "title_ru"), 30, "Математика", N_("Title in Russian")),
    (
        ("Ном (англисӣ)", "Название (английский)", "title_en"),
        30,
        "Mathematics",
        N_("Title in English; one of the three is enough"),
    ),
    (
        ("Забон", "Язык", "Language"),
        12,
        "tg",
        N_("Language of the content: tg, ru, en; of several: tg; ru"),
    ),
    (("Муаллиф", "Автор", "Author"), 22, "А. Каримов", N_("Authors, with ; between them")),
    (
        ("Тавсиф", "Описание", "Description"),
        40,
        "Китоби дарсӣ",
        N_("What it is about, in a sentence or two"),
    ),
    (("Фан", "Предмет", "Subject"), 18, "mathematics", N_("School subject; the list is below")),
    (("Синф", "Класс", "Grade"), 10, "5-6", N_("Grades: 5 or 5-6 or 5; 7; pre-school is 0")),
    (
        ("Барои кӣ", "Для кого", "Audience"),
        16,
        "pupil",
        N_("For whom: pre-primary, pupil, teacher, parent"),
    ),
    (
        ("Маҷмӯа", "Полка", "Collection"),
        22,
        "Китобҳои дарсӣ",
        N_("Things of one collection stand together"),
    ),
    (("Сол", "Год", "Year"), 10, "2024", N_("Year, or a date such as 2024-09-01")),
    (
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


def write_template(path: Path) -> None:
    """Write the spreadsheet.

    Raises:
        OSError: it cannot be written.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "catalog"
    for number, (names, width, example, _) in enumerate(_COLUMNS, start=1):
        heading = sheet.cell(1, number, " / ".join(names))
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="FDEBD3")
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(2, number, example).font = Font(italic=True, color="808080")
        # As text: a spreadsheet program would make a date of 5-6.
        for row in range(2, 200):
            sheet.cell(row, number).number_format = "@"
        sheet.column_dimensions[heading.column_letter].width = width
    sheet.freeze_panes = "B2"
    _explain(book.create_sheet("help"))
    book.save(path)


def _explain(sheet: Worksheet) -> None:
    """The second sheet, for people alone: what to write where, in each language."""
    says = [translations(code).gettext for code in UI_LANGUAGES]
    sheet.append([say(_NOTE) for say in says])
    sheet.append([])
    for names, _, _, hint in _COLUMNS:
        sheet.append([f"{name}: {say(hint)}" for name, say in zip(names, says, strict=True)])
    sheet.append([])
    for key, english in SUBJECTS.items():
        sheet.append([f"{say(english)} ({key})" for say in says])
    for letter in "ABC":
        sheet.column_dimensions[letter].width = 60
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
