# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds: what they say becomes publications, what they lie about is refused."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from appliance.content.item import Audience, Metadata
from appliance.content.pack.pack import read_pack
from appliance.content.pack.publication import Publication
from tests.pack_maker import OPEN_ACCESS, TERMS, Entry, Lies, book, make_pack
from tests.unit.appliance.content.pack.refusal import read_whole, refused

_CONTENT = b"%PDF-1.4 not much of a book\n"
_SHA256 = hashlib.sha256(_CONTENT).hexdigest()


def _link(**changes: object) -> dict[str, object]:
    properties = {"size": len(_CONTENT), "sha256": _SHA256}
    link = {"href": "items/0001/light.pdf", "rel": OPEN_ACCESS, "properties": properties}
    return {**link, **changes}


def _entry(**changes: object) -> dict[str, object]:
    metadata = {"identifier": "urn:chashma:pack:test:a", "title": "A"}
    return {"metadata": metadata, "links": [_link()], **changes}


def _read(tmp_path: Path, *entries: object, **feed: object) -> list[Publication]:
    content = json.dumps({"publications": entries, **feed}).encode()
    return list(read_pack(make_pack(tmp_path, lies=Lies(feed=content))).publications)


def _metadata(tmp_path: Path, **said: object) -> Publication:
    return read_pack(
        make_pack(tmp_path, [Entry("a", {"a.pdf": b"a"}, metadata=said)])
    ).publications[0]


def test_metadata_are_those_of_the_shelf(tmp_path: Path) -> None:
    publication = _metadata(
        tmp_path,
        title={"ru": "Свет", "tg": "Рӯшноӣ", "en-GB": "Light"},
        language=["tgk", "ru-RU"],
        author=["Лоиқ", {"name": {"tg": "Айнӣ", "ru": "Айни"}}, "Лоиқ"],
        description="two\nlines",
        published="2024-05-06T07:08:09Z",
        subject=[{"name": "Физика", "code": "physics"}],
        **{f"{TERMS}grades": [7, 5, 99, -1], f"{TERMS}audiences": ["pupil", "nobody"]},
        **{f"{TERMS}collection": "Ҳафтаи илм"},
    )
    assert publication.titles == {"ru": "Свет", "tg": "Рӯшноӣ", "en": "Light"}
    assert publication.metadata == Metadata(
        title="Рӯшноӣ",
        description="two lines",
        authors=("Лоиқ", "Айнӣ"),
        languages=("tg", "ru"),
        date="2024-05-06",
        subject="physics",
        grades=(5, 7),
        audiences=(Audience.PUPIL,),
        collection="Ҳафтаи илм",
    )


def test_metadata_are_plain_text(tmp_path: Path) -> None:
    publication = _metadata(tmp_path, title="<b>\u202eA</b>\x1b[2J & x<y\n", description="д" * 9000)
    assert publication.metadata.title == "<b>A</b>[2J & x<y"
    assert len(publication.metadata.description) == 4000


def test_what_is_not_known_is_passed_over(tmp_path: Path) -> None:
    links = [_link(alternate=[{"deep": {}}]), {"href": "https://example.org", "rel": "self"}]
    entry = _entry(links=links, belongsTo={"series": []})
    assert len(_read(tmp_path, entry, navigation=[1, {}], facets=None)) == 1


