# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the shelf, read on a phone over the box's own Wi-Fi."""

import hashlib
import html
import json
import re
from pathlib import Path

import pytest

from tests.image.box import PORTAL, READ, Box
from tests.image.station import mount_disk
from tests.image.test_b_hotspot import NETWORK

pytestmark = [pytest.mark.root, pytest.mark.image]
_MOUNTED = "/run/sample"


@pytest.fixture(scope="module", autouse=True)
def joined(box: Box) -> None:
    box.phone.join(NETWORK)
    box.phone.lease()


@pytest.fixture(scope="module")
def items(box: Box) -> dict[str, str]:
    """An archive, a film and a book, taken in by the box's own command: kind to id."""
    mount_disk(box.machine, "sample", _MOUNTED)
    files = ("chashma_tg_donishnoma.zim", "Роҳи об.mp4", "Свет.epub")
    box.machine.run("chashma ingest " + " ".join(f"'{_MOUNTED}/{name}'" for name in files))
    answer = box.phone.get(f"http://{PORTAL}/opds/v2/books")
    found = [book["metadata"]["identifier"] for book in json.loads(answer.body)["publications"]]
    assert len(found) == 3
    return {
        kind: identifier.rpartition(":")[2]
        for kind in ("zim", "video", "epub")
        for identifier in _identifiers(box, kind)
    }


def _identifiers(box: Box, kind: str) -> list[str]:
    books = json.loads(box.phone.get(f"http://{PORTAL}/opds/v2/books?kind={kind}").body)
    return [book["metadata"]["identifier"] for book in books["publications"]]


def test_an_article_of_an_archive(box: Box, items: dict[str, str]) -> None:
    page = box.phone.get(f"http://{PORTAL}/item/{items['zim']}/read").body
    framed = html.unescape(re.findall(r'<iframe src="([^"]+)"', page)[0])
    assert framed.startswith(f"http://{READ}/zim/")

    article = box.phone.get(framed, "--location")

    assert article.status == 200
    assert "<h1" in article.body


def test_search_finds_words_inside_an_archive(box: Box, items: dict[str, str]) -> None:
    # "об" is water: the sample archive is about it.
    found = box.phone.get(f"http://{PORTAL}/search?q=%D0%BE%D0%B1&inside={items['zim']}")

    assert found.status == 200
    assert f"/item/{items['zim']}/read" in found.body


def test_a_piece_of_a_film(box: Box, items: dict[str, str], sample: Path) -> None:
    page = box.phone.get(f"http://{PORTAL}/item/{items['video']}/read").body
    source = html.unescape(re.findall(r'<source src="([^"]+)"', page)[0])
    url = source if source.startswith("http") else f"http://{PORTAL}{source}"
    film = next(sample.glob("*.mp4")).read_bytes()

    first, last = 200_000, 299_999
    answer = box.phone.get(url, "--range", f"{first}-{last}")

    assert answer.status == 206
    sent = box.machine.run("sha256sum /run/tools/tmp/body").split()[0]
    assert sent == hashlib.sha256(film[first : last + 1]).hexdigest()


def test_a_book_opens(box: Box, items: dict[str, str]) -> None:
    assert box.phone.get(f"http://{PORTAL}/item/{items['epub']}/read").status == 200
