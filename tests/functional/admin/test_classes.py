# SPDX-License-Identifier: GPL-3.0-or-later
"""Teachers make classes, fill them, print cards, and delete what has to go."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest

from appliance.learning.classes import NewClass
from appliance.learning.person import SchoolClass
from appliance.school.activity import Action
from tests.functional.admin.conftest import HOME, Browser
from webapp.admin.office import Office

ITEM = "a" * 16


@pytest.fixture
def teacher(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    assert browser.sign_in("teacher").status_code == 302
    return browser


@pytest.fixture
def fifth(office: Office) -> SchoolClass:
    return office.classes.add(NewClass("5А", grade=5), clock_sure=True)


def _actions(office: Office) -> list[Action]:
    return [entry.action for entry in office.activity.page()[0]]


def test_a_teacher_makes_a_class_and_sees_its_code(teacher: Browser, office: Office) -> None:
    assert "There is no class yet." in teacher.get("/classes").text
    made = teacher.post(
        "/classes/add",
        {"name": " 5А ", "grade": "5", "how": "names", "who": "closed"},
        page="/classes/add",
    )
    (known,) = office.classes.all()
    assert (known.name, known.grade, known.pictures, known.open) == ("5А", 5, False, False)
    page = teacher.get(made.location).text
    assert known.code in page
    assert "data:image/svg+xml" in page
    again = teacher.post("/classes/add", {"name": "5а"}, page="/classes/add")
    assert "Another class has this name" in again.text
    assert Action.CLASS_ADDED in _actions(office)


def test_a_pasted_list_goes_in_and_bad_rows_are_named(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    office.people.add(fifth.id, "Вали Каримов", clock_sure=True)
    text = "№\tНасаб\tНом\n1\tРаҳимов\tАлӣ\n2\tКаримов\tВали\n3\t\t\n4\tРахимов\tАли\n"
    page = f"/classes/{fifth.id}/people/add"
    answer = teacher.post(page, {"names": text}, page=page).text
    assert [one.name for one in office.people.all(fifth.id)] == [
        "Вали Каримов",
        "Каримов Вали",
        "Раҳимов Алӣ",
    ]
    assert "2 people were added" in answer
    assert re.search(
        r"Row 5: <bdi>Рахимов Али</bdi> — stands in the list already, in row 2", answer
    )
    assert "Row 4" in answer
    assert "somebody else with the same name, add something to the name" in answer


def test_a_spreadsheet_goes_in(teacher: Browser, office: Office, fifth: SchoolClass) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ному насаб", "Синф"])
    sheet.append(["Зарина Каримова", 5])
    sheet.append(["=1+1", 5])
    data = io.BytesIO()
    book.save(data)
    page = f"/classes/{fifth.id}/people/add"
    teacher.post(
        page, {"names": "", "file": (io.BytesIO(data.getvalue()), "рӯйхат.xlsx")}, page=page
    )
    assert [one.name for one in office.people.all(fifth.id)] == ["Зарина Каримова"]
    broken = teacher.post(page, {"file": (io.BytesIO(b"PK\x03\x04" * 50), "a.xlsx")}, page=page)
    assert "This file cannot be read" in broken.text
    nothing = teacher.post(page, {"names": "  \n "}, page=page)
    assert "Write or paste at least one name" in nothing.text


def test_only_the_list_of_a_class_takes_small_files(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    page = f"/classes/{fifth.id}/edit"
    answer = teacher.post(page, {"name": "5А", "file": (io.BytesIO(b"a"), "a.csv")}, page=page)
    assert answer.status_code == 400


def test_cards_tell_each_child_what_it_needs(teacher: Browser, office: Office) -> None:
    little = office.classes.add(NewClass("Лола", pictures=True), clock_sure=True)
    office.people.add_all(little.id, ["Зарина", "<b>Далер</b>"], clock_sure=True)
    page = teacher.get(f"/classes/{little.id}/cards").text
    assert "&lt;b&gt;Далер" in page
    assert "<b>Далер" not in page
    for three in office.people.pictures(little.id).values():
        assert all("pictures.svg" in page and f"#{name}" in page for name in three)
    assert all(f'<span lang="{one}">' in page for one in ("tg", "ru", "en"))
    assert little.code in teacher.get(f"/classes/{little.id}/cards?wall=1").text


def test_a_class_is_deleted_brought_back_and_deleted_for_good(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    office.people.add(fifth.id, "Зарина", clock_sure=True)
    path = f"/classes/{fifth.id}"
    assert "1 person is in it" in teacher.get(f"{path}/delete").text
    teacher.post(f"{path}/delete", page=f"{path}/delete")
    assert teacher.get(path).status_code == 404
    teacher.post(f"{path}/restore", page="/classes")
    assert "Зарина" in teacher.get(path).text
    assert teacher.get(f"{path}/erase").status_code == 404
    teacher.post(f"{path}/delete", page=f"{path}/delete")
    teacher.post(f"{path}/erase", page=f"{path}/erase")
    assert office.classes.removed() == []
    assert office.people.all(fifth.id) == []


def test_somebody_is_renamed_and_deleted_and_the_record_names_nobody(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    zarina = office.people.add(fifth.id, "Зарина", clock_sure=True)
    office.people.add(fifth.id, "Далер", clock_sure=True)
    path = f"/classes/{fifth.id}/people/{zarina.id}"
    assert "Another in the class" in teacher.post(path, {"name": "далер"}, page=path).text
    teacher.post(path, {"name": "Зарина К."}, page=path)
    assert office.people.get(zarina.id).name == "Зарина К."
    teacher.post(f"{path}/delete", page=f"{path}/delete")
    assert [one.name for one in office.people.all(fifth.id)] == ["Далер"]
    assert teacher.get(path).status_code == 404
    entries = office.activity.page()[0]
    assert {Action.PUPIL_CHANGED, Action.PUPIL_ERASED} <= {entry.action for entry in entries}
    assert "Зарина" not in str(entries)


def test_somebody_of_another_class_is_not_found(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    other = office.classes.add(NewClass("6Б"), clock_sure=True)
    ali = office.people.add(other.id, "Алӣ", clock_sure=True)
    assert teacher.get(f"/classes/{fifth.id}/people/{ali.id}").status_code == 404


def test_district_staff_see_no_children(
    open_browser: Callable[[], Browser], fifth: SchoolClass
) -> None:
    district = open_browser()
    district.sign_in("district")
    assert district.get(f"/classes/{fifth.id}").status_code == 403
    assert "/classes" not in district.get("/").text


def test_a_foreign_form_deletes_nothing(
    teacher: Browser, office: Office, fifth: SchoolClass
) -> None:
    answer = teacher.client.post(f"/classes/{fifth.id}/delete", base_url=HOME)
    assert answer.status_code == 400
    assert office.classes.get(fifth.id) == fifth
