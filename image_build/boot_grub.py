# SPDX-License-Identifier: GPL-3.0-or-later
"""How a PC starts: GRUB for BIOS and for UEFI, its script and its state.

BIOS: 440 bytes of ``boot.img`` in the MBR load ``core.img`` from the sectors behind it, up to the
first MiB. UEFI: the path for media that can be taken out, ``EFI/BOOT/BOOTX64.EFI``, on the FAT.
Both run ``grub/grub.cfg`` from the FAT, and keep their state in ``grub/state`` beside it: GRUB can
write to nothing but the blocks of an existing file, and overwrites those two sectors in place
(docs/decisions/0081-boot-state-of-a-pc.md).
"""

import shutil
import subprocess
from pathlib import Path

from image_build.errors import BuildError
from image_build.layout import STATE_OFFSET
from image_build.recipe import PROJECT

_BOOT = PROJECT / "image_build" / "boot"
_SECTOR = 512
_MBR_CODE = 440  # up to the disk's signature
# GRUB writes no other size: DEFAULT_ENVBLK_SIZE in its include/grub/lib/envblk.h.
_STATE_SIZE = 1024
_STATE_HEAD = b"# GRUB Environment Block\n"
_FIRST_STATE = b"ORDER=A B\nA_OK=1\nA_TRY=0\nB_OK=1\nB_TRY=0\n"
_MODULES = (
    *("part_msdos", "fat", "ext2", "normal", "configfile", "linux", "search", "test", "echo"),
    *("loadenv", "regexp", "serial", "terminal", "sleep", "reboot", "gzio", "all_video"),
)


def kernel_arguments() -> str:
    """The kernel's command line, but for the root."""
    return (_BOOT / "arguments.amd64").read_text("utf-8").strip()


def lay_out_firmware(root: Path, folder: Path) -> None:
    """Fill ``folder`` with what the boot partition holds."""
    (folder / "EFI" / "BOOT").mkdir(parents=True)
    (folder / "grub").mkdir()
    # An EFI program is loaded from a partition, a BIOS's only from a disk; hence the two prefixes.
    _make_core(root, "x86_64-efi", "/grub", folder / "EFI" / "BOOT" / "BOOTX64.EFI")
    script = (_BOOT / "grub.cfg").read_text("utf-8").replace("@ARGUMENTS@", kernel_arguments())
    (folder / "grub" / "grub.cfg").write_text(script, "utf-8")
    # Of a disk that was never used: slot A, then slot B, none tried yet.
    state = (_STATE_HEAD + _FIRST_STATE).ljust(_STATE_SIZE, b"#")
    (folder / "grub" / "state").write_bytes(state)


def write_boot_sectors(root: Path, parts: Path, image: Path) -> None:
    """Put GRUB for BIOS before the first partition of the raw image.

    Raises:
        BuildError: it no longer fits before the place of the boot state.
    """
    core = parts / "core.img"
    _make_core(root, "i386-pc", "(,msdos1)/grub", core, "biosdisk")
    if _SECTOR + core.stat().st_size > STATE_OFFSET:
        raise BuildError(f"GRUB has become too large for its place: {core.stat().st_size} bytes.")
    with image.open("r+b") as disk:
        disk.write((root / "usr/lib/grub/i386-pc/boot.img").read_bytes()[:_MBR_CODE])
        disk.seek(_SECTOR)
        disk.write(core.read_bytes())


def _make_core(root: Path, platform: str, prefix: str, file: Path, *modules: str) -> None:
    """One file of GRUB with all modules it needs, made by the root's own tool."""
    made = root / "tmp" / file.name
    subprocess.run(
        [
            *("chroot", root, "grub-mkimage", "--format", platform, "--prefix", prefix),
            *("--output", f"/tmp/{file.name}", *_MODULES, *modules),  # noqa: S108 # the root's
        ],
        check=True,
    )
    shutil.move(made, file)
