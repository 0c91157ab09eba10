# SPDX-License-Identifier: GPL-3.0-or-later
"""LibreOffice opens our spreadsheets, and what it saves of those to fill in is read."""

import subprocess
from pathlib import Path

import openpyxl
import pytest

from appliance.content.course.outline_reader import read as read_outline
from appliance.content.course.template import write_course_template
from appliance.content.pack.template import write_catalog_template
from appliance.content.quiz.sheet import read_sheet as read_quiz
from appliance.content.quiz.template import write_quiz_template
from appliance.content.spreadsheet import read_sheet as read_catalog
from appliance.language import UI_LANGUAGES
from appliance.learning.class_sheet import read_class_sheet
from appliance.learning.result_book import BookSheet, make_book
from tests.unit.appliance.content.quiz.drawer import Drawer

_PATIENCE_S = 250
_QUESTION = {1: "Савол?", 3: "Хуҷанд", 4: "Душанбе", 9: "B"}
_PUPILS = [["Ном", "Холҳо"], ["Ғуломҷон Қӯрғонов", 0.5], ["=1+1", None]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every spreadsheet, filled in where people fill it in, as LibreOffice has saved it."""
    folder = tmp_path_factory.mktemp("office")
    for language in UI_LANGUAGES:
        path = folder / f"quiz-{language}.xlsx"
        write_quiz_template(path, language)
        _fill(path, 2, _QUESTION)
    write_course_template(folder / "course.xlsx")
    _fill(folder / "course.xlsx", 3, {1: "01 Об.md", 2: "Об"})
    write_catalog_template(folder / "catalog.xlsx")
    _fill(folder / "catalog.xlsx", 3, {1: "a.pdf", 2: "Китоби об"})
    (folder / "class.xlsx").write_bytes(make_book([BookSheet("5А", _PUPILS)]))  # type: ignore[arg-type] # lists of cells
    target = folder / "saved"
    argv = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    argv += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target)]
    argv += sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run(argv, check=True, capture_output=True, timeout=_PATIENCE_S)
    return target


def _fill(path: Path, row: int, cells: dict[int, str]) -> None:
    """Write into cells of a row of the first sheet; columns count from 1."""
    book = openpyxl.load_workbook(path)
    for column, value in cells.items():
        book.worksheets[0].cell(row, column, value)
    book.save(path)


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_template_of_a_quiz(saved: Path, language: str) -> None:
    path = saved / f"quiz-{language}.xlsx"
    (question,) = read_quiz(path, Drawer()).quiz.questions
    assert [(each.text, each.credit) for each in question.options] == [
        ("Хуҷанд", 0.0),
        ("Душанбе", 1.0),
    ]
    offered = openpyxl.load_workbook(path).worksheets[0].data_validations
    assert offered.dataValidation[0].type == "list"


def test_the_template_of_a_course(saved: Path, tmp_path: Path) -> None:
    outline = read_outline(saved / "course.xlsx", tmp_path, [])
    assert outline.problems == ()
    assert (outline.id, outline.hours, outline.pass_mark) == ("water-5", 36, 0.7)
    (row,) = outline.rows
    assert (row.path, row.titles) == ("01 Об.md", {"tg": "Об"})


def test_the_template_of_a_catalogue(saved: Path) -> None:
    sheet = read_catalog(saved / "catalog.xlsx")
    assert sheet.problems == ()
    (row,) = sheet.rows
    assert (row.file, row.titles["tg"]) == ("a.pdf", "Китоби об")


def test_results_of_a_class_are_text_and_numbers_and_no_formulas(saved: Path) -> None:
    rows = read_class_sheet("class.xlsx", (saved / "class.xlsx").read_bytes())
    assert rows == [["Ном", "Холҳо"], ["Ғуломҷон Қӯрғонов", "0.5"], ["=1+1", ""]]
