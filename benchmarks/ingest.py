# SPDX-License-Identifier: GPL-3.0-or-later
"""A large file onto the shelf, side by side with ``cp`` + ``sync`` + ``sha256sum``.

``python -m benchmarks.ingest [--megabytes 1024] [--rounds 3] [--folder /var/tmp]``

Both sides get the same file of random bytes; the page cache is warm for both. The ratio is of
medians of wall-clock times measured in turns in one run.
"""

import argparse
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.progress import Progress
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from benchmarks.archive import make_archive

MEGABYTE = 1024 * 1024
FILMS = Path(__file__).parent.parent / "sample" / "film"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        makers = {"film": _film, "archive": _archive}
        for name, make in makers.items():
            source = make(Path(folder), options.megabytes * MEGABYTE)
            _compare(name, source, Path(folder), options.rounds)
            source.unlink()


def _compare(name: str, source: Path, folder: Path, rounds: int) -> None:
    ours, theirs = [], []
    for number in range(rounds):
        theirs.append(_seconds(partial(_copy, source, folder / "copy")))
        (folder / "copy").unlink()
        state = folder / f"state{number}"
        ours.append(_seconds(partial(_ingest, source, state)))
        shutil.rmtree(state)
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{name}: ingest {_list(ours)} s, cp+sync+sha256sum {_list(theirs)} s, ratio {ratio:.2f}")


def _film(folder: Path, size: int) -> Path:
    """A real film with a box of random bytes behind it, which players pass over."""
    path = folder / "film.mp4"
    shutil.copyfile(next(FILMS.glob("*.mp4")), path)
    with path.open("ab") as film:
        film.write(struct.pack(">I4sQ", 1, b"free", size + 16))
        _fill(film.write, size)
    return path


def _archive(folder: Path, size: int) -> Path:
    """A ZIM of random pictures, so that nothing in it can be compressed away."""
    path = folder / "archive.zim"
    pictures = {str(number): os.urandom(_ENTRY) for number in range(size // _ENTRY)}
    make_archive(path, {"main": b"<h1>main</h1>", **pictures}, picture_entries=True)
    return path


_ENTRY = 4 * MEGABYTE


def _fill(write: Callable[[bytes], object], size: int) -> None:
    for _ in range(size // MEGABYTE):
        write(os.urandom(MEGABYTE))


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", source, target], check=True)
    subprocess.run(["sync"], check=True)
    subprocess.run(["sha256sum", target], check=True, stdout=subprocess.DEVNULL)


def _ingest(source: Path, state: Path) -> None:
    """As ``chashma ingest`` does it, without the start of the interpreter."""
    shelf = Shelf(Config(state=state))
    (result,) = ingest(list(discover([source])), shelf, Progress())
    if result.status is not Status.INSTALLED:
        sys.exit(f"not installed: {result}")


def _seconds(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _list(values: list[float]) -> str:
    return "/".join(f"{value:.2f}" for value in values)


if __name__ == "__main__":
    main()
