# SPDX-License-Identifier: GPL-3.0-or-later
"""ZIM pages on their way from kiwix-serve to a browser."""

import gzip
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from libzim.writer import Creator, Hint, Item, StringProvider

from kiwix.library import Book, write_library
from tests.conftest import Stack
from tests.functional.services.test_hosts import Answer, ask

ID = "zimzimzimzimzim2"
SCRIPT = b'<script src="/frame.js" defer></script></head>'
TRICKY = ("A?b", "C#d", "e%20f", "g h", "ғӣқӯҳҷ", "i+j", "k&l", "m/n.html")
PARAGRAPH = "<p>Ҳуқуқ ва озодӣ.</p>" * 100


class Page(Item):
    def __init__(self, path: str, content: bytes, mime: str) -> None:
        super().__init__()
        self.path, self.content, self.mime = path, content, mime

    def get_path(self) -> str:
        return self.path

    def get_title(self) -> str:
        return self.path

    def get_mimetype(self) -> str:
        return self.mime

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self.content)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: True}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("zim") / "made.zim"
    with Creator(file) as creator:
        creator.set_mainpath("A?b")
        for path in TRICKY:
            page = f"<html><head><title>{path}</title></head><body>{PARAGRAPH}</body></html>"
            creator.add_item(Page(path, page.encode(), "text/html"))
        creator.add_item(Page("book.pdf", b"%PDF-1.4", "application/pdf"))
        creator.add_item(Page("film.webm", bytes(range(256)) * 100, "video/webm"))
        creator.add_redirection("old", "old", "g h", {Hint.FRONT_ARTICLE: True})
    return file


@pytest.fixture(scope="module")
def library(stack: Stack, archive: Path) -> Iterator[Stack]:
    """The stack with one archive, once kiwix-serve has noticed it."""
    stored = stack.config.store / "items" / ID / "files" / f"{ID}.zim"
    stored.parent.mkdir(parents=True)
    shutil.copy(archive, stored)
    write_library(stack.config.library_xml, [Book(ID, stored, "Made", "tgk")])
    deadline = time.monotonic() + 30
    while page(stack, "g h").status != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    yield stack
    write_library(stack.config.library_xml, [])
    shutil.rmtree(stack.config.store / "items" / ID, ignore_errors=True)


def page(stack: Stack, entry: str, **headers: str) -> Answer:
    return ask(stack.config.read_url, f"/zim/{ID}/{quote(entry, safe='/')}", **headers)


@pytest.mark.parametrize("entry", TRICKY)
def test_every_name_of_an_entry_works(library: Stack, entry: str) -> None:
    answer = page(library, entry)
    assert answer.status == 200
    assert f"<title>{entry}</title>".encode() in answer.body


def test_our_script_is_added_once_and_only_to_pages(library: Stack) -> None:
    for _ in range(4):  # uncached and cached
        assert page(library, "g h").body.count(SCRIPT) == 1
    assert SCRIPT not in page(library, "film.webm").body


def test_a_page_is_compressed_for_those_who_can_read_that(library: Stack) -> None:
    for _ in range(4):
        small = page(library, "g h", Accept_Encoding="br, gzip;q=1.0")
        assert small.headers["Content-Encoding"] == "gzip"
        plain = page(library, "g h")
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(small.body) == plain.body


def test_others_content_is_sandboxed_and_sets_no_cookie(library: Stack) -> None:
    headers = page(library, "g h").headers
    (policy,) = headers.get_all("Content-Security-Policy", [])
    assert "sandbox allow-scripts" in policy
    assert f"frame-ancestors 'self' {library.config.portal_url}" in policy
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_redirect_stays_on_our_addresses(library: Stack) -> None:
    answer = page(library, "old")
    assert answer.status == 302
    assert answer.headers["Location"] == f"/zim/{ID}/g%20h"


def test_a_pdf_inside_an_archive_is_offered_for_download(library: Stack) -> None:
    for _ in range(4):
        assert page(library, "book.pdf").headers["Content-Disposition"] == "attachment"
    assert "Content-Disposition" not in page(library, "g h").headers


def test_a_part_of_a_film_can_be_asked_for(library: Stack) -> None:
    for _ in range(4):
        answer = page(library, "film.webm", Range="bytes=256-259")
        assert (answer.status, answer.body) == (206, b"\x00\x01\x02\x03")
        page(library, "film.webm")


@pytest.mark.parametrize(
    "path",
    [
        "/viewer",
        "/search?pattern=a",
        f"/raw/{ID}/content/A",
        "/catalog/v2/entries",
        "/skin/index.js",
        f"/zim/{ID}/../../viewer",
        f"/zim/{ID}/%2e%2e/%2e%2e/viewer",
        f"/content/{ID}/g%20h",
        "/zim/aaaaaaaaaaaaaaaa/x",
    ],
)
def test_nothing_else_of_kiwix_serve_is_reached(library: Stack, path: str) -> None:
    assert ask(library.config.read_url, path).status == 404


def test_only_reading_is_allowed(library: Stack) -> None:
    answer = ask(library.config.read_url, f"/zim/{ID}/g%20h", method="POST")
    assert answer.status in {403, 405}


def test_what_was_removed_is_not_read_from_an_open_archive(library: Stack) -> None:
    stored = library.config.store / "items" / ID / "files" / f"{ID}.zim"
    aside = stored.with_suffix(".aside")
    stored.rename(aside)
    try:
        deadline = time.monotonic() + 30  # nginx remembers for a moment that the file was there
        # A part of a page is never kept, so each of these is asked of kiwix-serve.
        while (status := page(library, "k&l", Range="bytes=0-3").status) != 404:
            assert status == 206
            assert time.monotonic() < deadline
            time.sleep(0.5)
    finally:
        aside.rename(stored)
