# SPDX-License-Identifier: GPL-3.0-or-later
"""The finished image, unchanged, in QEMU's ``raspi3b``: its own boot loader, kernel and tree."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.image.disk_image import DiskImage
from tests.image.emulator import emulator
from tests.image.machine import Machine, forwarded, kept_running, sockets_folder
from tests.image.virt import DISK_BYTES

_DEVICE_TREE = "bcm2837-rpi-3-b.dtb"


@contextmanager
def raspi(image: DiskImage, folder: Path) -> Iterator[tuple[Machine, Path]]:
    """Put a copy of the image into a Raspberry Pi 3 and switch it on; the machine and its card.

    The copy is as large as a card, whose size QEMU wants to be a power of two. The one thing that
    QEMU lacks is the firmware of the board: it is told what the firmware would start. Ethernet is
    an adapter at USB, as on the real one, by another chip.
    """
    folder.mkdir(parents=True, exist_ok=True)
    card = image.copy(folder / "card.img", DISK_BYTES)
    ports, forwards = forwarded(80, 443)
    with sockets_folder() as sockets:
        command = (
            *(emulator("arm64"), "-machine", "raspi3b", "-display", "none"),
            *("-accel", "tcg,thread=multi"),
            *("-kernel", str(image.from_firmware("u-boot.bin"))),
            *("-dtb", str(image.from_firmware(_DEVICE_TREE))),
            *("-drive", f"file={card},if=sd,format=raw"),
            *("-netdev", f"user,id=cable{forwards}", "-device", "usb-net,netdev=cable"),
            *("-serial", "null", "-serial", f"file:{folder / 'console.log'}"),
        )
        machine = Machine(command, folder, sockets, ports)
        with kept_running(machine, shell=False):
            yield machine, card
