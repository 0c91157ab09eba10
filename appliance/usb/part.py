# SPDX-License-Identifier: GPL-3.0-or-later
"""The file systems of the sticks that are plugged in, as udev's database and sysfs tell of them.

udev has looked at each device with a program that is shut in (``systemd-udevd.service``); nothing
of ours reads a byte of the device to find out what it is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from appliance.usb.label import decode_udev

MOUNTABLE = {"vfat": "vfat", "exfat": "exfat", "ntfs": "ntfs3"} | dict.fromkeys(
    ("ext2", "ext3", "ext4"), "ext4"
)
"""All that is ever mounted: what blkid(8) calls it, and the kernel's name."""

_ENCRYPTED = frozenset({"crypto_LUKS", "BitLocker"})
# Partitions that are for machines: extended (their size is a table's), EFI, Microsoft's reserve,
# BIOS boot.
_NOT_FOR_PEOPLE = frozenset(
    {
        *("0x5", "0xf", "0x85", "0xef"),
        "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
        "e3c9e316-0b5c-4db8-817d-f92df00215ae",
        "21686148-6449-6e6f-744e-656564454649",
    }
)
_ON_USB = re.compile(r"/usb[0-9]+/")
_SECTOR = 512  # the unit of sysfs, whatever the device's own is
_ID_LETTERS = 12


class Part(msgspec.Struct, frozen=True):
    """One file system of a stick, or what stands where one should be.

    Attributes:
        id: opaque; the same when the same stick comes again.
        name: of its device, without ``/dev/``; another each time.
        sequence: the kernel's count of disks that came (``diskseq``), so that a stick that went
            and came again is another one.
        problem: why it cannot be mounted, a key of ``PROBLEMS``; else empty.

    The rest is as in ``MountedDrive``.
    """

    id: str
    name: str
    sequence: str
    label: str
    maker: str
    file_system: str
    part: int
    parts: int
    size: int
    read_only: bool
    problem: str = ""

    @property
    def key(self) -> str:
        """Of this device while it is plugged in."""
        return f"{self.sequence}-{self.name}"


class Kernel(msgspec.Struct, frozen=True):
    """Where the kernel and udev tell of devices."""

    sysfs: Path = Path("/sys")
    udev: Path = Path("/run/udev/data")
    mounts: Path = Path("/proc/self/mountinfo")
    devices: Path = Path("/dev")


def find_parts(kernel: Kernel, drives: Path) -> tuple[Part, ...]:
    """Everything on sticks; of the disk that the box itself lives on, nothing.

    Args:
        kernel: where to look.
        drives: the folder that sticks are mounted in: what is mounted elsewhere is the box's own.

    Raises:
        OSError: the kernel tells nothing at all.
    """
    own = _own_disks(kernel, drives)
    found: dict[str, Part] = {}
    for disk in _disks_on_usb(kernel):
        if disk.name in own:
            continue
        for part in _parts(kernel, disk):
            # Two copies of one stick, or makers who give all of theirs one number.
            twins = (f"{part.id}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
            name = part.id if part.id not in found else next(t for t in twins if t not in found)
            found[name] = msgspec.structs.replace(part, id=name)
    return tuple(found.values())


def mounted_places(kernel: Kernel) -> Iterator[tuple[str, Path]]:
    """Each mount: the number of its device, and where it is (proc_pid_mountinfo(5))."""
    for line in kernel.mounts.read_text("utf-8", "surrogateescape").splitlines():
        words = line.split(" ")
        yield words[2], Path(re.sub(r"\\([0-7]{3})", lambda one: chr(int(one[1], 8)), words[4]))


def _own_disks(kernel: Kernel, drives: Path) -> frozenset[str]:
    return frozenset(
        _disk_of(kernel.sysfs / "dev/block" / number)
        for number, place in mounted_places(kernel)
        if drives not in place.parents
    )


def _disk_of(link: Path) -> str:
    """The name of the disk that a device is, or is a part of."""
    device = link.resolve()
    return device.parent.name if (device / "partition").exists() else device.name


def _disks_on_usb(kernel: Kernel) -> list[Path]:
    """In the order in which they came."""
    folder = kernel.sysfs / "class/block"
    disks = [
        device
        for link in folder.iterdir()
        if _ON_USB.search(str(link.readlink()))
        and not (device := link.resolve()).joinpath("partition").exists()
    ]
    return sorted(disks, key=lambda disk: (len(seq := _word(disk / "diskseq")), seq, disk.name))


def _parts(kernel: Kernel, disk: Path) -> Iterator[Part]:
    whole = _properties(kernel, disk)
    if whole is None or _word(disk / "size") in {"", "0"}:
        return  # udev has not looked yet, or a reader of cards is empty
    pieces = sorted(
        (one for one in disk.iterdir() if (one / "partition").exists()),
        key=lambda one: int(_word(one / "partition") or 0),
    )
    looked = [(one, _properties(kernel, one)) for one in pieces] or [(disk, whole)]
    offered = [
        (one, told)
        for one, told in looked
        if told is not None and told.get("ID_PART_ENTRY_TYPE") not in _NOT_FOR_PEOPLE
    ]
    for number, (device, told) in enumerate(offered, 1):
        kind = told.get("ID_FS_TYPE", "")
        yield Part(
            id=_identity(whole, told, _word(device / "partition")),
            name=device.name,
            sequence=_word(disk / "diskseq"),
            label=decode_udev(told.get("ID_FS_LABEL_ENC", "")),
            maker=_maker(whole),
            file_system=kind,
            part=number,
            parts=len(offered),
            size=int(_word(device / "size") or 0) * _SECTOR,
            read_only="1" in {_word(device / "ro"), _word(disk / "ro")},
            problem=_problem(kind),
        )


def _problem(kind: str) -> str:
    if kind in MOUNTABLE:
        return ""
    if kind in _ENCRYPTED:
        return "encrypted"
    return "unknown-file-system" if kind else "not-formatted"


def _identity(whole: Mapping[str, str], told: Mapping[str, str], number: str) -> str:
    marks = (
        whole.get("ID_SERIAL", "") or whole.get("ID_PATH", ""),
        told.get("ID_FS_UUID_ENC", ""),
        told.get("ID_PART_ENTRY_UUID", ""),
        number,
    )
    return hashlib.sha256("\0".join(marks).encode("utf-8", "surrogateescape")).hexdigest()[
        :_ID_LETTERS
    ]


def _maker(whole: Mapping[str, str]) -> str:
    names = (decode_udev(whole.get(key, "")) for key in ("ID_VENDOR_ENC", "ID_MODEL_ENC"))
    return " ".join(name for name in names if name)


def _properties(kernel: Kernel, device: Path) -> dict[str, str] | None:
    """What udev knows; nothing before it has looked at the device."""
    file = kernel.udev / f"b{_word(device / 'dev')}"
    try:
        lines = file.read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return None
    if not any(line.startswith("I:") for line in lines):
        return None
    pairs = (line[2:].partition("=") for line in lines if line.startswith("E:"))
    return {name: value for name, _, value in pairs}


def _word(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
