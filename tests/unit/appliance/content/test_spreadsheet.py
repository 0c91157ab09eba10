# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue sheet."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.content.item import Audience, Metadata
from appliance.content.spreadsheet import read_sheet
from appliance.errors import RefusalError

HEADING = "file,title,language,grade,audience,subject,collection,date"


def sheet_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "catalog.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_says_everything(tmp_path: Path) -> None:
    row = 'книга.pdf,"Об, чашма",tg; rus,1-3;5,pupil;teacher,Mathematics,Рафча,2024-05'
    (read,) = read_sheet(sheet_file(tmp_path, f"{HEADING}\n{row}\n")).rows
    assert read.file == "книга.pdf"
    assert read.metadata == Metadata(
        title="Об, чашма",
        languages=("tg", "ru"),
        grades=(1, 2, 3, 5),
        audiences=(Audience.PUPIL, Audience.TEACHER),
        subject="mathematics",
        collection="Рафча",
        date="2024-05",
    )


@pytest.mark.parametrize("said", ["physics", "Physics", "Физика", " физика "])
def test_a_subject_may_be_named_in_any_language_of_ours(tmp_path: Path, said: str) -> None:
    (read,) = read_sheet(sheet_file(tmp_path, f"file,subject\na.pdf,{said}\n")).rows
    assert read.metadata.subject == "physics"


def test_a_subject_of_the_schools_own_stays_as_it_is(tmp_path: Path) -> None:
    (read,) = read_sheet(sheet_file(tmp_path, "file,subject\na.pdf,Шоҳмот\n")).rows
    assert read.metadata.subject == "Шоҳмот"


def test_of_two_dates_the_first_counts(tmp_path: Path) -> None:
    (read,) = read_sheet(sheet_file(tmp_path, 'file,date\na.pdf,"2019, 2020"\n')).rows
    assert read.metadata.date == "2019"


def test_wrong_values_are_named_with_their_row_and_the_rest_counts(tmp_path: Path) -> None:
    sheet = read_sheet(
        sheet_file(
            tmp_path, "file,title,grade,audience\na.pdf,A,12,pupil\n,B,1,\nc.pdf,C,2,nobody\n"
        )
    )
    assert [(row.file, row.metadata.title) for row in sheet.rows] == [
        ("a.pdf", "A"),
        ("c.pdf", "C"),
    ]
    assert [(problem.row, problem.code) for problem in sheet.problems] == [
        (2, "sheet-row-value"),
        (3, "sheet-row-no-file"),
        (4, "sheet-row-value"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_as_the_regions_programs_write_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = delimiter.join(("Файл", "Название", "Класс")) + "\r\n"
    text += delimiter.join(("книга.pdf", "Сказки", "4")) + "\r\n"
    (row,) = read_sheet(sheet_file(tmp_path, text, encoding)).rows
    assert (row.file, row.metadata.title, row.metadata.grades) == ("книга.pdf", "Сказки", (4,))


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Номи файл", "Унвон", "Синф"])
    book.active.append(["a.pdf", "Ҳикояҳо", 3])
    path = tmp_path / "catalog.xlsx"
    book.save(path)
    (row,) = read_sheet(path).rows
    assert (row.file, row.metadata.title, row.metadata.grades) == ("a.pdf", "Ҳикояҳо", (3,))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("catalog.csv", b"", "sheet-no-header"),
        ("catalog.csv", b"title,grade\nA,1\n", "sheet-no-header"),
        ("catalog.xlsx", b"no zip", "sheet-unreadable"),
    ],
)
def test_a_sheet_that_cannot_be_used(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RefusalError) as refusal:
        read_sheet(path)
    assert refusal.value.code == code


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "catalog.csv"
    path.write_bytes(data)
    try:
        sheet = read_sheet(path)
    except RefusalError:
        return
    assert all(row.file for row in sheet.rows)
