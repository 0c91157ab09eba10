# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives made for one question each."""

from collections.abc import Mapping

import pytest

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.kiwix.archives import make_archive, with_right_checksum

PAGES = {
    "index.html": "<title>Дарс</title><p>Салом, ҷаҳон! Право и школа.</p>",
    "дарс/2.html": "<p>Ҳуқуқ</p>",
}
SAID = {
    "Title": "<img src=x onerror=alert(1)>Дарсҳо",
    "Description": "<b>Барои</b> ҳама\u202e",
    "Creator": "Мактаб &amp; дӯстон",
    "Language": "tgk,rus",
    "Date": "2026-09-01",
    "Name": "darsho_tg",
}


def _archive(
    bench: Bench, metadata: Mapping[str, str] = SAID, pages: Mapping[str, str] = PAGES
) -> str:
    files = bench.folder / "files"
    files.mkdir()
    make_archive(files / "дарсҳои_мо.zim", pages, metadata, main="index.html")
    return "дарсҳои_мо.zim"


def test_an_archive_says_what_it_is_in_plain_words(bench: Bench) -> None:
    found = bench.inspect(Kind.ZIM, _archive(bench))
    said, details = found.metadata, found.details
    assert (said.title, said.description) == ("Дарсҳо", "Барои ҳама")
    assert (said.authors, said.date) == (("Мактаб & дӯстон",), "2026-09-01")
    assert said.languages == ("tg", "ru")
    assert (details.entry, details.articles, details.name) == ("index.html", 2, "darsho_tg")
    assert len(details.uuid) == 36
    assert found.warnings == ()


def test_an_archive_that_says_nothing_is_called_by_its_name(bench: Bench) -> None:
    found = bench.inspect(Kind.ZIM, _archive(bench, {}))
    assert found.metadata.title == "дарсҳои мо"


def test_an_archive_that_needs_a_service_worker_comes_with_a_warning(bench: Bench) -> None:
    found = bench.inspect(Kind.ZIM, _archive(bench, SAID | {"Tags": "webrecorder;_sw:yes"}))
    assert found.warnings == ("service-worker",)


@pytest.mark.parametrize("path", ["../../x.html", "a/../b.html", "a\r\nSet-Cookie: b", "a\x1bb"])
def test_paths_that_could_do_harm_are_refused(path: str, bench: Bench) -> None:
    refusal = bench.refusal(Kind.ZIM, _archive(bench, pages=PAGES | {path: "x"}))
    assert refusal.code == "unsafe-names"
    assert str(refusal.details["path"]).isprintable()


def test_a_damaged_archive_with_a_right_checksum_is_still_found(bench: Bench) -> None:
    name = _archive(bench)
    path = bench.folder / "files" / name
    entry = "дарс/2.html".encode() + b"\0"
    raw = path.read_bytes()
    path.write_bytes(with_right_checksum(raw.replace(entry, b"A" + entry[1:])))
    assert bench.refusal(Kind.ZIM, name).code == "damaged"  # its paths are out of order