def test_publications_are_a_sequence(tmp_path: Path) -> None:
    entries = [book(f"b{number}", str(number).encode()) for number in range(600)]
    publications = read_pack(make_pack(tmp_path, entries)).publications
    assert [len(publications), len(publications[10:20]), len(list(publications))] == [600, 10, 600]
    assert publications[-1].files[0].name == "b599.pdf"
    with pytest.raises(IndexError):
        publications[600]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"null",
        b'{"publications": {}}',
        b'{"publications": [1]}',
        b'{"publications": [',
        b'{"publications": [{"metadata": {"identifier": "\xff"}}]}',
        b'{"publications": ' + b"[" * 200_000,
        b'{"publications": [], "x": ' + b'{"a":' * 200_000,
        b'{"publications": [{"metadata": {"identifier": "a"}, "x": ' + b"[" * 100_000,
        b'{"metadata": {"identifier": "urn:chashma:pack:other"}, "publications": []}',
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, content: bytes) -> None:
    with refused("pack-feed-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(feed=content)))


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": None},
        {"metadata": {}},
        {"metadata": {"identifier": "a"}},
        {"metadata": {"identifier": "urn:chashma:pack:other:a"}},
        {"metadata": {"identifier": "urn:chashma:pack:test:"}},
        {"metadata": {"identifier": "urn:chashma:pack:test:a b"}},
        {"metadata": {"identifier": "urn:chashma:pack:test:" + "a" * 300}},
        {"metadata": {"identifier": "urn:chashma:pack:test:a", "title": 5}},
        {"metadata": {"identifier": "urn:chashma:pack:test:a", "title": {"en": []}}},
        {"links": []},
        {"links": [_link(rel="other")]},
        {"links": [_link(href=5)]},
        {"links": [_link(properties={})]},
        {"links": [_link(properties={"size": "28", "sha256": _SHA256})]},
        {"links": [_link(properties={"size": 28, "sha256": _SHA256, "parts": [None]})]},
        {"images": [_link(properties={})]},
    ],
)
def test_publications_that_are_none_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with refused("pack-feed-wrong"):
        _read(tmp_path, _entry(**changes))


@pytest.mark.parametrize(
    "href",
    [
        "../bagit.txt",
        "items/../../x",
        "items/%2e%2e/%2e%2e/x",
        "/etc/passwd",
        "//host/x",
        "https://example.org/x",
        "file:///etc/passwd",
        "items/0001/light.pdf?x",
        "items/0001/light.pdf#x",
        "items/%00",
        "items/%ff",
        "items\\0001\\light.pdf",
        "",
    ],
)
def test_links_that_leave_the_payload_are_refused(tmp_path: Path, href: str) -> None:
    with refused("unsafe-names"):
        _read(tmp_path, _entry(links=[_link(href=href)]))


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    with refused("pack-file-missing"):
        _read(tmp_path, _entry(links=[_link(href="items/0001/other.pdf")]))


@pytest.mark.parametrize(
    "properties",
    [
        {"size": 27, "sha256": _SHA256},
        {"size": -1, "sha256": _SHA256},
        {"size": len(_CONTENT), "sha256": "0" * 64},
        {"size": len(_CONTENT), "sha256": ""},
        {"size": len(_CONTENT), "sha256": _SHA256.upper()},
    ],
)
def test_a_feed_that_lies_about_a_file_is_refused(
    tmp_path: Path, properties: dict[str, object]
) -> None:
    with refused("pack-feed-disagrees"):
        _read(tmp_path, _entry(links=[_link(properties=properties)]))


def test_a_file_in_two_publications_is_refused(tmp_path: Path) -> None:
    other = _entry(metadata={"identifier": "urn:chashma:pack:test:b"})
    with refused("pack-file-twice"):
        _read(tmp_path, _entry(), other)
    (tmp_path / "2").mkdir()
    with refused("pack-file-twice"):
        _read(tmp_path / "2", _entry(links=[_link(), _link()]))


def test_an_identifier_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with refused("pack-feed-wrong"):
        _read(tmp_path, _entry(), _entry())


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    properties = {"size": 28, "sha256": _SHA256, "parts": ["items/0001/light.pdf"] * 1000}
    with refused("pack-feed-wrong"):
        _read(tmp_path, _entry(links=[_link(properties=properties)]))


def test_a_split_file_whose_whole_is_another_is_found(tmp_path: Path) -> None:
    path = make_pack(tmp_path, [Entry("a", {"a.pdf": b"x" * 100}, part=40)])
    feed = (path / "data/catalog.json").read_bytes()
    whole = hashlib.sha256(b"x" * 100).hexdigest().encode()
    (tmp_path / "lie").mkdir()
    lies = Lies(feed=feed.replace(whole, b"0" * 64))
    entry = Entry("a", {"a.pdf": b"x" * 100}, part=40)
    pack = make_pack(tmp_path / "lie", [entry], lies=lies)
    with refused("pack-file-damaged"):
        read_whole(pack)
