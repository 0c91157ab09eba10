# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers: what they open, and that they remember the place."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from appliance.content.item import Details, Kind
from tests.functional.portal.shelf import Shelf, passages

CAPTIONS = """WEBVTT

1
00:00:01.000 --> 00:00:03.000 align:start
<v Ситора>Чашма &amp; об

00:01:02.500 --> 00:01:04.000
Чашма & об

01:00:00.000 --> 01:00:04.000
Тамом
<b>шуд</b>
"""


def places(client: FlaskClient) -> str:
    cookie = client.get_cookie("places")
    return cookie.value if cookie else ""


def test_a_zim_opens_on_the_read_host_at_its_entry(client: FlaskClient, shelf: Shelf) -> None:
    zim = shelf.put("Вики", Kind.ZIM, files={"files/a.zim": b"x"}, details=Details(entry="A/Сар#?"))
    page = client.get(f"/item/{zim.id}/read").text
    assert f'src="http://read.localhost:8080/zim/{zim.id}/A/%D0%A1%D0%B0%D1%80%23%3F"' in page
    assert "allow-top-navigation" not in page
    client.get(f"/item/{zim.id}/read?at=A/Душанбе")
    assert unquote(places(client)) == f"{zim.id}:A/Душанбе"
    assert "%D0%94%D1%83" in client.get(f"/item/{zim.id}/read").text


def test_a_pdf_page_has_picture_text_and_neighbours(client: FlaskClient, shelf: Shelf) -> None:
    pdf = shelf.put(
        "Китоб",
        files={"files/a.pdf": b"%PDF", "text.jsonl": passages(("1", "Якум"), ("2", "<Дуюм>"))},
        details=Details(pages=3, width=600, height=800),
    )
    page = client.get(f"/item/{pdf.id}/read?at=2").text
    assert f'src="/item/{pdf.id}/page/2.jpg?w=900" width="900" height="1200"' in page
    assert "&lt;Дуюм&gt;" in page
    assert "Якум" not in page
    assert 'rel="prev" href="?at=1"' in page
    assert 'rel="next" href="?at=3"' in page
    assert places(client) == f"{pdf.id}:2"


@pytest.mark.parametrize(
    ("asked", "opened"),
    [("0", "1"), ("99", "3"), ("x", "1"), ("-1", "1"), ("²", "1"), ("9" * 40, "1")],
)
def test_a_place_that_is_none_is_mended(
    client: FlaskClient, shelf: Shelf, asked: str, opened: str
) -> None:
    pdf = shelf.put("Китоб", details=Details(pages=3))
    client.get(f"/item/{pdf.id}/read", query_string={"at": asked})
    assert places(client) == f"{pdf.id}:{opened}"


def test_a_film_has_its_captions_and_their_text(client: FlaskClient, shelf: Shelf) -> None:
    film = shelf.put(
        "Об",
        Kind.VIDEO,
        files={"files/a.mp4": b"x", "captions/tg.vtt": CAPTIONS.encode(), "captions/ru.vtt": b""},
        details=Details(seconds=4000, captions=("ru", "tg")),
    )
    page = client.get(f"/item/{film.id}/read?at=61.5").text
    assert f'src="/media/{film.id}/files/a.mp4#t=61.5" type="video/mp4"' in page
    assert f'src="/media/{film.id}/captions/tg.vtt" srclang="tg" label="Тоҷикӣ" default' in page
    assert page.count("Чашма &amp; об") == 1
    assert "Тамом шуд" in page
    assert client.get(f"/item/{film.id}/read?at=3999.5").text.count("#t=0") == 1


