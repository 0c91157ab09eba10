# SPDX-License-Identifier: GPL-3.0-or-later
"""Captions in, clean WebVTT out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.content.inspect.captions import Cue, as_webvtt, decode_text, parse_captions
from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.sounds import wave_file

SUBRIP = """1
00:00:01,000 --> 00:00:02,500
<i>Привет</i> &amp; {\\an8}мир

2
00:00:02,600 --> 00:00:04,000
Вторая
строка
"""
WEBVTT = """WEBVTT - a title

STYLE
::cue { color: red }

NOTE 00:00:01.000 --> is no timing here

intro
00:01.000 --> 00:02.500 line:0 position:20%
<v Рӯдакӣ>Салом & <script>alert(1)</script>ҷаҳон

01:00:00.000 --> 01:00:01.000
<00:00.500><c.red>дер</c>
"""
TAJIK = "Ҳар кӣ н-омӯхт аз гузашти рӯзгор, низ н-омӯзад зи ҳеҷ омӯзгор. "


def test_subrip_is_read() -> None:
    assert parse_captions(SUBRIP) == [
        Cue(1.0, 2.5, ("Привет & мир",)),
        Cue(2.6, 4.0, ("Вторая", "строка")),
    ]


def test_webvtt_is_read_without_styles_tags_and_scripts() -> None:
    assert parse_captions(WEBVTT) == [
        Cue(1.0, 2.5, ("Салом & ҷаҳон",)),
        Cue(3600.0, 3601.0, ("дер",)),
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_are_read(ending: str) -> None:
    assert len(parse_captions(SUBRIP.replace("\n", ending))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_usual_encodings_are_read(encoding: str) -> None:
    assert "Вторая" in decode_text(SUBRIP.encode(encoding))


def test_what_is_written_is_clean() -> None:
    written = as_webvtt([Cue(1.0, 3661.25, ("a < b & c --> d",))])
    assert written == ("WEBVTT\n\n00:00:01.000 --> 01:01:01.250\na &lt; b &amp; c --&gt; d\n")


@pytest.mark.parametrize("text", ["", "no captions", "00:00:05,000 --> 00:00:01,000\nbackwards"])
def test_what_are_no_captions_gives_none(text: str) -> None:
    assert parse_captions(text) == []


@given(st.text())
def test_any_text_gives_cues_that_come_back_the_same(text: str) -> None:
    cues = parse_captions(f"00:00:01,000 --> 00:00:02,000\n{text}")
    assert parse_captions(as_webvtt(cues)) == cues or "&" in text


def test_each_language_gets_its_file_and_its_words_are_found(bench: Bench) -> None:
    sound = bench.put(wave_file(seconds=2), "film.wav")
    russian = bench.put(SUBRIP.encode("cp1251"), "film.ru.srt")
    nameless = bench.put(SUBRIP.replace("Вторая", TAJIK * 5).encode(), "film.srt")
    broken = bench.put(b"\x00\x01", "film.en.vtt")
    found = bench.inspect(Kind.AUDIO, sound, companions=(russian, nameless, broken))
    assert found.details.captions == ("ru", "tg")
    assert found.warnings == ("captions-unreadable",)
    written = (bench.folder / "captions" / "ru.vtt").read_text("utf-8")
    assert written.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nПривет &amp; мир\n")
    first = bench.passages()[0]
    assert (first.place, first.text) == ("1", "Привет & мир Вторая строка")
