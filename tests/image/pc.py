# SPDX-License-Identifier: GPL-3.0-or-later
"""The finished image for a PC, unchanged, in a PC of QEMU's, with a BIOS or with UEFI."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.image.disk_image import DiskImage
from tests.image.emulator import emulator
from tests.image.machine import Machine, forwarded, kept_running, sockets_folder
from tests.image.virt import DISK_BYTES

_UEFI = Path("/usr/share/OVMF")  # of Debian's package ovmf


@contextmanager
def pc(image: DiskImage, folder: Path, *, uefi: bool) -> Iterator[tuple[Machine, Path]]:
    """Put a copy of the image into a PC as its SATA disk and switch it on; machine and disk."""
    folder.mkdir(parents=True, exist_ok=True)
    disk = image.copy(folder / "disk.img", DISK_BYTES)
    ports, forwards = forwarded(80, 443)
    with sockets_folder() as sockets:
        command = (
            *(emulator("amd64"), "-machine", "q35", "-cpu", "max", "-smp", "2", "-m", "1024"),
            *("-accel", "tcg,thread=multi", "-display", "none"),
            *(_uefi(folder) if uefi else ()),
            *("-drive", f"file={disk},if=none,id=disk,format=raw,discard=unmap"),
            *("-device", "ich9-ahci,id=sata", "-device", "ide-hd,drive=disk,bus=sata.0"),
            *("-nic", f"user,model=e1000e{forwards}"),
            *("-serial", f"file:{folder / 'console.log'}"),
        )
        machine = Machine(command, folder, sockets, ports)
        with kept_running(machine, shell=False):
            yield machine, disk


def _uefi(folder: Path) -> tuple[str, ...]:
    """A firmware that remembers nothing, so that it looks for the path of removable media."""
    settings = folder / "uefi-settings.fd"
    shutil.copy(_UEFI / "OVMF_VARS_4M.fd", settings)
    return (
        *("-drive", f"if=pflash,format=raw,readonly=on,file={_UEFI / 'OVMF_CODE_4M.fd'}"),
        *("-drive", f"if=pflash,format=raw,file={settings}"),
    )
