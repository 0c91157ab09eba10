# SPDX-License-Identifier: GPL-3.0-or-later
"""How a Raspberry Pi starts: firmware, U-Boot, its script and its state."""

import os
import shutil
import subprocess
from pathlib import Path

from image_build.layout import STATE_SIZE
from image_build.recipe import PROJECT

_BOOT = PROJECT / "image_build" / "boot"
_ENVIRONMENT_SIZE = 0x4000  # as Debian's U-Boot for the Raspberry Pi was built to read it
_FIRST_STATE = "BOOT_ORDER=A B\nBOOT_A_LEFT=3\nBOOT_B_LEFT=3\n"
# Pi 3, Zero 2 W, 4 and 400; a Pi 5 needs a newer kernel than Debian 13's.
_DEVICE_TREES = ("bcm2837-rpi-*.dtb", "bcm2711-rpi-*.dtb")


def kernel_arguments() -> str:
    """The kernel's command line, but for the root."""
    return (_BOOT / "arguments").read_text("utf-8").strip()


def lay_out_firmware(root: Path, folder: Path, work: Path, epoch: int) -> None:
    """Fill ``folder`` with what the boot partition holds."""
    for file in sorted((root / "usr/lib/raspi-firmware").iterdir()):
        if file.is_file():
            shutil.copy(file, folder)
    for pattern in _DEVICE_TREES:
        for file in sorted(root.glob(f"usr/lib/linux-image-*/broadcom/{pattern}")):
            shutil.copy(file, folder)
    shutil.copy(root / "usr/lib/u-boot/rpi_arm64/u-boot.bin", folder)
    shutil.copy(_BOOT / "config.txt", folder)
    _make_script(work / "boot.cmd", folder / "boot.scr", epoch)
    _make_environment(
        (_BOOT / "uboot.env.txt").read_text("utf-8"), folder / "uboot.env", _ENVIRONMENT_SIZE
    )


def make_state(file: Path) -> None:
    """The boot state of a card that was never used: slot A, then slot B, three tries each."""
    _make_environment(_FIRST_STATE, file, STATE_SIZE)


def _make_script(source: Path, script: Path, epoch: int) -> None:
    text = (_BOOT / "boot.cmd").read_text("utf-8").replace("@ARGUMENTS@", kernel_arguments())
    source.write_text(text, encoding="utf-8")
    subprocess.run(
        [
            *("mkimage", "-q", "-A", "arm64", "-O", "linux", "-T", "script", "-C", "none"),
            *("-n", "Chashma", "-d", str(source), str(script)),
        ],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
    )


def _make_environment(text: str, file: Path, size: int) -> None:
    subprocess.run(
        ["mkenvimage", "-s", str(size), "-o", str(file), "-"], check=True, input=text.encode()
    )
