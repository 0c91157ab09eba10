# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet of a course that people fill in."""

from pathlib import Path

import openpyxl
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.content.course.outline_reader import read
from appliance.content.course.template import write_course_template
from appliance.content.headings import column_of
from tests.unit.appliance.content.course.making import Making


def test_every_heading_and_example_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "course.xlsx"
    write_course_template(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    columns = [column_of(str(cell.value)) for cell in sheet[1]]
    assert all(columns)
    assert len(set(columns)) == len(columns)
    outline = read(path, tmp_path, [])
    assert (outline.problems, outline.rows) == ((), ())
    assert (outline.id, outline.hours, outline.pass_mark) == ("water-5", 36, 0.7)
    assert outline.certificate


def test_a_folder_fills_it_and_what_is_added_counts(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/02 Дарё/=1+1.md", "# Дарё\n\nДарё равон аст.")
    folder = making.stick / "Об"
    result = CliRunner().invoke(main, ["course", "template", str(folder)])
    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(folder / "course.xlsx")
    sheet = book.worksheets[0]
    files = [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert files == [".", "01 Чашма", "01 Чашма/01 Об.md", "02 Дарё", "02 Дарё/=1+1.md"]
    sheet.cell(4, 3, "Вода")
    book.save(folder / "course.xlsx")
    making.bring()
    first, _ = making.course().lessons
    assert first.title_in("ru") == "Вода"
    again = CliRunner().invoke(main, ["course", "template", str(folder)])
    assert again.exit_code == 1


def test_a_sheet_that_nobody_filled_in_hides_no_title(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об.md", "# Об чист?\n\nМатн.")
    making.page("Об/02 Дарё/01 Свет.md", "# Свет и цвет\n\nТекст.")
    making.bring()
    before = making.course()
    write_course_template(making.stick / "Об/course.xlsx", making.stick / "Об")
    making.bring()
    assert making.course() == before
    assert [one.title for one in before.lessons] == ["Об чист?", "Свет и цвет"]
