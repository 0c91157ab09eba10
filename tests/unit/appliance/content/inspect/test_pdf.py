# SPDX-License-Identifier: GPL-3.0-or-later
"""PDF documents made for one question each."""

import io
from collections.abc import Mapping

import pytest
from pypdf import PdfWriter

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench


def _document(
    *, pages: int = 2, said: Mapping[str, str] | None = None, outline: str = "", password: str = ""
) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(400, 300)
    writer.add_metadata({f"/{name}": value for name, value in (said or {}).items()})
    if outline:
        writer.add_outline_item(outline, pages - 1)
    if password:
        writer.encrypt("", password, algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_a_document_says_what_it_is_in_plain_words(bench: Bench) -> None:
    said = {"Title": "<b>Ҷабр</b>", "Author": "А. Умаров; Б. Раҳимов", "Subject": "Синфи 7"}
    found = bench.inspect(Kind.PDF, bench.put(_document(said=said, outline="Боби 1"), "a.pdf"))
    assert found.metadata.title == "Ҷабр"
    assert found.metadata.authors == ("А. Умаров", "Б. Раҳимов")
    assert found.metadata.description == "Синфи 7"
    details = found.details
    assert (details.pages, details.width, details.height) == (2, 400, 300)
    assert details.contents == (("Боби 1", "2"),)
    assert found.warnings == ("no-text",)


@pytest.mark.parametrize("title", ["", "Microsoft Word - ҷабр_7.doc", "Untitled-1", "algebra.indd"])
def test_a_title_that_a_program_made_up_is_not_used(title: str, bench: Bench) -> None:
    name = bench.put(_document(said={"Title": title}), "Алгебра_7.pdf")
    assert bench.inspect(Kind.PDF, name).metadata.title == "Алгебра 7"


def test_a_document_that_only_forbids_changes_is_taken(bench: Bench) -> None:
    name = bench.put(_document(password="owner"), "a.pdf")
    assert bench.inspect(Kind.PDF, name).details.pages == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello", "not-what-name-says"),
        (_document(pages=40)[:-300], "cut-short"),
        (b"%PDF-1.4\n" + b"junk\n" * 50 + b"%%EOF\n", "damaged"),
        (_document(pages=0), "damaged"),
    ],
)
def test_a_bad_document_is_refused(content: bytes, code: str, bench: Bench) -> None:
    assert bench.refusal(Kind.PDF, bench.put(content, "a.pdf")).code == code
