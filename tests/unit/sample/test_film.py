# SPDX-License-Identifier: GPL-3.0-or-later
"""The film, its captions and its music."""

import re
import wave
from pathlib import Path

import mutagen
import pytest

from sample.film import __main__ as maker
from sample.film.music import RATE, write_melody
from sample.film.panorama import HEIGHT
from sample.film.scene import SECONDS, WIDTH, frame

FOLDER = Path(maker.__file__).parent
CAPTIONS = ("film.tg.vtt", "film.ru.vtt", "film.en.srt")
_TIME = re.compile(r"(\d+):(\d\d):(\d\d)[.,](\d{3})")


def cues(name: str) -> list[tuple[float, float]]:
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if "-->" in line:
            start, end = (
                int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000
                for h, m, s, ms in _TIME.findall(line)
            )
            found.append((start, end))
    return found


@pytest.mark.parametrize("name", CAPTIONS)
def test_captions_follow_each_other_and_end_before_the_film(name: str) -> None:
    edges = [second for cue in cues(name) for second in cue]
    assert len(edges) > 20
    assert edges == sorted(edges)
    assert edges[-1] < SECONDS


def test_captions_of_all_languages_come_at_the_same_moments() -> None:
    assert cues("film.tg.vtt") == cues("film.ru.vtt") == cues("film.en.srt")


@pytest.mark.parametrize("name", CAPTIONS)
def test_caption_lines_fit_a_phone(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 48


def test_the_film_and_the_melody_are_small_and_as_long_as_they_should_be() -> None:
    film, melody = FOLDER / "film.mp4", FOLDER / "melody.mp3"
    assert film.stat().st_size < 1024 * 1024
    assert melody.stat().st_size < 512 * 1024
    assert mutagen.File(film).info.length == pytest.approx(SECONDS, abs=0.2)
    assert mutagen.File(melody).info.length == pytest.approx(maker.MELODY_SECONDS, abs=0.2)
    assert mutagen.File(film).info.codec.startswith("mp4a")


def test_the_film_moves_from_white_to_white() -> None:
    first, middle, last = frame(0), frame(12), frame(SECONDS)
    assert first.size == (WIDTH, HEIGHT)
    assert first.getextrema() == last.getextrema() == ((255, 255),) * 3
    assert middle.getextrema() != first.getextrema()


def test_the_melody_sounds(tmp_path: Path) -> None:
    write_melody(tmp_path / "melody.wav", 3)
    with wave.open(str(tmp_path / "melody.wav")) as sound:
        assert sound.getnframes() == 3 * RATE
        frames = sound.readframes(RATE)
    assert max(frames) > 0
