# SPDX-License-Identifier: GPL-3.0-or-later
"""A small melody of our own for plucked strings, synthesised after Karplus and Strong (1983)."""

import random
import wave
from array import array
from pathlib import Path

RATE = 44100
BEAT = 0.3
NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# Bars of six beats: note and beats; "-" is a rest. Two phrases that answer each other.
CALL = "A3 2 C4 1 E4 2 D4 1 C4 2 B3 1 A3 3"
ANSWER = "E4 2 F4 1 G4 2 E4 1 F4 1 E4 1 D4 1 E4 3"
RISE = "A4 2 G4 1 E4 2 F4 1 E4 2 D4 1 C4 3"
FALL = "D4 2 E4 1 C4 2 B3 1 A3 5 - 1"
TUNE = " ".join((CALL, ANSWER, RISE, FALL, CALL, ANSWER, RISE, FALL))
BASS_BAR = (
    "A2 2 E3 1 A3 2 E3 1 ",
    "G2 2 D3 1 G3 2 D3 1 ",
    "F2 2 C3 1 F3 2 C3 1 ",
    "A2 2 E3 1 A3 3 ",
)
BASS = "".join(BASS_BAR) * 4


def write_melody(file: Path, seconds: float) -> None:
    """Write the melody as a mono WAV of this length; it fades out over its last two seconds."""
    samples = [0.0] * int(seconds * RATE)
    for score, loudness, start in ((BASS, 0.35, 0.0), (TUNE, 0.6, 12 * BEAT)):
        _play(samples, score, loudness, start)
    fade = 2 * RATE
    for place in range(len(samples) - fade, len(samples)):
        samples[place] *= (len(samples) - place) / fade
    peak = max(map(abs, samples))
    sound = array("h", (int(sample / peak * 26000) for sample in samples))
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())


def _play(samples: list[float], score: str, loudness: float, start: float) -> None:
    """Add a score to the samples, again and again until they end."""
    words = score.split()
    when = start
    while when < len(samples) / RATE:
        for note, beats in zip(words[::2], words[1::2], strict=True):
            first = int(when * RATE)
            if note != "-" and first < len(samples):
                _pluck(samples, first, _pitch(note), int(beats) * BEAT + 0.9, loudness)
            when += int(beats) * BEAT


def _pitch(note: str) -> float:
    """Hertz of a note such as ``A4`` (440)."""
    return float(440 * 2 ** ((NOTES[note[:-1]] - NOTES["A"]) / 12 + int(note[-1]) - 4))


def _pluck(samples: list[float], first: int, pitch: float, seconds: float, loudness: float) -> None:
    """A string: noise that runs round a loop as long as one wave and is softened at each turn."""
    # The softening delays by half a sample.
    noise = random.Random(int(pitch))  # noqa: S311 sound, not secrets; the same every time
    loop = [noise.uniform(-1, 1) for _ in range(round(RATE / pitch - 0.5))]
    loop = [(a + b) / 2 for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)]
    last = min(len(samples), first + int(seconds * RATE))
    place = 0
    for target in range(first, last):
        following = (place + 1) % len(loop)
        value = loop[place]
        loop[place] = 0.4985 * (value + loop[following])
        # The last tenth of a second dies away, so that no note ends in a click.
        samples[target] += value * loudness * min(1.0, (last - target) / (RATE * 0.1))
        place = following
