# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator can do with accounts."""

import re
from collections.abc import Callable

from appliance.school.activity import Action
from appliance.school.staff import Role
from tests.functional.admin.conftest import PASSWORD, Browser, person
from webapp.admin.office import Office

NEW = {"display_name": "Ҷӯра <script>", "name": "Ҷӯра", "role": "teacher"}


def slip(text: str) -> str:
    found = re.search(r"<code>([a-z0-9-]+)</code>", text)
    assert found
    return found.group(1)


def test_a_new_colleague_signs_in_and_chooses_a_password(
    administrator: Browser, open_browser: Callable[[], Browser], office: Office
) -> None:
    answer = administrator.post("/people/add", dict(NEW), page="/people/add")
    password = slip(answer.text)
    assert "Ҷӯра &lt;script&gt;" in answer.text
    assert "<script>" not in answer.text.replace("<script src", "")
    colleague = open_browser()
    assert colleague.sign_in("чура", password).status_code == 302
    for path in ("/", "/profile", "/more"):
        assert colleague.get(path).location == "/profile/password"
    form = {"old": password, "password": "себи сурх дар боғ", "again": "себи сурх дар боғ"}
    colleague.post("/profile/password", form, page="/profile/password")
    assert colleague.get("/").status_code == 200
    assert password not in administrator.get("/people").text
    assert office.activity.page(actions=(Action.MEMBER_ADDED,))[1] == 1


def test_a_taken_name_is_told(administrator: Browser, office: Office) -> None:
    form = {**NEW, "name": "TEACHER"}
    assert "Somebody else has this name" in administrator.post("/people/add", form).text
    assert len(office.staff.all()) == 3


def test_a_role_that_does_not_exist_is_refused(administrator: Browser, office: Office) -> None:
    administrator.post("/people/add", {**NEW, "role": "root"})
    assert len(office.staff.all()) == 3


def test_changing_somebody(administrator: Browser, office: Office) -> None:
    teacher = person(office, "teacher")
    form = {"display_name": "Anvar", "name": "anvar", "role": "district"}
    assert administrator.post(f"/people/{teacher.id}", form).location == "/people"
    changed = office.staff.get(teacher.id)
    assert (changed.display_name, changed.name, changed.role) == ("Anvar", "anvar", Role.DISTRICT)


def test_the_last_administrator_stays(administrator: Browser, office: Office) -> None:
    last = person(office, "administrator")
    form = {"display_name": "A", "name": "a", "role": "teacher"}
    assert "only administrator" in administrator.post(f"/people/{last.id}", form).text
    for deed in ("disable", "delete"):
        administrator.post(f"/people/{last.id}/{deed}")
        assert "only administrator" in administrator.get(f"/people/{last.id}").text
    assert office.staff.get(last.id) == last


def test_a_forgotten_password(
    administrator: Browser, open_browser: Callable[[], Browser], office: Office
) -> None:
    teacher = open_browser()
    teacher.sign_in("teacher")
    answer = administrator.post(f"/people/{person(office, 'teacher').id}/password")
    assert teacher.get("/").location.startswith("/sign-in")
    assert teacher.sign_in("teacher").status_code == 403
    assert teacher.sign_in("teacher", slip(answer.text)).status_code == 302


def test_closing_opening_and_deleting(
    administrator: Browser, open_browser: Callable[[], Browser], office: Office
) -> None:
    teacher, member = open_browser(), person(office, "teacher")
    teacher.sign_in("teacher")
    administrator.post(f"/people/{member.id}/disable")
    assert teacher.get("/").status_code == 302
    assert teacher.sign_in("teacher", PASSWORD).status_code == 403
    administrator.post(f"/people/{member.id}/enable")
    assert teacher.sign_in("teacher", PASSWORD).status_code == 302
    assert "cannot be undone" in administrator.get(f"/people/{member.id}/delete").text
    assert office.staff.get(member.id)
    administrator.post(f"/people/{member.id}/delete")
    assert teacher.get("/").status_code == 302
    assert administrator.get(f"/people/{member.id}").status_code == 404
    assert "Teacher" in administrator.get("/activity?topic=people").text


def test_school_settings(administrator: Browser, office: Office) -> None:
    form = {"school_name": "School 7", "language": "ru"}
    assert administrator.post("/school", form).location == "/school"
    settings = office.settings.load()
    assert (settings.school_name, settings.language) == ("School 7", "ru")
    assert settings.set_up
