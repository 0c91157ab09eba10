# SPDX-License-Identifier: GPL-3.0-or-later
"""A card laid out like the image's, on a loop device, and the program that brings up its data."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.meta.project import ROOT

MIB = 1 << 20
SECTOR = 512
PROGRAM = ROOT / "provisioning/roles/data/files/usr/local/libexec/chashma/data-partition"
_START, _SIZE = 28 * MIB, 256 * MIB
_TABLE = f"""label: dos
start={4 * MIB // SECTOR}, size={8 * MIB // SECTOR}, type=c
start={12 * MIB // SECTOR}, size={8 * MIB // SECTOR}, type=83
start={20 * MIB // SECTOR}, size={8 * MIB // SECTOR}, type=83
start={_START // SECTOR}, size={_SIZE // SECTOR}, type=83
"""


def make_card(file: Path, content: Path, size: int = 8192 * MIB) -> None:
    """Write an image whose data partition holds a folder; sparse."""
    part = file.with_suffix(".data")
    _sparse(part, _SIZE)
    run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-m", "0", "-d", str(content), str(part))
    _sparse(file, size)
    run("sfdisk", "--quiet", str(file), feed=_TABLE)
    run("dd", f"if={part}", f"of={file}", "bs=1M", f"seek={_START // MIB}", "conv=notrunc,sparse")
    part.unlink()


class Card:
    """An image as a disk of this machine, and ``/data`` in a folder of the test."""

    def __init__(self, device: str, folder: Path) -> None:
        self.device, self.part = device, f"{device}p4"
        self.data, self.run = folder / "data", folder / "run"
        self.firmware = folder / "firmware"
        self.data.mkdir(exist_ok=True)
        self.firmware.mkdir(exist_ok=True)

    def bring_up(self, verb: str = "start", **environment: str) -> str:
        """Run the program as at a start of the box; gives the state that it tells."""
        done = subprocess.run(
            [PROGRAM, verb], env=self.environment | environment, capture_output=True, check=False
        )
        self.said = done.stderr.decode()
        self.code = done.returncode
        return self.told("state")

    @property
    def environment(self) -> dict[str, str]:
        """What leads the program to this card instead of the one below ``/``."""
        return os.environ | {
            "CHASHMA_DATA": str(self.data),
            "CHASHMA_RUN": str(self.run),
            "CHASHMA_FIRMWARE": str(self.firmware),
            "CHASHMA_DISK": self.device[5:],
        }

    def told(self, name: str) -> str:
        """A word that the program left behind."""
        file = self.run / name
        return file.read_text().strip() if file.exists() else ""

    def take_down(self) -> None:
        """As at the end of the box: nothing is mounted, memory is empty."""
        for folder in (self.firmware, self.data, self.run / "memory", self.run / "partition"):
            while os.path.ismount(folder):
                run("umount", str(folder))
        run("rm", "-rf", str(self.run))

    def spoil(self, offset: int, data: bytes) -> None:
        """Write over the data partition, at a distance from its start in bytes."""
        with Path(self.part).open("r+b") as device:
            device.seek(offset)
            device.write(data)
            device.flush()
            os.fsync(device.fileno())

    def read(self, size: int, offset: int = 0) -> bytes:
        """Bytes of the data partition, from its beginning or an offset on."""
        with Path(self.part).open("rb") as device:
            device.seek(offset)
            return device.read(size)

    @property
    def part_size(self) -> int:
        """Of the data partition as the kernel sees it, in bytes."""
        return int(Path("/sys/class/block", self.part[5:], "size").read_text()) * SECTOR


@contextmanager
def insert(file: Path, folder: Path) -> Iterator[Card]:
    """Make a disk of the image; a partition that reaches beyond it is cut off, as Linux does."""
    device = run("losetup", "--find", "--show", str(file)).strip()
    # Linux of a test machine may know no partition tables, so they are told here.
    sectors = file.stat().st_size // SECTOR
    table = run("sfdisk", "--dump", str(file)).splitlines()
    for number, line in enumerate((line for line in table if "start=" in line), 1):
        start, size = (int(line.split(f"{name}=")[1].split(",")[0]) for name in ("start", "size"))
        if start < sectors:
            run("addpart", device, str(number), str(start), str(min(size, sectors - start)))
    card = Card(device, folder)
    try:
        yield card
    finally:
        card.take_down()
        # A loop device keeps its lock for the next one who takes it.
        run("blockdev", "--setrw", device)
        run("partx", "--delete", device)
        run("losetup", "--detach", device)


def run(*command: str, feed: str = "") -> str:
    """Run a tool; gives what it says."""
    done = subprocess.run(command, input=feed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def _sparse(file: Path, size: int) -> None:
    with file.open("wb") as out:
        out.truncate(size)
