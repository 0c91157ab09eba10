# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies for home, apps, titles in the reader's language, and the note about sticks."""

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from appliance.content.item import Details, Kind
from appliance.content.note import FILE_NAME, Phase, StickNote, write_note
from tests.functional.portal.shelf import Shelf


def test_an_album_is_taken_home_whole(client: FlaskClient, shelf: Shelf) -> None:
    pictures = {f"files/{n}.jpg": bytes([n]) * 70_000 for n in range(9)}
    item = shelf.put("Кӯҳҳо: a/b\u202e", Kind.ALBUM, files=pictures)
    page = client.get(f"/item/{item.id}").text
    assert f'href="/item/{item.id}/take-home.zip"' in page
    answer = client.get(f"/item/{item.id}/take-home.zip")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"Кӯҳҳо a b/{n}.jpg" for n in range(9)]
        assert archive.read("Кӯҳҳо a b/8.jpg") == pictures["files/8.jpg"]


def test_a_film_alone_or_with_its_captions(client: FlaskClient, shelf: Shelf) -> None:
    files = {"files/film.mp4": b"film" * 1000, "captions/tg.vtt": b"WEBVTT\n", "cover.webp": b"x"}
    item = shelf.put("Film", Kind.VIDEO, files=files, details=Details(captions=("tg",)))
    page = client.get(f"/item/{item.id}").text
    assert f'href="/item/{item.id}/download"' in page
    assert f'href="/item/{item.id}/take-home.zip"' in page
    with zipfile.ZipFile(io.BytesIO(client.get(f"/item/{item.id}/take-home.zip").data)) as archive:
        assert archive.namelist() == ["Film/film.mp4", "Film/captions/tg.vtt"]


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.EPUB, Kind.ZIM, Kind.AUDIO, Kind.HTML, Kind.APP])
def test_one_file_is_taken_home_as_it_is(client: FlaskClient, shelf: Shelf, kind: Kind) -> None:
    item = shelf.put("Thing", kind)
    page = client.get(f"/item/{item.id}").text
    assert page.count(f'href="/item/{item.id}/download"') == 1
    assert "take-home.zip" not in page
    assert client.get(f"/item/{item.id}/take-home.zip").status_code == 404
    assert ('id="install"' in page) == (kind is Kind.APP)


def test_what_is_hidden_is_not_taken_home(client: FlaskClient, shelf: Shelf) -> None:
    files = {"files/1.jpg": b"1", "files/2.jpg": b"2"}
    item = shelf.put("Hidden", Kind.ALBUM, files=files, hidden=True)
    assert client.get(f"/item/{item.id}/take-home.zip").status_code == 404


def test_titles_in_the_readers_language(client: FlaskClient, shelf: Shelf) -> None:
    item = shelf.put(
        "Алгебра", titles={"tg": "Алгебра", "ru": "Алгебра, учебник"}, languages=("tg",)
    )
    other = shelf.put("Only one", languages=("en",))
    for path in ("/", "/browse", f"/item/{item.id}", "/search?q=учебник", "/opds/books"):
        client.set_cookie("language", "ru")
        page = client.get(path).text
        assert "Алгебра, учебник" in page, path
        client.set_cookie("language", "tg")
        assert "учебник</" not in client.get(path).text, path
    assert 'lang="tg">Алгебра</h1>' in client.get(f"/item/{item.id}").text
    client.set_cookie("language", "ru")
    assert 'lang="ru">Алгебра, учебник</h1>' in client.get(f"/item/{item.id}").text
    assert 'lang="en">Only one</h1>' in client.get(f"/item/{other.id}").text


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_the_note_about_a_stick(
    client: FlaskClient, shelf: Shelf, phase: Phase, language: str
) -> None:
    client.set_cookie("language", language)
    shelf.put("Book")
    assert "data-note" not in client.get("/").text
    assert client.get("/note").text == ""
    shelf.config.run.mkdir(parents=True, exist_ok=True)
    note = StickNote(phase, {language: "<b>Secret title</b>"}, part=0.42, job=7)
    write_note(shelf.config.run, note)
    page = client.get("/").text
    assert 'data-note="/note"' in page
    assert "Secret title" not in page
    assert "/jobs/7" in page
    assert ("42 %" in page.replace("\N{NO-BREAK SPACE}", " ")) == (phase is Phase.WORKING)
    assert ('http-equiv="refresh"' in page) == (phase is Phase.WORKING)
    assert "<!--" not in page
    assert client.get("/note").text in page
    write_note(shelf.config.run, None)
    assert "data-note" not in client.get("/").text


def test_a_note_that_cannot_be_read_is_none(client: FlaskClient, shelf: Shelf) -> None:
    shelf.config.run.mkdir(parents=True, exist_ok=True)
    (shelf.config.run / FILE_NAME).write_bytes(b"{")
    assert client.get("/").status_code == 200
