# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks: files that QEMU shows to the machine as USB drives, plugged in and pulled by QMP."""

import contextlib
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tests.image.machine import Machine
from tests.image.qmp import QmpError

_MIB = 1 << 20
_ANY_LABEL = "ELEVENCHARS"
_PATIENCE_SECONDS = 60
# A table of one partition from the first MiB on, as Windows and cameras write it (sfdisk(8)).
_TYPES = {"vfat": "c", "exfat": "7", "ntfs": "7", "ext4": "83"}
_MAKE: Mapping[str, tuple[str, ...]] = {
    "vfat": ("mkfs.vfat", "-F", "32", "-n"),
    "exfat": ("mkfs.exfat", "-L"),
    "ntfs": ("mkfs.ntfs", "--quiet", "--fast", "--force", "-L"),
    "ext4": ("mkfs.ext4", "-q", "-L"),
}


class Stick(msgspec.Struct, frozen=True):
    """One stick.

    Attributes:
        file: its bytes.
        name: by which QEMU knows it; also its serial number.
    """

    file: Path
    name: str


def make_stick(
    file: Path, kind: str, label: str, files: Mapping[str, Path], *, mib: int = 64
) -> Stick:
    """A stick with one partition.

    Args:
        file: that shall be the stick.
        kind: of its file system: ``vfat``, ``exfat``, ``ntfs`` or ``ext4``.
        label: of the file system.
        files: what lies on it, by name; nothing on exFAT, which this computer may not know.
        mib: how large it is.
    """
    part = file.with_suffix(".part")
    with part.open("wb") as opened:
        opened.truncate((mib - 1) * _MIB)
    if kind == "vfat":
        _run(*_MAKE[kind], _ANY_LABEL, str(part))
        _write_label(part, label)
    else:
        _run(*_MAKE[kind], label, str(part))
    _FILL[kind](part, files)
    with file.open("wb") as whole:
        whole.truncate(mib * _MIB)
    _run("sfdisk", "--quiet", str(file), text=f"start=2048, type={_TYPES[kind]}\n")
    _run("dd", f"if={part}", f"of={file}", "bs=1M", "seek=1", "conv=notrunc,sparse", "status=none")
    part.unlink()
    return Stick(file, file.stem)


def plug_in(machine: Machine, stick: Stick, *, read_only: bool = False, speed: int = 0) -> None:
    """Plug it in; ``speed`` is in bytes a second, 0 is as fast as it goes."""
    disk = {
        "driver": "raw",
        "read-only": read_only,
        "file": {"driver": "file", "filename": str(stick.file), "read-only": read_only},
    }
    if speed:
        group = f"{stick.name}-speed"
        machine.qmp(
            "object-add",
            **{"qom-type": "throttle-group", "id": group, "limits": {"bps-total": speed}},
        )
        disk = {"driver": "throttle", "throttle-group": group, "read-only": read_only, "file": disk}
    machine.qmp("blockdev-add", **{"node-name": stick.name, **disk})
    machine.qmp(
        "device_add",
        driver="usb-storage",
        drive=stick.name,
        id=f"usb-{stick.name}",
        serial=stick.name,
        removable=True,
    )


def pull(machine: Machine, stick: Stick) -> None:
    """Pull it, whatever the machine is doing with it."""
    # While the machine stands still, nothing of the disk is under way: QEMU's usb-storage that is
    # taken away while a request ends reads memory that is gone, and QEMU ends with it.
    machine.qmp("stop")
    machine.qmp("device_del", id=f"usb-{stick.name}")
    machine.qmp("cont")
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            machine.qmp("blockdev-del", **{"node-name": stick.name})
        except QmpError:
            # In use until the machine has let go of it.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            break
    with contextlib.suppress(QmpError):  # unless it was slowed down, there is none
        machine.qmp("object-del", id=f"{stick.name}-speed")


def _write_label(part: Path, label: str) -> None:
    """As Windows does in Russia: in code page 866, which mkfs.vfat does not manage."""
    with part.open("r+b") as opened:
        beginning = opened.read(8 * _MIB)
        assert beginning.count(_ANY_LABEL.encode()) >= 2  # boot sectors and root folder
        opened.seek(0)
        new = label.encode("cp866").ljust(len(_ANY_LABEL))
        opened.write(beginning.replace(_ANY_LABEL.encode(), new))


def _with_mtools(part: Path, files: Mapping[str, Path]) -> None:
    for name, file in files.items():
        _run("mcopy", "-i", str(part), "-s", str(file), f"::{name}")


def _with_ntfscp(part: Path, files: Mapping[str, Path]) -> None:
    for name, file in files.items():
        _run("ntfscp", "--quiet", str(part), str(file), name)


def _with_debugfs(part: Path, files: Mapping[str, Path]) -> None:
    for name, file in files.items():
        _run("debugfs", "-w", "-R", f'write {file} "{name}"', str(part))


def _not_at_all(part: Path, files: Mapping[str, Path]) -> None:
    assert not files, f"{part} cannot be filled from here"


_FILL = {"vfat": _with_mtools, "ntfs": _with_ntfscp, "ext4": _with_debugfs, "exfat": _not_at_all}


def _run(*words: str, text: str = "") -> None:
    subprocess.run(words, input=text, text=True, check=True, capture_output=True, env=_ENVIRONMENT)


_ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "MTOOLS_SKIP_CHECK": "1",
}
