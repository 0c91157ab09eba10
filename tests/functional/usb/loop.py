# SPDX-License-Identifier: GPL-3.0-or-later
"""Loop devices that look like sticks: real devices, and a sysfs that puts them on USB."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from appliance.usb.drive_list import MountedDrive, read_drive_list
from appliance.usb.drives import Drives
from appliance.usb.mount_calls import unmount
from appliance.usb.part import Kernel, mounted_places

PATIENCE_SECONDS = 120
_USB = "devices/usb1/1-1/1-1.1/block"
_MAKE = {
    "vfat": ("mkfs.vfat", "-F", "32", "-n"),
    "exfat": ("mkfs.exfat", "-L"),
    "ntfs": ("mkfs.ntfs", "--fast", "--force", "-L"),
    "ext4": ("mkfs.ext4", "-q", "-L"),
}
_DRIVERS = {"vfat": "vfat", "exfat": "exfat", "ntfs": "ntfs3", "ext4": "ext4"}


def known() -> list[str]:
    """The file systems that this computer's kernel can mount.

    Kernels made for clouds lack some; tests/image has them all, on the box's own kernel.
    """
    return [kind for kind, driver in _DRIVERS.items() if _has_driver(driver)]


def tool(*words: str | Path, text: str = "") -> str:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        [str(word) for word in words],
        input=text,
        text=True,
        check=True,
        capture_output=True,
        env=environment,
    )
    return ran.stdout


def make_file_system(file: Path, kind: str, label: str, *, mib: int = 48) -> None:
    """In a file that is made here."""
    with file.open("wb") as opened:
        opened.truncate(mib << 20)
    tool(*_MAKE[kind], label, file)


def make_ext4(file: Path, label: str, *, kib: int = 64) -> Path:
    """One with a book and a link in it, in a file that is made here."""
    content = file.with_suffix(".content")
    content.mkdir()
    (content / "Китоб.txt").write_text("Донишнома\n" * (kib * 1024 // 19), "utf-8")
    (content / "link").symlink_to("/etc/passwd")
    with file.open("wb") as opened:
        opened.truncate(48 << 20)
    tool("mkfs.ext4", "-q", "-L", label, "-d", content, file)
    return file


class Sticks:
    """Plugs loop devices in as sticks, and pulls them."""

    def __init__(self, folder: Path, patience_s: float = 60.0, pulse_s: float = 10.0) -> None:
        self.folder = folder
        self.drives = folder / "drives"
        self.kernel = Kernel(sysfs=folder / "sys", udev=folder / "udev")
        for one in ("class/block", "dev/block", _USB):
            (self.kernel.sysfs / one).mkdir(parents=True)
        self.kernel.udev.mkdir()
        self.drives.mkdir()
        self.agent = Drives(
            self.drives,
            (os.getuid(), os.getgid()),
            self.kernel,
            patience_s=patience_s,
            pulse_s=pulse_s,
        )
        self._loops: list[str] = []
        self._count = 0

    def plug_in(self, file: Path, *parts: Path, read_only: bool = False) -> str:
        """The name of its device; udev's words for it are what blkid(8) says now.

        ``parts`` are its partitions, devices of their own: not every kernel finds them in a loop.
        """
        name = self._attach(file, read_only=read_only)
        self._count += 1
        disk = self.kernel.sysfs / _USB / name
        self._tell(disk, f"E:ID_SERIAL={file.name}\n")
        (disk / "diskseq").write_text(f"{self._count}\n")
        for number, part in enumerate(parts, 1):
            inside = disk / self._attach(part, read_only=read_only)
            self._tell(inside, "")
            (inside / "partition").write_text(f"{number}\n")
        return name

    def pull(self, name: str) -> None:
        """The device is gone; whoever has it mounted finds that out."""
        for link in (self.kernel.sysfs / "class/block").glob(f"{name}*"):
            (self.kernel.udev / f"b{(link / 'dev').read_text().strip()}").unlink()
            link.unlink()
        self._detach(name)

    def settle(self, condition: Callable[[tuple[MountedDrive, ...]], bool]) -> list[MountedDrive]:
        """Look until the list is so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.agent.changed.clear()
            self.agent.tick()
            listed = read_drive_list(self.drives)
            if condition(listed):
                return list(listed)
            assert time.monotonic() < deadline, listed
            self.agent.changed.wait(0.1)

    def seen(self, count: int) -> list[MountedDrive]:
        """Look until so many are listed."""
        return self.settle(lambda listed: len(listed) == count)

    def clear(self) -> None:
        """Leave nothing behind."""
        for _, place in list(mounted_places(self.kernel)):
            if place.parent == self.drives:
                unmount(place, at_once=True)
        for name in [*self._loops]:
            self._detach(name)

    def _attach(self, file: Path, *, read_only: bool) -> str:
        words = ("--read-only",) if read_only else ()
        name = Path(tool("losetup", "--find", "--show", *words, file).strip()).name
        self._loops.append(name)
        return name

    def _detach(self, name: str) -> None:
        tool("losetup", "--detach", f"/dev/{name}")
        self._loops.remove(name)

    def _tell(self, folder: Path, more: str) -> None:
        real = Path("/sys/class/block", folder.name)
        folder.mkdir()
        for word in ("dev", "size", "ro"):
            if (real / word).exists():
                (folder / word).write_text((real / word).read_text())
        (self.kernel.sysfs / "class/block" / folder.name).symlink_to(
            os.path.relpath(folder, self.kernel.sysfs / "class/block")
        )
        number = (folder / "dev").read_text().strip()
        ran = subprocess.run(
            ["blkid", "-p", "-o", "udev", f"/dev/{folder.name}"],
            check=False,
            capture_output=True,
            text=True,
        )
        told = "".join(f"E:{line}\n" for line in ran.stdout.splitlines())
        (self.kernel.udev / f"b{number}").write_text(f"I:1\n{more}{told}")


def _has_driver(driver: str) -> bool:
    subprocess.run(["/sbin/modprobe", "--quiet", driver], check=False, capture_output=True)
    return driver in Path("/proc/filesystems").read_text().split()
