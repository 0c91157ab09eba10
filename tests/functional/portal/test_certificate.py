# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil finishes a course, takes the certificate, and others check it."""

import re
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from appliance.content.item import Item
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_seal import fingerprint
from appliance.school.settings import SchoolSettings
from tests.functional.portal.lessons import Pupil, course_of, put_book, put_course
from tests.functional.portal.shelf import Shelf
from webapp.portal.rate import Rate


@pytest.fixture
def guest(client: FlaskClient) -> Pupil:
    return Pupil(client.application.test_client())


@pytest.fixture
def course(shelf: Shelf) -> Item:
    return put_course(shelf, course_of(put_book(shelf), hours=36.0, certificate=True))


def finish(pupil: Pupil, course: Item) -> None:
    pupil.open(f"/course/{course.id}")
    pupil.open(f"/course/{course.id}/l1")
    pupil.send(f"/course/{course.id}/l1/done")


def taken(pupil: Pupil, course: Item) -> str:
    """The code of the certificate that somebody takes."""
    finish(pupil, course)
    pupil.open(f"/course/{course.id}")
    pupil.send("/my/certificate")
    assert pupil.status == 200
    return pupil.address.rpartition("/")[2]


def test_from_the_course_to_the_certificate(pupil: Pupil, guest: Pupil, course: Item) -> None:
    SchoolSettings(pupil.library().school).save(school_name="Мактаби №5")
    pupil.join("Ҷамшед <b>Ғуломӣ</b>")
    assert "gets a certificate" in (pupil.open(f"/course/{course.id}") and pupil.words())
    code = taken(pupil, course)
    assert "Ҷамшед &lt;b&gt;Ғуломӣ&lt;/b&gt;" in pupil.page
    for words in ("This certificate is given to", "Мактаби №5", "Об", "36"):
        assert words in pupil.words()
    assert "Ин сертификат" in pupil.open(f"/my/certificate/{code}?language=tg")
    pupil.open("/my")
    assert f"/my/certificate/{code}" in pupil.page
    pupil.open(f"/course/{course.id}")
    assert pupil.links()["Your certificate"] == f"/my/certificate/{code}"
    picture = pupil.client.get(f"/my/certificate/{code}/picture.svg")
    assert picture.mimetype == "image/svg+xml"
    guest.open(f"/certificate?q={code.lower()}")
    assert "is real" in guest.words()
    assert "Ҷамшед" in guest.words()


def test_a_certificate_is_given_once(pupil: Pupil, course: Item) -> None:
    pupil.join()
    code = taken(pupil, course)
    fields = {"csrf": pupil.token() or "", "course": course.id}
    pupil.open(f"/course/{course.id}")
    fields["csrf"] = pupil.token()
    again = pupil.client.post("/my/certificate", data=fields)
    assert again.headers["Location"] == f"/my/certificate/{code}"


def test_who_has_not_finished_gets_none(pupil: Pupil, guest: Pupil, course: Item) -> None:
    assert guest.client.post("/my/certificate", data={"course": course.id}).status_code == 303
    pupil.join()
    pupil.open(f"/course/{course.id}")
    for asked in (course.id, "nowhere", ""):
        fields = {"csrf": pupil.token(), "course": asked}
        assert pupil.client.post("/my/certificate", data=fields).status_code == 404


def test_a_course_without_certificates_gives_none(pupil: Pupil, shelf: Shelf) -> None:
    course = put_course(shelf, course_of(put_book(shelf)))
    pupil.join()
    finish(pupil, course)
    pupil.open(f"/course/{course.id}")
    assert "You have finished this course." in pupil.words()
    assert "certificate" not in pupil.words()


def test_nobody_sees_the_certificate_of_another(pupil: Pupil, guest: Pupil, course: Item) -> None:
    pupil.join("Нигора")
    code = taken(pupil, course)
    addresses = [f"/my/certificate/{code}{end}" for end in ("", "/picture.svg", "/certificate.pdf")]
    assert [guest.client.get(address).status_code for address in addresses] == [404] * 3
    guest.join("Фаррух")
    assert [guest.client.get(address).status_code for address in addresses] == [404] * 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("tg", ("Ҷамшед Ғуломӣ", "Сертификат", "соат")),
        ("ru", ("Ҷамшед Ғуломӣ", "Сертификат", "час")),
        ("en", ("Ҷамшед Ғуломӣ", "Certificate", "Hours")),
    ],
)
def test_the_page_and_the_pdf_in_each_language(
    pupil: Pupil, course: Item, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    pupil.join("Ҷамшед Ғуломӣ")
    code = taken(pupil, course)
    pupil.open(f"/my/certificate/{code}?language={language}")
    assert f'<article class="certificate" lang="{language}">' in pupil.page
    address = f"/my/certificate/{code}/certificate.pdf?language={language}"
    assert f'href="{address}"' in pupil.page
    made = pupil.client.get(address)
    assert made.headers["Cache-Control"] == "no-store"
    file = tmp_path / "certificate.pdf"
    file.write_bytes(made.data)
    told = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    for word in words:
        assert word.casefold() in pupil.words().casefold(), word
        assert word.casefold() in told.stdout.casefold(), word
    assert spaced_code(code) in pupil.words()
    assert spaced_code(code) in told.stdout


def test_what_a_camera_reads_is_checked(pupil: Pupil, guest: Pupil, course: Item) -> None:
    pupil.join("Нигора")
    code = taken(pupil, course)
    known = guest.library().school.connection.execute("SELECT key FROM certificate_code").fetchone()
    certificates = pupil.client.application.extensions["chashma-learning"].certificates
    text = certificates.get(code).sealed.text
    page = guest.open(f"/C/{text}")
    assert "is real" in guest.words()
    assert fingerprint(known["key"]) in page
    guest.open(f"/C/{text[:-20]}")
    assert "A part of the text is missing" in guest.words()
    guest.open(f"/C/{text[:80]}{'B' if text[80] == 'A' else 'A'}{text[81:]}")
    assert "This is not real" in guest.words()
    assert "Нигора" not in guest.words()
    guest.open("/certificate?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert not re.search(r"<script>alert", guest.page)
    assert "No certificate has this code" in guest.words()
    assert "required>&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in guest.page  # to be mended


def test_who_guesses_has_to_wait(guest: Pupil) -> None:
    guest.client.application.extensions["chashma-learning"].check_rate = Rate(1, 3600)
    address = "/certificate?q=A2C4E6H8K3M5"
    assert [guest.client.get(address).status_code for _ in range(2)] == [200, 429]
    assert guest.client.get("/certificate").status_code == 200
