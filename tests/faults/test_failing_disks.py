# SPDX-License-Identifier: GPL-3.0-or-later
"""Real disks that fail: a stick with sectors that cannot be read, a box that others fill."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.progress import Progress
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from tests.functional.usb.loop import tool
from tests.unit.appliance.content.making import make_sound

pytestmark = pytest.mark.root

_BLOCK = 4096
_FILL = """
import errno, os, sys
descriptor, size, step = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT), 0, 1 << 26
size = os.fstat(descriptor).st_size
while step >= 4096:
    try:
        os.posix_fallocate(descriptor, size, step)
        size += step
    except OSError as exc:
        assert exc.errno == errno.ENOSPC
        step //= 2
"""


def _make_disk(file: Path, mib: int, content: Path | None = None) -> Path:
    with file.open("wb") as opened:
        opened.truncate(mib << 20)
    filled = ("-d", content) if content else ()
    tool("mkfs.ext4", "-q", "-b", str(_BLOCK), "-m", "0", "-O", "^has_journal", *filled, file)
    return file


@contextmanager
def _device(file: Path, *words: str) -> Iterator[str]:
    name = tool("losetup", "--find", "--show", *words, file).strip()
    try:
        yield name
    finally:
        tool("losetup", "--detach", name)


@contextmanager
def _mounted(device: str, place: Path, options: str) -> Iterator[Path]:
    place.mkdir(parents=True)
    tool("mount", "-t", "ext4", "-o", options, device, place)
    try:
        yield place
    finally:
        tool("umount", "--lazy", place)  # the catalogue of a shelf is open until that is forgotten


def _long_sound(path: Path, mib: int) -> Path:
    make_sound(path)
    with path.open("ab") as out:
        for number in range(mib):
            out.write(bytes([number % 251]) * (1 << 20))
    return path


def _blocks(disk: Path, name: str) -> list[int]:
    return [int(one) for one in tool("debugfs", "-R", f"blocks /{name}", disk).split()]


def _brought(
    folder: Path, shelf: Shelf, progress: Progress | None = None
) -> dict[str, IngestResult]:
    found = ingest(list(discover([folder])), shelf, progress or Progress())
    return {result.file: result for result in found}


def test_a_stick_with_sectors_that_cannot_be_read(tmp_path: Path) -> None:
    """A loop device whose file has become shorter gives EIO, as a dying stick does."""
    content = tmp_path / "content"
    for tone, name in enumerate(("a.wav", "b.wav")):
        make_sound(content / name, tone)
    stick = _make_disk(tmp_path / "stick", 48, content)
    tool("debugfs", "-w", "-R", f"write {_long_sound(tmp_path / 'long', 8)} c.wav", stick)
    good = [number for name in ("a.wav", "b.wav") for number in _blocks(stick, name)]
    bad = _blocks(stick, "c.wav")
    cut = bad[len(bad) // 2]
    assert max(good) < cut
    shelf = Shelf(Config(state=tmp_path / "state"))
    with _device(stick, "--read-only") as device:
        with stick.open("r+b") as opened:
            opened.truncate(cut * _BLOCK)
        with _mounted(device, tmp_path / "drive", "ro,nosuid,nodev,noexec") as drive:
            with pytest.raises(OSError, match="Input/output error"):
                (drive / "c.wav").read_bytes()
            results = _brought(drive, shelf)
    assert results["c.wav"].code == "unreadable"
    assert "cannot be read" in results["c.wav"].reason("en")
    assert {results[name].status for name in ("a.wav", "b.wav")} == {Status.INSTALLED}
    assert len(shelf.store.ids()) == 2
    shelf.repair()
    assert list(check(shelf)) == []


class _Filling(Progress):
    """Lets another process take all room that is left, again and again."""

    def __init__(self, filler: Path) -> None:
        super().__init__()
        self._filler = filler

    def advance(self, count: int) -> None:
        """A piece was copied."""
        subprocess.run([sys.executable, "-c", _FILL, str(self._filler)], check=True)
        super().advance(count)


def test_another_process_fills_the_disk_during_a_copy(tmp_path: Path) -> None:
    source, early = tmp_path / "source", tmp_path / "early"
    _long_sound(source / "long.wav", 40)
    make_sound(early / "a.wav")
    box = _make_disk(tmp_path / "box", 400)
    with _device(box) as device, _mounted(device, tmp_path / "mounted", "rw") as disk:
        shelf = Shelf(Config(state=disk / "state"))
        assert _brought(early, shelf)["a.wav"].status is Status.INSTALLED
        filler = disk / "filler"
        refused = _brought(source, shelf, _Filling(filler))["long.wav"]
        assert (refused.status, refused.code) == (Status.REJECTED, "no-space")
        assert "not enough room" in refused.reason("en")
        assert len(shelf.store.ids()) == 1
        filler.unlink()
        shelf.repair()
        assert list(check(shelf)) == []
        again = _brought(source, shelf)["long.wav"]
        assert again.status is Status.INSTALLED, again
        assert list(check(shelf)) == []
