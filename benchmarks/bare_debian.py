# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian 13 with kernel, systemd and udev alone, made by the image's own base stage."""

import subprocess
from functools import cached_property
from pathlib import Path

from image_build.base import base_tar
from image_build.provision import unpack
from image_build.recipe import MIB, Arch, Recipe
from tests.image.disk_image import DiskImage

_DISK_BYTES = 1024 * MIB


class _BareRecipe(Recipe, frozen=True):
    @property
    def packages(self) -> tuple[str, ...]:
        """What a machine needs to come as far as a login; the hook of the base wants Python."""
        return (
            *("dbus", "initramfs-tools", "linux-image-arm64", "python3-minimal"),
            *("systemd-sysv", "udev", "zstd"),
        )


class BareDebian(DiskImage):
    """A root without partitions, which the kernel is pointed at."""

    def __init__(self, cache: Path, work: Path) -> None:
        """``cache`` keeps the base for the next time."""
        self._root = work / "root"
        super().__init__(work / "bare.ext4", work)
        recipe = _BareRecipe(arch=Arch.ARM64, version="", epoch=0, work=cache, out=work)
        unpack(base_tar(recipe), self._root)
        with self.file.open("wb") as out:
            out.truncate(_DISK_BYTES)
        subprocess.run(
            ["mke2fs", "-q", "-F", "-t", "ext4", "-d", self._root, self.file], check=True
        )

    @cached_property
    def kernel(self) -> Path:
        """The only one there is."""
        return next(self._root.glob("boot/vmlinuz-*"))

    @cached_property
    def initrd(self) -> Path:
        """That of the kernel."""
        return next(self._root.glob("boot/initrd.img-*"))

    def command_line(self, disk: str) -> list[str]:
        """As the box has it, but for what only the box has."""
        return [f"root={disk}", "rw", "rootwait", "net.ifnames=0", "quiet", "loglevel=4"]
