# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that the box speaks: in pieces, each made once, and nothing but text reaches a tool."""

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from appliance.content import voice
from appliance.content.voice import MOST_LETTERS, VoiceError, Voices, pieces
from appliance.process import ToolFailedError

ITEM = "a" * 16

needs_tools = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("lame")),
    reason="espeak-ng or lame is not installed (tools/system-packages run)",
)


def length(cache: Path, path: str) -> float:
    """Seconds of a sound."""
    return float(MP3(io.BytesIO((cache / path).read_bytes())).info.length)


@needs_tools
@pytest.mark.parametrize(
    ("language", "text"), [("ru", "Откуда берётся вода?"), ("en", "Where does water come from?")]
)
def test_a_sentence_becomes_a_small_sound(tmp_path: Path, language: str, text: str) -> None:
    path = Voices(tmp_path).sound(ITEM, language, text)
    assert path.startswith(f"voice/{ITEM}/")
    assert path.endswith(".mp3")
    assert 0.8 < length(tmp_path, path) < 6
    assert (tmp_path / path).stat().st_size < 30_000


@needs_tools
@pytest.mark.parametrize(
    "text",
    [
        "-h",
        "--voices",
        "[[bad",
        "<speak><break time='9s'/>x</speak>",
        "\0x",
        "a\ud800b",
        "$(id) `id`",
    ],
)
def test_no_text_is_more_than_text(tmp_path: Path, text: str) -> None:
    try:
        path = Voices(tmp_path).sound(ITEM, "en", pieces(text)[0])
    except VoiceError:
        return
    assert 0 < length(tmp_path, path) < 10


@needs_tools
def test_it_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = Voices(tmp_path)
    first = voices.sound(ITEM, "ru", "Об")
    monkeypatch.setattr(voice, "_spoken", lambda *_: pytest.fail("made again"))
    assert voices.sound(ITEM, "ru", "Об") == first


def test_without_the_tools_the_box_speaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "_tools_are_there", lambda: False)
    assert Voices(tmp_path).languages == frozenset()
    with pytest.raises(VoiceError):
        Voices(tmp_path).sound(ITEM, "ru", "Вода")


@pytest.mark.parametrize(
    ("language", "text"), [("tg", "Об"), ("../ru", "x"), ("ru", " "), ("en", "x" * 401)]
)
def test_what_cannot_be_spoken_reaches_no_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, text: str
) -> None:
    monkeypatch.setattr(voice, "_tools_are_there", lambda: True)
    monkeypatch.setattr(voice, "run_limited", lambda *_, **__: pytest.fail("it ran"))
    with pytest.raises(VoiceError):
        Voices(tmp_path).sound(ITEM, language, text)


def test_a_tool_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ToolFailedError("espeak-ng", 1, "no")

    monkeypatch.setattr(voice, "_tools_are_there", lambda: True)
    monkeypatch.setattr(voice, "run_limited", failing)
    with pytest.raises(VoiceError):
        Voices(tmp_path).sound(ITEM, "ru", "Вода")
    assert not list(tmp_path.rglob("*.mp3"))


def test_sentences_stay_whole_where_they_fit() -> None:
    one, two = "Обдан " * 40 + "як.", "Обдан " * 40 + "ду."
    assert pieces(f"{one} {two}") == (one, two)
    assert pieces("Як. Ду? Се!") == ("Як. Ду? Се!",)
    assert pieces("— … [[1]] 2") == ("— … 1 2",)
    assert pieces("… — !") == ()


@given(st.text(max_size=3000))
def test_no_word_is_lost_and_no_piece_too_long(text: str) -> None:
    found = pieces(text)
    assert all(0 < len(piece) <= MOST_LETTERS for piece in found)
    plain = text.replace("[[", " ").replace("]]", " ")
    spoken = "".join("".join(found).split())
    assert [c for c in spoken if c.isalnum()] == [c for c in plain if c.isalnum()]
