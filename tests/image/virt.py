# SPDX-License-Identifier: GPL-3.0-or-later
"""The image's root in QEMU's ``virt``; its kernel command line opens a root shell."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.image.disk_image import DiskImage
from tests.image.machine import Machine, free_port

DISK_BYTES = 8 << 30
"""A card that is larger than the image, as every card is."""

# Processor and memory of the real ones: Raspberry Pi 3.
_HARDWARE = (
    *("-machine", "virt", "-cpu", "cortex-a53", "-smp", "2", "-m", "1024"),
    *("-accel", "tcg,thread=multi", "-display", "none"),
    *("-device", "i6300esb", "-device", "qemu-xhci"),
)
# Nobody else may listen on the shell's console, and colours would only be in the way.
_SHELL = (*("systemd.debug_shell=hvc0", "systemd.mask=serial-getty@hvc0.service"),)


@contextmanager
def virt(
    image: DiskImage,
    folder: Path,
    *,
    tools: Path | None = None,
    words: Sequence[str] = (),
    overlay: Path | None = None,
    hardware: Sequence[str] = (),
    shell: bool = True,
    disk: Sequence[str] = (),
) -> Iterator[Machine]:
    """Start the root of slot A; the image file is never changed.

    Args:
        folder: for the overlay, logs and sockets; its name must be short, for the sockets' sake.
        tools: a file system in a file that becomes the second disk.
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
    ports = {80: free_port(), 443: free_port()}
    forwards = "".join(f",hostfwd=tcp:127.0.0.1:{there}-:{here}" for here, there in ports.items())
    line = [*image.command_line("/dev/vda"), "console=ttyAMA0", *_SHELL, *words]
    command = (
        *("qemu-system-aarch64", *_HARDWARE),
        *("-kernel", str(image.kernel), "-initrd", str(image.initrd), "-append", " ".join(line)),
        *(*disk, "-device", "virtio-blk-pci,drive=card"),
        *(_second_disk(tools) if tools else ()),
        *("-nic", f"user,model=virtio-net-pci{forwards}"),
        *("-serial", f"file:{folder / 'console.log'}"),
        *("-device", "virtio-serial-pci"),
        *("-chardev", f"socket,id=shell,path={folder / 'shell'},server=on,wait=off"),
        *("-device", "virtconsole,chardev=shell"),
        *hardware,
    )
    machine = Machine(command, folder, ports)
    try:
        if shell:
            machine.open_shell()
        yield machine
        machine.keep_journal()
    except BaseException:
        machine.keep_journal()
        raise
    finally:
        machine.stop()


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


def _second_disk(file: Path) -> tuple[str, ...]:
    return (
        *("-drive", f"file={file},if=none,id=tools,format=raw,readonly=on"),
        *("-device", "virtio-blk-pci,drive=tools,serial=tools"),
    )
