# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of a class as teachers have them."""

import pytest

from appliance.learning.class_list import ListProblem, pasted_rows, read_class_list
from appliance.learning.class_sheet import SheetUnreadableError, read_class_sheet


def _names(text: str) -> list[str]:
    return [one.name for one in read_class_list(pasted_rows(text)).names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Алӣ\nВали\n", ["Алӣ", "Вали"]),
        ("1. Алӣ\n2) Вали\n 3 Зарина\n№4 Далер", ["Алӣ", "Вали", "Зарина", "Далер"]),
        ("1\tРаҳимов Алӣ\t2014\n2\tКаримова Зарина\t2015", ["Раҳимов Алӣ", "Каримова Зарина"]),
        ("Ном\tНасаб\nАлӣ\tРаҳимов", ["Раҳимов Алӣ"]),
        ("Фамилия;Имя;Отчество\nРахимов;Али;Саидович", ["Рахимов Али Саидович"]),
        ("ФИО\nРахимов Али", ["Рахимов Али"]),
        ("\n\n  \nАлӣ\n\n", ["Алӣ"]),
        ("", []),
    ],
    ids=["plain", "numbered", "columns", "heading-tg", "heading-ru", "whole", "empty-rows", "none"],
)
def test_what_teachers_paste(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_rows_that_give_nobody_are_named() -> None:
    listed = read_class_list(pasted_rows("Алӣ\n2024\nали\n" + "х" * 70 + "\nab\u202ec"))
    assert [one.name for one in listed.names] == ["Алӣ"]
    assert [(bad.row, bad.problem, bad.first) for bad in listed.problems] == [
        (2, ListProblem.NO_NAME, 0),
        (3, ListProblem.TWICE, 1),
        (4, ListProblem.UNFIT, 0),
        (5, ListProblem.UNFIT, 0),
    ]
    assert all(len(bad.text) <= 60 and bad.text.isprintable() for bad in listed.problems)


def test_what_stands_above_the_heading_is_nobody_and_is_named() -> None:
    rows = [
        "Мактаби №5",
        "Хонандагон",
        "",
        "№\tНасаб\tНом",
        "1\tРаҳимов\tАлӣ",
        "2\tСафарова\tНигора",
    ]
    listed = read_class_list(pasted_rows("\n".join(rows)))
    assert [(one.row, one.name) for one in listed.names] == [
        (5, "Раҳимов Алӣ"),
        (6, "Сафарова Нигора"),
    ]
    assert [(bad.row, bad.problem, bad.text) for bad in listed.problems] == [
        (1, ListProblem.ABOVE, "Мактаби №5"),
        (2, ListProblem.ABOVE, "Хонандагон"),
    ]


def test_a_list_without_end_ends() -> None:
    listed = read_class_list(pasted_rows("\n".join(f"Хонанда {n}" for n in range(3000))))
    assert len(listed.names) == 1000
    assert listed.problems[-1].problem is ListProblem.TOO_MANY


def test_a_table_of_the_region_is_read() -> None:
    data = "Насаб;Ном\r\nРаҳимов;Алӣ\r\n".encode("utf-8-sig")
    assert read_class_sheet("рӯйхат.csv", data) == [["Насаб", "Ном"], ["Раҳимов", "Алӣ"]]
    russian = "Фамилия;Имя\r\nРахимов;Али\r\n".encode("cp1251")
    assert read_class_sheet("список.csv", russian)[1] == ["Рахимов", "Али"]


def test_broken_workbooks_are_refused() -> None:
    for data_file in (b"", b"PK\x03\x04" + b"\0" * 500, b"\xd0\xcf\x11\xe0" * 100):
        with pytest.raises(SheetUnreadableError):
            read_class_sheet("list.xlsx", data_file)
