# SPDX-License-Identifier: GPL-3.0-or-later
"""Drum beats to count, synthesised: a low tone that falls and dies away."""

import math
import wave
from array import array
from pathlib import Path

RATE = 11025
BETWEEN = 0.62  # seconds from one beat to the next
LOUDNESS = 24000


def write_beats(file: Path, count: int) -> None:
    """Write a mono WAV of this many beats."""
    one = [_sample(place / RATE) for place in range(int(BETWEEN * RATE))]
    sound = array("h", one * count)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())


def _sample(seconds: float) -> int:
    """The drum this long after it was struck."""
    tone = math.sin(2 * math.pi * (150 * seconds + 4 * (1 - math.exp(-18 * seconds))))
    return round(LOUDNESS * tone * math.exp(-9 * seconds) * min(1.0, seconds * 200))
