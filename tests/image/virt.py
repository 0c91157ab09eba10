# SPDX-License-Identifier: GPL-3.0-or-later
"""The image's root in QEMU's ``virt``; its kernel command line opens a root shell."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.image.disk_image import DiskImage
from tests.image.emulator import emulator
from tests.image.machine import Machine, forwarded, kept_running, sockets_folder

DISK_BYTES = 8 << 30
"""A card that is larger than the image, as every card is."""

# Processor and memory of the real ones: Raspberry Pi 3, and an old PC.
_HARDWARE = {
    "arm64": (*(emulator("arm64"), "-machine", "virt"), *("-cpu", "cortex-a53")),
    "amd64": (*(emulator("amd64"), "-machine", "q35"), *("-cpu", "max")),
}
_CONSOLE = {"arm64": "ttyAMA0", "amd64": "ttyS0 no_timer_check"}
_MORE_HARDWARE = (
    *("-smp", "2", "-m", "1024", "-accel", "tcg,thread=multi", "-display", "none"),
    *("-device", "i6300esb", "-device", "qemu-xhci"),
)
# Nobody else may listen on the shell's console, and colours would only be in the way.
_SHELL = (*("systemd.debug_shell=hvc0", "systemd.mask=serial-getty@hvc0.service"),)


@contextmanager
def virt(
    image: DiskImage,
    folder: Path,
    *,
    disks: Mapping[str, Path] | None = None,
    words: Sequence[str] = (),
    overlay: Path | None = None,
    hardware: Sequence[str] = (),
    shell: bool = True,
    disk: Sequence[str] = (),
) -> Iterator[Machine]:
    """Start the root of slot A; the image file is never changed.

    Args:
        folder: for the overlay and logs.
        disks: files that become more disks, read-only, by their serial numbers.
        words: of the kernel command line, after those that the card's own boot has.
        overlay: continue with the changes of an earlier machine.
        hardware: more of QEMU's arguments.
        shell: whether the shell is waited for.
        disk: QEMU's arguments for the first disk, in place of an overlay of the image; they define
            a drive or block node named ``card``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not disk:
        overlay = overlay or new_overlay(image, folder / "card.qcow2")
        disk = ("-drive", f"file={overlay},if=none,id=card,format=qcow2,discard=unmap")
    ports, forwards = forwarded(22, 80, 443)
    line = [*image.command_line("/dev/vda"), f"console={_CONSOLE[image.arch]}", *_SHELL, *words]
    with sockets_folder() as sockets:
        command = (
            *_HARDWARE[image.arch],
            *_MORE_HARDWARE,
            *("-kernel", str(image.kernel), "-initrd", str(image.initrd)),
            *("-append", " ".join(line)),
            # Before the disk: once that is found, the start waits for no other device, and systemd
            # opens no shell on a console that is not there yet.
            *("-device", "virtio-serial-pci"),
            *("-chardev", f"socket,id=shell,path={sockets / 'shell'},server=on,wait=off"),
            *("-device", "virtconsole,chardev=shell"),
            *(*disk, "-device", "virtio-blk-pci,drive=card"),
            *(argument for name, file in (disks or {}).items() for argument in _more(name, file)),
            *("-nic", f"user,model=virtio-net-pci{forwards}"),
            *("-serial", f"file:{folder / 'console.log'}"),
            *hardware,
        )
        machine = Machine(command, folder, sockets, ports)
        with kept_running(machine, shell=shell):
            yield machine


def new_overlay(image: DiskImage, file: Path) -> Path:
    """A disk of ``DISK_BYTES`` that begins as the image and keeps what is written to itself."""
    subprocess.run(
        [
            *("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw"),
            *("-b", str(image.file.absolute()), str(file), str(DISK_BYTES)),
        ],
        check=True,
    )
    return file


def _more(name: str, file: Path) -> tuple[str, ...]:
    return (
        *("-drive", f"file={file},if=none,id={name},format=raw,readonly=on"),
        *("-device", f"virtio-blk-pci,drive={name},serial={name}"),
    )
