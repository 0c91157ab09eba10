# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures."""

import io

import pytest
from PIL import Image

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture

ORIENTATION = 0x0112


def _cover(bench: Bench) -> Image.Image:
    cover = Image.open(bench.folder / "cover.webp")
    cover.load()
    return cover


def test_an_album_counts_its_pictures_and_shows_the_first(bench: Bench) -> None:
    names = [
        bench.put(picture((800, 600), "JPEG", "#ff0000"), "1.jpg"),
        bench.put(picture((10, 10), "PNG"), "2.png"),
        bench.put(picture((10, 10), "WEBP"), "3.webp"),
        bench.put(picture((10, 10), "GIF"), "4.gif"),
    ]
    found = bench.inspect(Kind.ALBUM, *names)
    assert (found.details.pages, found.details.width, found.details.height) == (4, 800, 600)
    assert found.warnings == ()
    cover = _cover(bench)
    assert cover.size == (400, 300)
    assert cover.convert("RGB").getpixel((200, 150))[0] > 200


def test_a_cover_stands_upright(bench: Bench) -> None:
    data = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    Image.new("RGB", (800, 600)).save(data, "JPEG", exif=exif)
    bench.inspect(Kind.ALBUM, bench.put(data.getvalue(), "a.jpg"))
    cover = _cover(bench)
    assert cover.height > cover.width


def test_a_picture_of_the_same_name_becomes_the_cover(bench: Bench) -> None:
    book = bench.put(picture((300, 300), "PNG", "#ff0000"), "a.png")
    own = bench.put(picture((300, 300), "PNG", "#0000ff"), "cover.png")
    bench.inspect(Kind.ALBUM, book, companions=(own,))
    assert _cover(bench).convert("RGB").getpixel((9, 9))[2] > 200


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.png", b"", "empty"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-what-name-says"),
        ("a.png", picture(kind="JPEG"), "not-what-name-says"),
        ("a.jpg", picture((300, 300), "JPEG")[:-200], "cut-short"),
        ("a.png", picture((300, 300), "PNG")[:-40], "cut-short"),
        ("a.png", picture((8000, 8000), "PNG"), "too-large-picture"),
        ("a.jpg", b"\xff\xd8\xff" + b"\x00" * 500, "not-what-name-says"),
    ],
)
def test_a_bad_picture_is_refused(name: str, content: bytes, code: str, bench: Bench) -> None:
    assert bench.refusal(Kind.ALBUM, bench.put(content, name)).code == code


def test_a_bad_picture_among_good_ones_is_left_out(bench: Bench) -> None:
    names = [bench.put(b"nothing", "1.png"), bench.put(picture(), "2.png")]
    found = bench.inspect(Kind.ALBUM, *names)
    assert found.details.pages == 1
    assert found.warnings == ("picture-skipped",)
    assert not (bench.folder / "files" / "1.png").exists()
