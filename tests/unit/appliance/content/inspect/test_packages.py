# SPDX-License-Identifier: GPL-3.0-or-later
"""Books and web pages made for one question each."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="O/p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="2.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>&lt;script&gt;alert(1)&lt;/script&gt;Алифбо</dc:title>
<dc:creator>С. Айнӣ</dc:creator><dc:language>tgk</dc:language><dc:date>1926-01-01</dc:date>
<dc:description>&lt;p&gt;Барои &lt;b&gt;хурдсолон&lt;/b&gt;&lt;/p&gt;</dc:description></metadata>
<manifest><item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="n"><itemref idref="a"/><itemref idref="missing"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>
<navLabel><text>Боби як</text></navLabel><content src="a%20b.xhtml#x"/></navPoint></navMap></ncx>"""
CHAPTER = "<html><body><p>Салом, ҷаҳон!</p></body></html>"
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "O/p.opf": PACKAGE,
    "O/n.ncx": NCX,
    "O/a b.xhtml": CHAPTER,
}
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/>
</EncryptedData></encryption>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<container><rootfiles><rootfile full-path="O/p.opf"/>&b;</rootfiles></container>"""


def _packed(bench: Bench, name: str, members: Mapping[str, str]) -> str:
    files = bench.folder / "files"
    files.mkdir(exist_ok=True)
    with zipfile.ZipFile(files / name, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return name


def test_a_book_says_what_it_is_in_plain_words(bench: Bench) -> None:
    found = bench.inspect(Kind.EPUB, _packed(bench, "a.epub", BOOK))
    said = found.metadata
    assert (said.title, said.authors, said.languages) == ("Алифбо", ("С. Айнӣ",), ("tg",))
    assert (said.date, said.description) == ("1926-01-01", "Барои хурдсолон")
    assert found.details.contents == (("Боби як", "O/a b.xhtml#x"),)
    assert [(p.place, p.title, p.text) for p in bench.passages()] == [
        ("O/a b.xhtml", "Боби як", "Салом, ҷаҳон!")
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"mimetype": "application/zip"}, "not-what-name-says"),
        ({"META-INF/container.xml": BOMB}, "damaged"),
        ({"META-INF/container.xml": "<container"}, "damaged"),
        ({"META-INF/container.xml": CONTAINER.replace("p.opf", "q.opf")}, "damaged"),
        ({"O/p.opf": PACKAGE.replace('idref="a"', 'idref="b"')}, "no-text-or-pages"),
        ({"O/p.opf": PACKAGE.replace("a%20b", "../../etc/passwd")}, "no-text-or-pages"),
        ({"META-INF/encryption.xml": ENCRYPTION.format("http://x/aes128")}, "drm"),
    ],
)
def test_a_bad_book_is_refused(changed: dict[str, str], code: str, bench: Bench) -> None:
    name = _packed(bench, "a.epub", BOOK | changed)
    assert bench.refusal(Kind.EPUB, name).code == code


def test_scrambled_fonts_lock_no_book(bench: Bench) -> None:
    fonts = ENCRYPTION.format("http://www.idpf.org/2008/embedding")
    name = _packed(bench, "a.epub", BOOK | {"META-INF/encryption.xml": fonts})
    assert bench.inspect(Kind.EPUB, name).details.pages == 1


@pytest.mark.parametrize(
    ("members", "entry"),
    [
        ({"index.html": "<title>A</title>"}, "index.html"),
        ({"site/INDEX.HTM": "<title>A</title>", "site/a.css": ""}, "site/INDEX.HTM"),
    ],
)
def test_web_pages_begin_at_their_index(members: dict[str, str], entry: str, bench: Bench) -> None:
    found = bench.inspect(Kind.HTML, _packed(bench, "a.zip", members))
    assert (found.details.entry, found.metadata.title) == (entry, "A")
    assert (bench.folder / "pages" / entry).is_file()


@pytest.mark.parametrize(
    "members",
    [
        {"page.html": ""},
        {"a/index.html": "", "b/index.html": ""},
        {"a/b/index.html": ""},
        {"imsmanifest.xml": "<manifest/>"},
    ],
)
def test_web_pages_without_a_beginning_are_refused(members: dict[str, str], bench: Bench) -> None:
    assert bench.refusal(Kind.HTML, _packed(bench, "a.zip", members)).code == "no-start-page"


def test_programs_for_servers_and_hidden_files_stay_packed(bench: Bench) -> None:
    members = dict.fromkeys(["index.html", "a.php", "b.exe", ".htaccess", ".git/a.js", "a.js"], "")
    bench.inspect(Kind.HTML, _packed(bench, "a.zip", members))
    pages = bench.folder / "pages"
    unpacked = {str(path.relative_to(pages)) for path in pages.rglob("*") if path.is_file()}
    assert unpacked == {"index.html", "a.js"}


def test_the_title_of_last_resort_is_the_name(bench: Bench) -> None:
    found = bench.inspect(Kind.HTML, _packed(bench, "Дарси_аввал.zip", {"index.html": "<p>x"}))
    assert found.metadata.title == "Дарси аввал"
    assert Path(found.cover).name == "cover.png"
