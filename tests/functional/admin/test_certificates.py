# SPDX-License-Identifier: GPL-3.0-or-later
"""The head teacher's list: giving, printing, revoking; and the keys of other schools."""

import html
import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.learning.certificate import Certificate
from appliance.learning.certificate_school import revoked_text, school_text
from appliance.school.database import open_school
from tests.functional.admin.conftest import Browser
from tests.unit.appliance.learning.certificates.finished import finish
from webapp.admin.office import Office

OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
NAMES = ("=1+1", "Нигора <script>alert(1)</script>")


@pytest.fixture
def given(administrator: Browser, office: Office) -> list[Certificate]:
    finish(open_school(office.config), NAMES)
    administrator.post("/certificates/give", page="/certificates")
    return office.certificates.all()


def test_nobody_has_one_yet(administrator: Browser) -> None:
    page = administrator.get("/certificates").text
    assert "No certificate was given yet." in page
    assert administrator.get("/certificates/all.pdf").status_code == 404


def test_giving_the_list_and_the_spreadsheet(
    administrator: Browser, given: list[Certificate]
) -> None:
    page = administrator.get("/certificates").text
    assert "2 certificates are given. Print them here." in page
    assert "<script>alert" not in page
    assert all(html.escape(name, quote=False) in page for name in NAMES)
    assert "has no certificate yet" not in page
    answer = administrator.post("/certificates/list.xlsx", page="/certificates")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows[0][:4] == ("Name", "Class", "Course", "Hours")
    assert {row[0] for row in rows[1:]} == set(NAMES)
    assert {row[3] for row in rows[1:]} == {36}
    assert administrator.get("/certificates/all.pdf").data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", ("Сертификат", "Часов", "1 сентября 2026")),
        ("tg", ("Сертификат", "Соат", "1 сентябри соли 2026")),
        ("ru", ("Сертификат", "Часов", "1 сентября 2026")),
        ("en", ("Certificate", "Hours", "1 September 2026")),
        ("xx", ("Сертификат", "Часов", "1 сентября 2026")),
    ],
)
def test_papers_are_in_the_language_that_was_chosen_else_in_the_schools(
    administrator: Browser,
    office: Office,
    given: list[Certificate],
    tmp_path: Path,
    asked: str,
    words: tuple[str, ...],
) -> None:
    office.settings.save(language="ru")
    page = administrator.get("/certificates").text
    addresses = re.findall(r'<form class="with-choice" action="([^"]+)">', page)
    assert len(addresses) == 1 + len(given)
    for form in page.split('<form class="with-choice"')[1:]:
        assert re.findall(r'value="([a-z]+)" lang="[a-z]+" selected', form) == ["ru"]
        assert re.findall(r'<option value="([a-z]+)"', form) == ["tg", "ru", "en"]
    for address in addresses:
        file = tmp_path / "paper.pdf"
        file.write_bytes(
            administrator.get(f"{address}?language={asked}" if asked else address).data
        )
        argv = ["pdftotext", file, "-"]
        told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
        shown = told.count("\f")
        assert shown == (2 if address.endswith("all.pdf") else 1)
        for word in words:
            assert told.casefold().count(word.casefold()) >= shown, (address, word)


def test_revoking_and_undoing_it(
    administrator: Browser, office: Office, given: list[Certificate]
) -> None:
    code = given[0].code
    page = f"/certificates/{code}/revoke"
    assert "Revoke this certificate?" in administrator.get(page).text
    administrator.post(page, {"reason": "<b>хато</b>"}, page=page)
    shown = administrator.get("/certificates").text
    assert "&lt;b&gt;хато&lt;/b&gt;" in shown
    assert "revoked" in shown
    assert administrator.get(f"/certificates/{code}/certificate.pdf").status_code == 404
    listed = administrator.get("/certificates/schools/revoked.txt").text
    assert listed.startswith("CHASHMALIST.")
    administrator.post(f"/certificates/{code}/restore", page="/certificates")
    assert not office.certificates.get(code).revoked
    record = administrator.get("/activity?topic=classes").text
    assert "revoked the certificate" in record
    assert not any(html.escape(name, quote=False) in record for name in NAMES)
    assert administrator.get("/certificates/NOWHERE/revoke").status_code == 404


