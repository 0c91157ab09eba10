# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m sample.film``: make the film and the melody anew.

Needs ffmpeg, which only whoever changes the film must have.

The two small files that it writes are kept in the tree.
"""

import subprocess
import tempfile
from pathlib import Path

from sample.film.music import write_melody
from sample.film.panorama import HEIGHT
from sample.film.scene import SECONDS, WIDTH, frame
from sample.text import LICENCE

HERE = Path(__file__).parent
FRAMES_A_SECOND = 24
MELODY_SECONDS = 72.0
QUIET = ["ffmpeg", "-y", "-loglevel", "error", "-bitexact"]
OWN = ["-metadata", f"copyright={LICENCE}", "-metadata", "artist=Китобхонаи Чашма"]


def main() -> None:
    """Write ``film.mp4`` (H.264 and AAC, which every phone plays) and ``melody.mp3``."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "melody.wav"
        write_melody(sound, MELODY_SECONDS)
        title = ["-metadata", "title=Оҳанги чашма"]
        encode = ["-codec:a", "libmp3lame", "-b:a", "48k"]
        subprocess.run(
            [*QUIET, "-i", str(sound), *encode, *title, *OWN, str(HERE / "melody.mp3")], check=True
        )
        write_melody(sound, SECONDS)
        _film(sound, HERE / "film.mp4")


def _film(sound: Path, file: Path) -> None:
    pictures = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
    video = ["-codec:v", "libx264", "-profile:v", "main", "-pix_fmt", "yuv420p"]
    quality = ["-crf", "29", "-preset", "veryslow", "-tune", "animation", "-g", "96"]
    audio = ["-codec:a", "aac", "-b:a", "40k", "-shortest"]
    title = ["-metadata", "title=Роҳи об", "-movflags", "+faststart"]
    command = [
        *(*QUIET, *pictures, "-r", str(FRAMES_A_SECOND), "-i", "-", "-i", str(sound)),
        *(*video, *quality, *audio, *title, *OWN, str(file)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin:
            for number in range(int(SECONDS * FRAMES_A_SECOND)):
                encoder.stdin.write(frame(number / FRAMES_A_SECOND).tobytes())
            encoder.stdin.close()
        if encoder.wait() != 0:
            raise subprocess.CalledProcessError(encoder.returncode, command)


if __name__ == "__main__":
    main()
