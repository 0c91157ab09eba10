# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDF as others read it: pdftotext its words, ZXing its QR code."""

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import segno
import zxingcpp
from PIL import Image

from appliance.database import Database
from appliance.language import UI_LANGUAGES
from appliance.learning import certificate_pdf
from appliance.learning.certificate import Certificate, Certificates
from appliance.learning.certificate_pdf import PdfBusyError, PdfFailedError, make_pdf
from appliance.learning.certificate_sheet import CertificateSheet, certificate_sheet
from appliance.learning.certificate_statement import read_statement
from tests.unit.appliance.learning.certificates.finished import COURSE, ITEM, complete, finish

PORTAL = "http://maktab.lan"
LETTERS = "ғӣқӯҳҷ"
NAME = "Ҷӯрабек Ғоибӣ Қаҳҳорзода"
TITLE = "Боғ, ӣ, қӯр, ҳаво ва ҷисм: ҒӢҚӮҲҶ"
HOSTILE = ("<b>&amp;</b> %(x)s {0}", ") Tj ET q (", "\\052<para>", "=1+1 $(reboot) '; --")


@pytest.fixture
def given(school: Database, certificates: Certificates) -> Certificate:
    [person] = finish(school, [NAME])
    complete(school, person.id, item="tajiktajiktajikt", titles={"tg": TITLE})
    return certificates.issue(person.id, "tajiktajiktajikt")


def words(pdf: bytes, folder: Path) -> str:
    """What pdftotext reads, on one line."""
    file = folder / "certificate.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True
    )
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_pdftotext_reads_every_tajik_letter(
    given: Certificate, language: str, tmp_path: Path
) -> None:
    sheet = certificate_sheet(given, language, PORTAL)
    text = words(make_pdf([sheet]), tmp_path)
    for said in (NAME, TITLE, sheet.school, sheet.heading.upper(), sheet.given_to, sheet.head):
        assert said in text
    assert sheet.code in text
    assert "92 %" in text
    assert all(letter in text for letter in LETTERS + LETTERS.upper())


def test_the_words_of_each_language(given: Certificate) -> None:
    sheets = {language: certificate_sheet(given, language, PORTAL) for language in UI_LANGUAGES}
    assert {sheet.heading for sheet in sheets.values()} == {"Сертификат", "Certificate"}
    dates = {language: sheet.facts[-1][1] for language, sheet in sheets.items()}
    assert dates == {
        "tg": "1 сентябри соли 2026",
        "ru": "1 сентября 2026",
        "en": "1 September 2026",
    }
    assert sheets["tg"].facts[0] == ("Соат", "36")
    assert not any(sheet.note for sheet in sheets.values())


def test_hostile_texts_stay_texts(
    school: Database, certificates: Certificates, tmp_path: Path
) -> None:
    people = finish(school, HOSTILE)
    sheets = [certificate_sheet(certificates.issue(one.id, ITEM), "en", PORTAL) for one in people]
    text = words(make_pdf(sheets), tmp_path)
    assert all(" ".join(name.split()) in text for name in HOSTILE)
    counted = subprocess.run(
        ["pdfinfo", tmp_path / "certificate.pdf"], capture_output=True, check=True, text=True
    ).stdout
    assert re.search(r"Pages:\s+4\b", counted)
    assert re.search(r"JavaScript:\s+no", counted)


def test_the_longest_texts_fit_on_the_page(
    school: Database, certificates: Certificates, tmp_path: Path
) -> None:
    [person] = finish(school, ["Ҷ" * 60])
    long = msgspec.structs.replace(COURSE, hours=12.5)
    titles = {"tg": "Усулҳои дарозтарини таълим " * 30}
    complete(school, person.id, item="longlonglonglong", course=long, titles=titles, sure=False)
    sheet = certificate_sheet(certificates.issue(person.id, "longlonglonglong"), "tg", PORTAL)
    file = tmp_path / "certificate.pdf"
    file.write_bytes(make_pdf([sheet]))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, check=True, text=True
    ).stdout
    places = [float(x) for x in re.findall(r'x(?:Min|Max)="([\d.-]+)"', boxes)]
    assert min(places) > 60
    assert max(places) < 842 - 60


def test_the_same_words_are_the_same_bytes(given: Certificate) -> None:
    sheet = certificate_sheet(given, "tg", PORTAL)
    assert make_pdf([sheet]) == make_pdf([sheet])


def test_the_picture_fits_and_is_small_letters_free(given: Certificate) -> None:
    picture = certificate_sheet(given, "tg", PORTAL).picture
    code = segno.make_qr(picture, error="m")
    assert code.mode == "alphanumeric"
    assert read_statement(picture)[0] == given.statement


@pytest.mark.parametrize("dots", [100, 200])
def test_another_reader_reads_the_picture(given: Certificate, tmp_path: Path, dots: int) -> None:
    """ZXing, from the page as it is drawn by poppler at so many dots an inch."""
    sheet = certificate_sheet(given, "tg", PORTAL)
    (tmp_path / "a.pdf").write_bytes(make_pdf([sheet]))
    drawn = ["pdftoppm", "-r", str(dots), "-png", "-singlefile", "a.pdf", "a"]
    subprocess.run(drawn, cwd=tmp_path, check=True)
    with Image.open(tmp_path / "a.png") as page:
        [found] = zxingcpp.read_barcodes(page)
    assert found.text == sheet.picture


def test_one_waits_for_the_other(given: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_pdf, "_WAIT_SECONDS", 0)
    with certificate_pdf._TURN, pytest.raises(PdfBusyError):
        make_pdf([certificate_sheet(given, "tg", PORTAL)])


def test_a_child_that_fails_says_so(given: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_pdf, "_MEMORY", 1 << 20)
    with pytest.raises(PdfFailedError):
        make_pdf([certificate_sheet(given, "tg", PORTAL)])


def test_the_web_does_not_load_the_library() -> None:
    """A page that only says who could have a PDF made must stay small."""
    code = (
        "import sys, webapp.portal, webapp.admin;"
        "print([name for name in ('reportlab', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_sheets_cross_as_json(given: Certificate) -> None:
    sheet = certificate_sheet(given, "ru", PORTAL)
    assert msgspec.json.decode(msgspec.json.encode(sheet), type=CertificateSheet) == sheet
