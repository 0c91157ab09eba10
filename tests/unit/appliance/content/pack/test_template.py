# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet that people fill in."""

from pathlib import Path

import openpyxl

from appliance.content.headings import column_of
from appliance.content.pack.template import write_catalog_template
from appliance.content.spreadsheet import read_sheet


def test_every_heading_is_understood_and_the_example_is_none(tmp_path: Path) -> None:
    path = tmp_path / "catalog.xlsx"
    write_catalog_template(path)
    book = openpyxl.load_workbook(path)
    headings = [str(cell.value) for cell in book.worksheets[0][1]]
    columns = [column_of(heading) for heading in headings]
    assert all(columns)
    assert len(set(columns)) == len(columns)
    assert {"file", "id", "title_tg", "title_ru", "title_en"} <= set(columns)
    sheet = read_sheet(path)
    assert (sheet.rows, sheet.problems) == ((), ())


def test_what_is_filled_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "catalog.xlsx"
    write_catalog_template(path)
    book = openpyxl.load_workbook(path)
    example = [cell.value for cell in book.worksheets[0][2]]
    for number, value in enumerate(["a.pdf", *example[1:]], start=1):
        book.worksheets[0].cell(3, number, value)
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.problems == ()
    (row,) = sheet.rows
    assert (row.file, row.id) == ("a.pdf", "math-5")
    assert row.titles == {"tg": "Математика", "ru": "Математика", "en": "Mathematics"}
    said = row.metadata
    assert (said.title, said.languages, said.grades) == ("Математика", ("tg",), (5, 6))
    assert (said.subject, said.date) == ("mathematics", "2024")


def test_people_find_hints_in_three_languages(tmp_path: Path) -> None:
    path = tmp_path / "catalog.xlsx"
    write_catalog_template(path)
    hints = openpyxl.load_workbook(path).worksheets[1]
    columns = list(zip(*hints.iter_rows(values_only=True), strict=True))
    assert len(columns) == 3
    assert len({column[0] for column in columns}) == 3
