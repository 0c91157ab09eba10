# SPDX-License-Identifier: GPL-3.0-or-later
"""Film and sound made for one question each."""

import io
import struct
from pathlib import Path

import pytest
from mutagen.id3 import APIC, TIT2
from mutagen.wave import WAVE
from PIL import Image

from appliance.content.inspect import mp4
from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture
from tests.unit.appliance.content.inspect.sounds import wave_file


def _box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def test_sound_brings_its_title_and_its_picture(bench: Bench) -> None:
    name = bench.put(wave_file(seconds=3), "суруди_мо.ru.wav")
    tags = WAVE(bench.folder / "files" / name)
    tags.add_tags()
    tags.tags.add(TIT2(text="Суруд\u202e<b>и</b> мо"))
    tags.tags.add(APIC(mime="image/png", data=picture((300, 300), colour="#ff0000")))
    tags.save()
    found = bench.inspect(Kind.AUDIO, name)
    assert (found.metadata.title, found.metadata.languages) == ("Суруд и мо", ("ru",))
    assert found.details.seconds == 3.0
    with Image.open(bench.folder / "cover.webp") as cover:
        assert cover.convert("RGB").getpixel((9, 9))[0] > 200


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.mp3", b"just words, again and again. " * 50, "not-what-name-says"),
        ("a.mp3", wave_file(seconds=1), "not-what-name-says"),
        ("a.flac", wave_file(seconds=1), "not-what-name-says"),
        ("a.m4a", _box(b"ftyp", b"M4A \0\0\0\0"), "cut-short"),
        ("a.wav", wave_file(seconds=0), "no-sound-or-picture"),
        ("a.ogg", b"OggS" + bytes(100), "not-what-name-says"),
        ("a.ogg", b"", "empty"),
    ],
)
def test_bad_sound_is_refused(name: str, content: bytes, code: str, bench: Bench) -> None:
    assert bench.refusal(Kind.AUDIO, bench.put(content, name)).code == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.mp4", b"\x1aE\xdf\xa3" + bytes(100), "not-what-name-says"),
        ("a.webm", _box(b"ftyp", b"isom\0\0\0\0"), "not-what-name-says"),
        ("a.mp4", _box(b"ftyp", b"isom\0\0\0\0") + _box(b"mdat", bytes(99)), "cut-short"),
        ("a.mp4", _box(b"ftyp", b"isom\0\0\0\0") + _box(b"moov"), "no-sound-or-picture"),
        ("a.webm", b"\x1aE\xdf\xa3" + bytes(100), "no-sound-or-picture"),
    ],
)
def test_a_bad_film_is_refused(name: str, content: bytes, code: str, bench: Bench) -> None:
    assert bench.refusal(Kind.VIDEO, bench.put(content, name)).code == code


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        (_box(b"ftyp") + _box(b"moov") + _box(b"mdat", b"12"), False),
        (_box(b"ftyp") + _box(b"moov") + _box(b"mdat", b"12")[:-1], True),
        (_box(b"ftyp") + _box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"rest", False),
        (_box(b"moov") + struct.pack(">I4sQ", 1, b"mdat", 20) + b"1234", False),
        (_box(b"moov") + struct.pack(">I4sQ", 1, b"mdat", 21) + b"1234", True),
        (_box(b"moov") + struct.pack(">I4s", 1, b"mdat") + b"12", True),
        (_box(b"moov") + struct.pack(">I4s", 3, b"junk"), False),
        (_box(b"ftyp"), True),
    ],
)
def test_the_boxes_tell_whether_all_is_there(content: bytes, cut: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    assert mp4.is_mp4(path)
    assert mp4.is_cut_short(path) is cut


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["ricecooker_low_res_sample.mp4", "ricecooker_low_res_sample.webm"]
)
def test_a_film_of_which_the_end_is_missing_is_cut_short(
    name: str, data: Path, bench: Bench
) -> None:
    raw = (data / "web" / name).read_bytes()
    staged = bench.put(raw[: len(raw) * 3 // 4], name)
    assert bench.refusal(Kind.VIDEO, staged).code == "cut-short"


@pytest.mark.data
def test_a_film_brings_its_captions(data: Path, bench: Bench) -> None:
    film = bench.put(data / "web" / "ricecooker_low_res_sample.mp4", "film.mp4")
    captions = bench.put("1\n00:00:00,100 --> 00:00:00,900\nСалом!\n".encode(), "film.tg.srt")
    cover = bench.put(io.BytesIO(picture((90, 60), "JPEG")).getvalue(), "film.jpg")
    found = bench.inspect(Kind.VIDEO, film, companions=(captions, cover))
    assert found.details.captions == ("tg",)
    assert found.metadata.languages == ("tg",)
    assert [(p.place, p.text) for p in bench.passages()] == [("0", "Салом!")]
