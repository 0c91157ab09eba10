# SPDX-License-Identifier: GPL-3.0-or-later
"""A finished image, opened from outside with tools that know nothing of this project."""

import json
import re
import subprocess
from functools import cached_property
from pathlib import Path

import msgspec

SECTOR = 512
FIRMWARE, SLOT_A, SLOT_B, DATA = 1, 2, 3, 4


class Partition(msgspec.Struct, frozen=True):
    """An entry of the partition table; both in bytes."""

    start: int
    size: int

    def in_file(self, file: Path) -> str:
        """As e2fsprogs name a file system inside a file."""
        return f"{file}?offset={self.start}"


class DiskImage:
    """The raw bytes of a card.

    Attributes:
        file: never written to.
    """

    def __init__(self, file: Path, work: Path) -> None:
        """``work`` keeps what is taken out of the image."""
        self.file = file
        self._work = work
        work.mkdir(parents=True, exist_ok=True)

    @cached_property
    def partitions(self) -> dict[int, Partition]:
        """By number, from 1."""
        return partitions(self.file)

    @cached_property
    def kernel(self) -> Path:
        """Of slot A."""
        return self.from_slot("/boot/vmlinuz")

    @cached_property
    def initrd(self) -> Path:
        """Of slot A."""
        return self.from_slot("/boot/initrd.img")

    @property
    def arch(self) -> str:
        """Debian's name of the processor that it is for."""
        return "amd64" if self.file.stem.endswith("-amd64") else "arm64"

    def command_line(self, disk: str) -> list[str]:
        """The words that the card's own boot script gives to the kernel, for slot A on ``disk``."""
        if self.arch == "amd64":
            script, pattern = self.from_firmware("grub/grub.cfg"), r"linux /boot/vmlinuz (.*)"
        else:
            script, pattern = self.from_firmware("boot.scr"), r'setenv bootargs "([^"]*)"'
        # A script of U-Boot's is a binary header and its text.
        found = re.search(pattern, script.read_bytes().decode("utf-8", "replace"))
        assert found, f"{script} gives the kernel nothing"
        words = found[1].replace("${slot}", "A").split()
        return [f"root={disk}{SLOT_A}" if word.startswith("root=") else word for word in words]

    def from_slot(self, path: str) -> Path:
        """A copy of a file of slot A."""
        copy = self._work / Path(path).name
        slot = self.partitions[SLOT_A].in_file(self.file)
        said = run("debugfs", "-R", f"dump {path} {copy}", slot)
        assert copy.stat().st_size, said
        return copy

    def from_firmware(self, name: str) -> Path:
        """A copy of a file of the FAT partition."""
        copy = self._work / Path(name).name
        run("mcopy", "-n", "-o", *self.firmware_option(), f"::{name}", str(copy))
        return copy

    def copy(self, file: Path, size: int = 0) -> Path:
        """A copy that may be changed, as large as a card of ``size`` bytes."""
        subprocess.run(["cp", "--sparse=always", self.file, file], check=True)
        with file.open("r+b") as card:
            card.truncate(max(size, self.file.stat().st_size))
        return file

    def firmware_option(self) -> tuple[str, str]:
        """How mtools are told of the FAT partition."""
        return "-i", f"{self.file}@@{self.partitions[FIRMWARE].start}"


def partitions(disk: Path) -> dict[int, Partition]:
    """The partition table of a disk, as sfdisk reads it."""
    table = json.loads(run("sfdisk", "--json", str(disk)))["partitiontable"]
    assert table["label"] == "dos"
    return {
        int(entry["node"].removeprefix(str(disk))): Partition(
            start=entry["start"] * SECTOR, size=entry["size"] * SECTOR
        )
        for entry in table["partitions"]
    }


def run(*command: str, status: int = 0) -> str:
    """Run a program of this computer; what it printed.

    Raises:
        AssertionError: it ended with another exit status than ``status``.
    """
    ran = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert ran.returncode == status, f"{command} ended with {ran.returncode}:\n{ran.stdout}"
    return ran.stdout