def test_a_book_without_script_turns_chapter_by_chapter(client: FlaskClient, shelf: Shelf) -> None:
    book = shelf.put(
        "Китоб",
        Kind.EPUB,
        files={
            "files/a.epub": b"x",
            "text.jsonl": passages(("O/1.xhtml", "а"), ("O/2.xhtml#b", "б"), ("O/3.xhtml", "в")),
        },
        details=Details(entry="O/p.opf", contents=(("Боби дуюм", "O/2.xhtml#a"),)),
    )
    page = client.get(f"/item/{book.id}/read?at=O/2.xhtml").text
    assert f'src="http://read.localhost:8080/pages/{book.id}/O/2.xhtml"' in page
    assert 'href="?at=O%2F1.xhtml"' in page
    assert 'href="?at=O%2F3.xhtml"' in page
    assert "Боби дуюм" in page
    outside = client.get(f"/item/{book.id}/read?at=../../x").text
    assert f"/pages/{book.id}/O/1.xhtml" in outside
    assert f"/pages/{book.id}/.." not in outside


def test_an_album_shows_one_picture_after_the_other(client: FlaskClient, shelf: Shelf) -> None:
    album = shelf.put(
        "Наврӯз", Kind.ALBUM, files={"files/01 суманак.jpg": b"x", "files/02.png": b"y"}
    )
    page = client.get(f"/item/{album.id}/read").text
    assert f"/media/{album.id}/files/01%20%D1%81" in page
    assert f'rel="prefetch" href="/media/{album.id}/files/02.png"' in page
    assert client.get(f"/item/{album.id}/read?at=2").status_code == 200


def test_a_download_has_the_title_in_its_own_letters(client: FlaskClient, shelf: Shelf) -> None:
    book = shelf.put('Ҳикоя "нав"/..\r\n', files={"files/scan 1.PDF": b"x"})
    answer = client.get(f"/item/{book.id}/download")
    assert answer.headers["X-Accel-Redirect"] == f"/_store/{book.id}/files/scan%201.PDF"
    assert answer.mimetype == "application/pdf"
    header = answer.headers["Content-Disposition"]
    assert header.startswith('attachment; filename="')
    assert "filename*=UTF-8''%D2%B2%D0%B8%D0%BA%D0%BE%D1%8F" in header
    assert header.isascii()
    assert "/" not in header.split("filename*")[0]
    assert client.get(f"/item/{book.id}/download?file=1").status_code == 404


def test_page_pictures_are_drawn_once_and_kept(
    client: FlaskClient, shelf: Shelf, data: Path
) -> None:
    pdf = (data / "pdf" / "pypdf_pdflatex-outline.pdf").read_bytes()
    book = shelf.put("Китоб", files={"files/A.PDF": pdf}, details=Details(pages=2))
    answer = client.get(f"/item/{book.id}/page/1.jpg")
    assert answer.headers["X-Accel-Redirect"] == f"/_cache/pages/{book.id}/1-900.jpg"
    drawn = shelf.config.cache / "pages" / book.id / "1-900.jpg"
    assert drawn.read_bytes().startswith(b"\xff\xd8\xff")
    age = drawn.stat().st_mtime_ns
    client.get(f"/item/{book.id}/page/1.jpg")
    assert drawn.stat().st_mtime_ns == age
    for wrong in ("0.jpg", "3.jpg", "1.jpg?w=901", "1.jpg?w=99999"):
        assert client.get(f"/item/{book.id}/page/{wrong}").status_code == 404


def test_an_app_is_offered_for_download(client: FlaskClient, shelf: Shelf) -> None:
    app = shelf.put("Kiwix", Kind.APP, files={"files/kiwix-3.11.apk": b"PK"})
    page = client.get(f"/item/{app.id}").text
    assert f'class="button big" href="/item/{app.id}/download"' in page
    assert f"/item/{app.id}/read" not in page
    assert f"/item/{app.id}/download" in client.get(f"/item/{app.id}/read").text
    answer = client.get(f"/item/{app.id}/download")
    assert answer.mimetype == "application/vnd.android.package-archive"
    assert "Kiwix.apk" in answer.headers["Content-Disposition"]
