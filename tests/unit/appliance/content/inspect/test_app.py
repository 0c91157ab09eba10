# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs for Android."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from PIL import Image

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench

MANIFEST = b"\x03\x00\x08\x00" + bytes(64)
PROGRAM = {"AndroidManifest.xml": MANIFEST, "classes.dex": b"dex\n035\0"}


def packed(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def icon(size: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (size, size), (200, 40, 40)).save(made, "PNG")
    return made.getvalue()


def test_a_program_is_called_as_its_file_and_has_its_largest_icon(bench: Bench) -> None:
    members = {
        **PROGRAM,
        "res/mipmap-mdpi/ic_launcher.png": icon(48),
        "res/mipmap-xxxhdpi/ic_launcher.png": icon(192),
    }
    found = bench.inspect(Kind.APP, bench.put(packed(members), "Kiwix_3.11.apk"))
    assert found.metadata.title == "Kiwix 3.11"
    with Image.open(bench.folder / found.cover) as cover:
        assert cover.size == (192, 192)
        red, green, _ = cover.convert("RGB").getpixel((96, 96))
        assert red > 150 > green


def test_resources_may_differ_in_case_alone(bench: Bench) -> None:
    members = {**PROGRAM, "res/aA.xml": b"1", "res/Aa.xml": b"2"}
    assert bench.inspect(Kind.APP, bench.put(packed(members), "a.apk")).cover


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"classes.dex": b"x"}), "not-what-name-says"),
        (packed({"AndroidManifest.xml": MANIFEST}), "not-what-name-says"),
        (packed({**PROGRAM, "AndroidManifest.xml": b"<manifest/>"}), "not-what-name-says"),
        (packed(PROGRAM)[:-30], "cut-short"),
        (b"MZ" + bytes(100), "not-what-name-says"),
        (packed({**PROGRAM, "../classes2.dex": b"x"}), "unsafe-names"),
        (b"", "empty"),
    ],
    # A zip holds the time of its making, and the tests' names must not.
    ids=["no-manifest", "no-program", "manifest-is-text", "cut", "windows", "outside", "empty"],
)
def test_what_no_phone_could_install_is_refused(bench: Bench, content: bytes, code: str) -> None:
    assert bench.refusal(Kind.APP, bench.put(content, "a.apk")).code == code
