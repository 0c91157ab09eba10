# SPDX-License-Identifier: GPL-3.0-or-later
"""A signed pack onto the shelf, side by side with ``cp -r`` + ``sync`` + ``sha256sum``.

``python -m benchmarks.packs [--megabytes 2048] [--small 2000] [--rounds 3] [--folder /var/tmp]``

The pack has three large films that weigh as much as asked, and small sounds. Both sides get
the same files in one run, in turns, with a warm page cache. Nothing is deleted meanwhile: for a
minute ext4 looks at each inode that was, whenever it needs one. The memory is the highest that the
installing process (not the inspection child, which has limits of its own) ever had, by the kernel's
count (``VmHWM``). ``--many`` measures besides how the time grows with so many small files: a tenth
of them, then all.
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
import wave
from pathlib import Path

from appliance.config import Config
from appliance.content.install import Wanted, install
from appliance.content.pack.pack import read_pack
from appliance.content.pack.verify import Standing, verify_pack
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.content.progress import Progress
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from tests.pack_maker import Entry, make_pack, trusted

MEGABYTE = 1024 * 1024
FILMS = Path(__file__).parent.parent / "sample" / "film"
_LARGE = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2048)
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    parser.add_argument("--install", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.install:
        _install(*options.install)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        _compare(Path(name), options.megabytes * MEGABYTE, options.small, options.rounds)
        if options.many:
            _grow(Path(name), options.many)


def _compare(folder: Path, size: int, small: int, rounds: int) -> None:
    pack = _pack(folder, "pack", size, small)
    ours, theirs, memory = [], [], []
    for number in range(rounds):
        theirs.append(_copied(pack, folder / f"copy{number}"))
        _give_back(folder / f"copy{number}")
        seconds, peak = _installed(pack, folder / f"state{number}")
        _give_back(folder / f"state{number}")
        ours.append(seconds)
        memory.append(peak)
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{_LARGE} large, {small} small, {size // MEGABYTE} MB")
    print(f"install {_list(ours)} s, cp -r + sync + sha256sum {_list(theirs)} s, ratio {ratio:.2f}")
    print(f"memory at most {max(memory) / 1024:.0f} MB")
    shutil.rmtree(pack)


def _give_back(folder: Path) -> None:
    """Memory that a virtual machine gets from its host for the first time costs more than copying.

    So that of one copy is there again for the next.
    """
    for path in folder.rglob("*.mp4"):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def _grow(folder: Path, many: int) -> None:
    """The time for each small file must not grow with their number."""
    each = []
    for count in (many // 10, many):
        pack = _pack(folder, f"many{count}", 0, count)
        seconds, peak = _installed(pack, folder / "many")
        each.append(seconds / count)
        print(f"{count} small: {seconds:.1f} s, {seconds / count * 1000:.2f} ms each,", end=" ")
        print(f"memory at most {peak / 1024:.0f} MB")
        shutil.rmtree(folder / "many")
        shutil.rmtree(pack)
    print(f"each takes {each[1] / each[0]:.2f} times as long among ten times as many")


def _pack(folder: Path, name: str, size: int, small: int) -> Path:
    source = folder / "source"
    (folder / name).mkdir()
    source.mkdir()
    entries = [Entry(f"s{n}", {f"s{n}.wav": _sound(source, n)}, title=f"{n}") for n in range(small)]
    films = range(_LARGE if size else 0)
    entries += [Entry(f"f{n}", {f"f{n}.mp4": _film(source, n, size // _LARGE)}) for n in films]
    pack = make_pack(folder / name, entries)
    shutil.rmtree(source)
    return pack


def _sound(folder: Path, number: int) -> Path:
    path = folder / f"s{number}.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(struct.pack("<I", number) * 400)
    return path


def _film(folder: Path, number: int, size: int) -> Path:
    """A real film with a box of random bytes behind it, which players pass over."""
    path = folder / f"f{number}.mp4"
    blocks = max(1, size // MEGABYTE)
    shutil.copyfile(next(FILMS.glob("*.mp4")), path)
    with path.open("ab") as film:
        film.write(struct.pack(">I4sQ", 1, b"free", blocks * MEGABYTE + 16))
        for _ in range(blocks):
            film.write(os.urandom(MEGABYTE))
    return path


def _copied(pack: Path, target: Path) -> float:
    begun = time.monotonic()
    subprocess.run(["cp", "-r", pack, target], check=True)
    subprocess.run(["sync"], check=True)
    hashing = ["find", str(target), "-type", "f", "-exec", "sha256sum", "{}", "+"]
    subprocess.run(hashing, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def _installed(pack: Path, state: Path) -> tuple[float, int]:
    """Seconds, and KiB at most: both as the installing process saw them."""
    argv = [sys.executable, "-m", "benchmarks.packs", "--install", str(state), str(pack)]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory)


def _install(state: Path, pack: Path) -> None:
    """As the worker does it, from the reading of the pack on."""
    shelf = Shelf(Config(state=state))
    begun = time.monotonic()
    policy = StickPolicy(keys=(TrustedKey(trusted()),))
    verified = verify_pack(read_pack(pack), policy, None)
    if verified.standing is not Standing.TRUSTED:
        sys.exit("not trusted")
    for result in install(verified, Wanted(), shelf, Progress()):
        if result.status is not Status.INSTALLED:
            sys.exit(f"not installed: {result}")
    print(time.monotonic() - begun, _peak())


def _peak() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _list(values: list[float]) -> str:
    return "/".join(f"{value:.2f}" for value in values)


if __name__ == "__main__":
    main()
