# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue for reading apps, read back by parsers that are not ours."""

import json
from urllib.parse import urljoin

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient

from appliance.content.item import Details, Kind
from tests.functional.portal.shelf import Shelf

ATOM = "{http://www.w3.org/2005/Atom}"
OPDS = "http://opds-spec.org/"


def feed(client: FlaskClient, address: str) -> ElementTree:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type.startswith("application/atom+xml;profile=opds-catalog;kind=")
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed"
    for element in [root, *root.iter(f"{ATOM}entry")]:
        # What RFC 4287 demands of every feed and entry.
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    return root


def link(element: ElementTree, rel: str) -> ElementTree:
    return next(one for one in element.iter(f"{ATOM}link") if one.get("rel") == rel)


def test_a_reading_app_finds_its_way_to_a_book(client: FlaskClient, shelf: Shelf) -> None:
    book = shelf.put(
        "Афсонаҳо & <қиссаҳо>\x01",
        Kind.EPUB,
        files={"files/a.epub": b"12345"},
        authors=("Садриддин Айнӣ", "Дигар"),
        languages=("tg",),
        subject="literature",
        collection="Китобҳо & дигар",
        cover=True,
    )
    root = feed(client, "/opds")
    entries = list(root.iter(f"{ATOM}entry"))
    entry = next(e for e in entries if e.findtext(f"{ATOM}title") == "Китобҳо & дигар")
    target = link(entry, "subsection")
    assert "kind=acquisition" in target.get("type")
    books = feed(client, urljoin("/opds", target.get("href")))
    found = books.find(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}title") == "Афсонаҳо & <қиссаҳо>"
    assert [author.findtext(f"{ATOM}name") for author in found.iter(f"{ATOM}author")] == [
        "Садриддин Айнӣ",
        "Дигар",
    ]
    file = link(found, f"{OPDS}acquisition/open-access")
    assert file.get("type") == "application/epub+zip"
    assert file.get("length") == "5"
    assert client.get(file.get("href")).headers["X-Accel-Redirect"] == (
        f"/_store/{book.id}/files/a.epub"
    )
    picture = client.get(link(found, f"{OPDS}image/thumbnail").get("href"))
    assert picture.mimetype == "image/jpeg"
    stored = shelf.config.cache / picture.headers["X-Accel-Redirect"].removeprefix("/_cache/")
    assert stored.read_bytes().startswith(b"\xff\xd8")


def test_search_is_described_and_finds(client: FlaskClient, shelf: Shelf) -> None:
    shelf.put("Ҳуқуқи инсон", Kind.PDF)
    shelf.put("Дигар", Kind.PDF)
    description = ElementTree.fromstring(client.get("/opds/search.xml").data)
    namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = [url.get("template") for url in description.iter(f"{namespace}Url")]
    books = feed(client, templates[0].replace("{searchTerms}", "хукук"))
    assert [e.findtext(f"{ATOM}title") for e in books.iter(f"{ATOM}entry")] == ["Ҳуқуқи инсон"]


def test_long_lists_have_pages(client: FlaskClient, shelf: Shelf) -> None:
    for number in range(35):
        shelf.put(f"Китоби {number}")
    shelf.put("Пинҳон", hidden=True)
    seen: list[str] = []
    address = "/opds/books?kind=pdf"
    for _ in range(2):
        page = feed(client, address)
        seen += [e.findtext(f"{ATOM}title") for e in page.iter(f"{ATOM}entry")]
        address = next(
            (o.get("href") for o in page.findall(f"{ATOM}link") if o.get("rel") == "next"), ""
        )
    assert address == ""
    assert len(set(seen)) == 35


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_found_and_leads_to_something(
    client: FlaskClient, shelf: Shelf, kind: Kind
) -> None:
    files = {"files/a.bin": b"1"}
    item = shelf.put("Чиз", kind, files=files, details=Details(entry="a"))
    opens = kind in (Kind.COURSE, Kind.QUIZ)
    ways = [one.get("href") for one in feed(client, "/opds").iter(f"{ATOM}link")]
    books = feed(client, urljoin("/opds", next(way for way in ways if f"kind={kind}" in way)))
    (entry,) = books.iter(f"{ATOM}entry")
    had = link(entry, f"{OPDS}acquisition/open-access")
    assert had.get("href") == f"/item/{item.id}/{'read' if opens else 'download'}"
    assert (had.get("type") == "text/html", had.get("length")) == (opens, None if opens else "1")
    answer = json.loads(client.get(f"/opds/v2/books?kind={kind}").data)
    (publication,) = answer["publications"]
    assert answer["metadata"]["numberOfItems"] == 1
    assert publication["links"][0]["href"] == had.get("href")
    assert ("properties" in publication["links"][0]) is not opens


def test_version_two_says_the_same_in_json(client: FlaskClient, shelf: Shelf) -> None:
    shelf.put(
        "Об",
        Kind.VIDEO,
        files={"files/a.mp4": b"x"},
        languages=("tg", "ru"),
        authors=("А",),
        details=Details(seconds=12.5),
    )
    root = client.get("/opds/v2")
    assert root.mimetype == "application/opds+json"
    start = json.loads(root.data)
    assert start["metadata"]["title"]
    assert {"self", "start", "search"} <= {one["rel"] for one in start["links"]}
    listed = client.get(next(w["href"] for w in start["navigation"] if "kind=video" in w["href"]))
    (publication,) = json.loads(listed.data)["publications"]
    assert publication["metadata"]["title"] == "Об"
    assert publication["metadata"]["language"] == ["tg", "ru"]
    assert publication["metadata"]["duration"] == 12.5
    assert publication["links"][0]["type"] == "video/mp4"
    # OPDS 2.0: at least one image in JPEG, PNG, GIF or AVIF.
    assert publication["images"][0]["type"] == "image/jpeg"
    assert client.get(publication["images"][0]["href"]).status_code == 200


@pytest.mark.parametrize("address", ["/opds", "/opds/books", "/opds/search?q=", "/opds/v2"])
def test_an_empty_shelf_is_a_valid_feed(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    if "v2" in address:
        json.loads(answer.data)
    else:
        feed(client, address)
