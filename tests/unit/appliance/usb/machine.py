# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up machine: what its kernel and udev tell of disks, and what is mounted where."""

import errno
import os
import threading
from pathlib import Path

from appliance.usb.mount_calls import Options
from appliance.usb.part import Kernel

USB = "devices/platform/soc/3f980000.usb/usb1/1-1/1-1.{port}/1-1.{port}:1.0/host0/target0/block"
CARD = "devices/platform/soc/3f202000.mmc/mmc_host/mmc0/mmc0:aaaa/block"
MIB = 2048  # sectors


class Machine:
    """Sticks are plugged in and pulled; mounts are only written down, in mountinfo.

    Attributes:
        done: what was mounted, remounted and so on, in order.
        refuse: errors by action, or by action and device.
        going: until it is set, mounting waits.
        answering: likewise reading, from the devices that are ``silent``, or any if none is; one
            was ``asked`` meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self.kernel = Kernel(
            folder / "sys", folder / "udev", folder / "mountinfo", folder / "devices"
        )
        self.drives = folder / "drives"
        for one in (self.drives, self.kernel.udev, self.kernel.devices):
            one.mkdir(parents=True)
        (self.kernel.sysfs / "class/block").mkdir(parents=True)
        (self.kernel.sysfs / "dev/block").mkdir(parents=True)
        self.done: list[str] = []
        self.refuse: dict[str, int] = {}
        self.going = threading.Event()
        self.going.set()
        self.answering = threading.Event()
        self.answering.set()
        self.asked = threading.Event()
        self.silent: set[str] = set()
        self.options: dict[str, Options] = {}
        self._mounts = [("0:22", "/proc")]
        self._mounting = threading.Lock()
        self._count = 0
        self._write_mounts(self._mounts)

    def add(
        self,
        name: str,
        *,
        parts: tuple[dict[str, str], ...] = (),
        whole: dict[str, str] | None = None,
        where: str = USB,
        read_only: bool = False,
        size: int = 1000 * MIB,
        **stick: str,
    ) -> None:
        """A disk with what udev says of it (``whole``, ``stick``) and of its partitions."""
        self._count += 1
        folder = self.kernel.sysfs / where.format(port=self._count) / name
        number = f"8:{16 * self._count}"
        told = {"ID_SERIAL": f"Maker_{name}", **stick, **(whole or {})}
        self._device(folder, number, told, size, read_only)
        (folder / "diskseq").write_text(f"{self._count}\n")
        for index, part in enumerate(parts, 1):
            inside = folder / f"{name}{index}"
            self._device(inside, f"8:{16 * self._count + index}", part, size // len(parts), False)
            (inside / "partition").write_text(f"{index}\n")

    def remove(self, name: str) -> None:
        """Pull it: mounts stay."""
        for link in [*(self.kernel.sysfs / "class/block").glob(f"{name}*")]:
            number = (link / "dev").read_text().strip()
            (self.kernel.udev / f"b{number}").unlink(missing_ok=True)
            (self.kernel.sysfs / "dev/block" / number).unlink()
            link.unlink()

    def number(self, name: str) -> str:
        return (self.kernel.sysfs / "class/block" / name / "dev").read_text().strip()

    def mount_elsewhere(self, name: str, place: str) -> None:
        self._mounted(self.number(name), place)

    # What appliance.usb.mount_calls does.

    def mount(self, device: Path, place: Path, kind: str, options: Options) -> None:
        self.going.wait(60)
        self._note("mount", device.name, kind)
        self.options[kind] = options
        place.mkdir()
        self._mounted(self.number(device.name), str(place))

    def remount(self, place: Path, options: Options, *, writable: bool) -> None:
        self._note("open" if writable else "close", place.name)

    def unmount(self, place: Path, *, at_once: bool = False) -> None:
        self._note("drop" if at_once else "unmount", place.name)
        with self._mounting:
            self._write_mounts([one for one in self._mounts if one[1] != str(place)])

    def write_out(self, place: Path) -> None:
        self._note("write-out", place.name)

    def read_fresh(self, device: Path) -> None:
        if not self.answering.is_set() and (not self.silent or device.name in self.silent):
            self.asked.set()
            self.answering.wait(60)

    def _note(self, *words: str) -> None:
        self.done.append(" ".join(words))
        for refused in (words[0], " ".join(words[:2])):
            if refused in self.refuse:
                raise OSError(self.refuse[refused], os.strerror(self.refuse[refused]))

    def _device(
        self, folder: Path, number: str, told: dict[str, str], size: int, read_only: bool
    ) -> None:
        folder.mkdir(parents=True)
        for file, content in {"dev": number, "size": size, "ro": int(read_only)}.items():
            (folder / file).write_text(f"{content}\n")
        link = self.kernel.sysfs / "class/block" / folder.name
        link.symlink_to(os.path.relpath(folder, link.parent))
        by_number = self.kernel.sysfs / "dev/block" / number
        by_number.symlink_to(os.path.relpath(folder, by_number.parent))
        lines = ["S:disk/by-diskseq/1", "I:12345", *(f"E:{k}={v}" for k, v in told.items())]
        (self.kernel.udev / f"b{number}").write_text(
            "\n".join(lines) + "\n", errors="surrogateescape"
        )
        # For appliance.usb.clean.
        (self.kernel.devices / folder.name).write_bytes(bytes(512))

    def _mounted(self, number: str, place: str) -> None:
        with self._mounting:
            self._write_mounts([*self._mounts, (number, place)])

    def _write_mounts(self, mounts: list[tuple[str, str]]) -> None:
        self._mounts = mounts
        lines = (f"1 1 {number} / {place} rw - x x rw" for number, place in mounts)
        new = self.kernel.mounts.with_suffix(".new")
        new.write_text("\n".join(lines).replace("\\", "\\134") + "\n")
        new.replace(self.kernel.mounts)


def file_system(kind: str, label: str = "", uuid: str = "ABCD-1234", **more: str) -> dict[str, str]:
    """What udev says of one; the label as it encodes it."""
    return {
        "ID_FS_USAGE": "filesystem",
        "ID_FS_TYPE": kind,
        "ID_FS_UUID_ENC": uuid,
        "ID_FS_LABEL_ENC": label,
        **more,
    }


BUSY = errno.EBUSY
