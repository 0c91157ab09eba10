# SPDX-License-Identifier: GPL-3.0-or-later
"""The record keeps what was done, by whom, page by page."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.database import Database
from appliance.school.activity import Action, Activity
from appliance.school.database import open_school
from appliance.school.staff import NewMember, Role, Staff


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_school(Config(state=tmp_path))


def test_what_a_deleted_person_did_stays(database: Database) -> None:
    staff, activity = Staff(database), Activity(database)
    staff.add(NewMember("a", "Аҳмад", Role.ADMINISTRATOR, "tg", "x"))
    member = staff.add(NewMember("b", "<b>Зебо</b>", Role.TEACHER, "tg", "x"))
    activity.note(member, Action.ITEM_HIDDEN, title="«Кимиё»", item="abc")
    staff.delete(member.id)
    [entry], total = activity.page()
    assert total == 1
    assert (entry.who, entry.staff_id, entry.action) == ("<b>Зебо</b>", member.id, "item_hidden")
    assert entry.details == {"title": "«Кимиё»", "item": "abc"}


def test_pages_and_filters(database: Database) -> None:
    staff, activity = Staff(database), Activity(database)
    member = staff.add(NewMember("a", "A", Role.ADMINISTRATOR, "tg", "x"))
    for number in range(7):
        activity.note(member if number % 2 else None, Action.ITEM_EDITED, number=number)
    activity.note(None, Action.SIGN_IN_BLOCKED)
    first, total = activity.page(size=3)
    assert total == 8
    assert [entry.details.get("number") for entry in first] == [None, 6, 5]
    last, _ = activity.page(number=3, size=3)
    assert [entry.details["number"] for entry in last] == [1, 0]
    assert activity.page(number=9, size=3)[0] == []
    assert activity.page(staff_id=member.id)[1] == 3
    assert activity.page(actions=(Action.SIGN_IN_BLOCKED,))[1] == 1
    assert activity.page(staff_id=member.id, actions=(Action.SIGN_IN_BLOCKED,))[1] == 0