def test_a_teacher_gives_but_does_not_revoke(
    open_browser: Callable[[], Browser], given: list[Certificate]
) -> None:
    teacher = open_browser()
    teacher.sign_in("teacher")
    page = teacher.get("/certificates").text
    assert "Revoke…" not in page
    revoke = f"/certificates/{given[0].code}/revoke"
    assert teacher.get(revoke).status_code == 403
    assert teacher.post(revoke, {"reason": "x"}, page="/certificates").status_code == 403
    assert teacher.get("/certificates/schools").status_code == 403


def test_keys_of_other_schools(administrator: Browser, office: Office) -> None:
    page = "/certificates/schools"
    own = re.search(r"<textarea id=\"own\"[^>]*>([^<]*)", administrator.get(page).text)
    assert own
    assert own[1].startswith("CHASHMAKEY.")

    def send(text: str, name: str = "") -> str:
        form = {"text": text, "name": name}
        answer = administrator.post(page, form, page=page, follow_redirects=True)
        return html.unescape(answer.text)

    listed = revoked_text(1, [], OTHER_KEY)
    assert "Add the key of this school first" in send(listed)
    assert "This is no text of a school" in send("nothing")
    text = school_text("Мактаби №7", OTHER_KEY)
    assert "A part of the text is missing" in send(text[:60])
    assert "“Мактаби №7” is known here now." in send(text)
    assert [one.name for one in office.schools.all()] == ["Мактаби №7"]
    assert "is known here now" in send(listed)
    assert "“Ҳафтум” is known here now." in send(text, "Ҳафтум")
    shown = administrator.get(page).text
    key = re.search(r'name="key" value="([^"]+)"', shown)
    assert key
    administrator.post(f"{page}/remove", {"key": html.unescape(key[1])}, page=page)
    assert office.schools.all() == []
    assert administrator.post(f"{page}/remove", {"key": "?"}, page=page).status_code == 404


def test_a_file_of_the_district_has_many_schools(
    administrator: Browser, office: Office, given: list[Certificate]
) -> None:
    page = "/certificates/schools"
    code = given[0].code
    revoke = f"/certificates/{code}/revoke"
    administrator.post(revoke, {"reason": "хато"}, page=revoke)
    answer = administrator.get(f"{page}/school.txt")
    assert 'filename="school.txt"' in answer.headers["Content-Disposition"]
    own = answer.text
    assert [line.partition(".")[0] for line in own.split()] == ["CHASHMAKEY", "CHASHMALIST"]
    third = Ed25519PrivateKey.from_private_bytes(b"t" * 32)
    listed = revoked_text(1, [code], OTHER_KEY)
    texts = "\n".join((listed, own, school_text("Ҳафтум", OTHER_KEY), school_text("Сеюм", third)))
    form = {"text": f"Дӯстон!\n{texts}", "name": "Ин нест"}
    administrator.post(page, form, page=page)
    known = {one.name: len(one.revoked) for one in office.schools.all()}
    assert known == {"Мактаби №5, Хуҷанд": 1, "Ҳафтум": 1, "Сеюм": 0}
    half = school_text("Нисф", Ed25519PrivateKey.from_private_bytes(b"h" * 32))[:80]
    form = {"text": f"{school_text('Нав', third)}\n{half}", "name": ""}
    answer = administrator.post(page, form, page=page)
    assert "A part of the text is missing" in answer.text


def test_the_key_is_for_its_owner_alone(administrator: Browser, office: Office) -> None:
    administrator.get("/certificates/schools")
    file: Path = office.config.certificate_key
    assert file.stat().st_mode & 0o777 == 0o600
