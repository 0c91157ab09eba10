# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet for questions, as a teacher takes it from the panel."""

import io
from urllib.parse import quote

import openpyxl
import pytest

from tests.functional.admin.conftest import Browser


@pytest.mark.parametrize(
    ("language", "name", "sheet"),
    [
        ("tg", "санҷиш.xlsx", "Саволҳо"),
        ("ru", "тест.xlsx", "Вопросы"),
        ("en", "quiz.xlsx", "Questions"),
    ],
)
def test_it_is_in_the_language_of_the_pages(
    administrator: Browser, language: str, name: str, sheet: str
) -> None:
    administrator.post("/language", {"language": language, "next": "/"}, page="/")
    answer = administrator.get("/add/quiz.xlsx")
    assert answer.status_code == 200
    assert quote(name) in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames[0] == sheet
