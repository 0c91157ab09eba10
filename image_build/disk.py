# SPDX-License-Identifier: GPL-3.0-or-later
"""From a finished root folder to the bytes of a card."""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

from image_build import boot_grub, boot_uboot, layout
from image_build.recipe import MIB, Arch, Recipe
from image_build.times import clamp, freeze

_ROOM_BESIDE_CONTENT = 1.1
_EXT4_STRIDE = 128 * MIB


def make_disk(recipe: Recipe, data: Path | None) -> Path:
    """Assemble the raw image.

    Args:
        data: what the data partition holds from the first start, or nothing.
    """
    parts = recipe.work / f"parts-{recipe.arch}"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    _tidy(recipe.root)
    _name_kernel(recipe)
    _firmware(recipe, parts)
    clamp(recipe.root, recipe.epoch)
    _ext4(recipe, recipe.root, parts / "root.ext4", "chashma-a", layout.SLOT_SIZE, "^has_journal")
    _ext4(recipe, data, parts / "data.ext4", layout.DATA_LABEL, _data_size(data), "has_journal")
    image = _assemble(recipe, parts)
    if recipe.arch is Arch.AMD64:
        boot_grub.write_boot_sectors(recipe.root, parts, image)
    return image


def _tidy(root: Path) -> None:
    """Leave nothing of the build in the root, and no identity: each box makes its own."""
    for name in (
        "var/lib/apt/lists",
        "var/cache/apt",
        "var/log",
        "tmp",
        "run",
        "var/cache/debconf",
    ):
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    for pattern in (
        "etc/ssh/ssh_host_*",
        "boot/System.map-*",
        "boot/config-*",
        "etc/*-",
        "root/.*",
        "var/cache/ldconfig/*",
    ):
        for file in root.glob(pattern):
            file.unlink() if not file.is_dir() else shutil.rmtree(file)
    (root / "etc/machine-id").write_text("")
    for_dbus = root / "var/lib/dbus/machine-id"
    for_dbus.unlink(missing_ok=True)
    for_dbus.symlink_to("/etc/machine-id")  # as dbus itself has it where it is not there
    for name in ("data", "boot/firmware"):
        (root / name).mkdir(parents=True, exist_ok=True)


def _name_kernel(recipe: Recipe) -> None:
    """Give the kernel and its initramfs names that stay, which the boot script knows.

    A Raspberry Pi's is compressed: U-Boot reads a card more slowly than it unpacks. A PC's is so
    already.
    """
    boot = recipe.root / "boot"
    for kernel in boot.glob("vmlinuz-*"):
        if recipe.arch is Arch.AMD64:
            kernel.replace(boot / "vmlinuz")
            continue
        with (
            (boot / "vmlinuz").open("wb") as out,
            gzip.GzipFile("", "wb", 9, out, mtime=0) as small,
        ):
            small.write(kernel.read_bytes())
        kernel.unlink()
    for initramfs in boot.glob("initrd.img-*"):
        initramfs.replace(boot / "initrd.img")


def _firmware(recipe: Recipe, parts: Path) -> None:
    folder = parts / "firmware"
    folder.mkdir()
    if recipe.arch is Arch.AMD64:
        boot_grub.lay_out_firmware(recipe.root, folder)
        # GRUB keeps its state in a file, so nothing of ours lies there.
        (parts / "state.bin").write_bytes(bytes(layout.STATE_SIZE))
    else:
        boot_uboot.lay_out_firmware(recipe.root, folder, parts, recipe.epoch)
        boot_uboot.make_state(parts / "state.bin")
    card = recipe.card or recipe.root / "usr/share/chashma/chashma.toml"
    if card.exists():
        shutil.copy(card, folder / "chashma.toml")
    for file in folder.rglob("*"):
        os.utime(file, (recipe.epoch, recipe.epoch))
    image = parts / "firmware.vfat"
    _sparse(image, layout.FIRMWARE_SIZE)
    _run(
        *("mkfs.vfat", "-F", "32", "--invariant", "-i", f"{layout.DISK_ID:08x}"),
        *("-n", layout.FIRMWARE_LABEL, str(image)),
    )
    _run(
        "mcopy", "-smp", "-i", str(image), *map(str, sorted(folder.iterdir())), "::", recipe=recipe
    )


def _ext4(
    recipe: Recipe, folder: Path | None, image: Path, label: str, size: int, journal: str
) -> None:
    _sparse(image, size)
    _run(
        *("mke2fs", "-q", "-F", "-t", "ext4", "-L", label, "-m", "1", "-b", "4096"),
        # By its size now, mke2fs would choose many inodes and a small journal; the card is larger.
        *(("-i", "32768", "-J", "size=32") if journal == "has_journal" else ()),
        *("-U", layout.file_system_id(label, recipe.epoch)),
        # U-Boot reads it, and an old e2fsck on somebody's computer may have to mend it.
        *("-O", f"{journal},^orphan_file,^metadata_csum_seed"),
        *("-E", f"hash_seed={layout.file_system_id(label + '-seed', recipe.epoch)},root_owner=0:0"),
        *(("-d", str(folder)) if folder else ()),
        str(image),
        recipe=recipe,
    )
    freeze(image, recipe.epoch)


def _data_size(data: Path | None) -> int:
    if data is None:
        return layout.DATA_SIZE
    held = sum(file.lstat().st_size for file in data.rglob("*"))
    wanted = layout.DATA_SIZE + int(held * _ROOM_BESIDE_CONTENT)
    return -(-wanted // _EXT4_STRIDE) * _EXT4_STRIDE


def _assemble(recipe: Recipe, parts: Path) -> Path:
    config = parts / "genimage.cfg"
    config.write_text(_GENIMAGE.format(name=recipe.name, layout=layout), encoding="utf-8")
    empty = parts / "empty"
    empty.mkdir()
    _run(
        *("genimage", "--loglevel", "1", "--config", str(config), "--rootpath", str(empty)),
        *("--tmppath", str(parts / "tmp"), "--inputpath", str(parts)),
        *("--outputpath", str(recipe.work)),
    )
    return recipe.work / f"{recipe.name}.img"


_GENIMAGE = """image {name}.img {{
    hdimage {{
        partition-table-type = "mbr"
        disk-signature = {layout.DISK_ID:#x}
        align = 1M
    }}
    partition state {{
        in-partition-table = false
        image = "state.bin"
        offset = {layout.STATE_OFFSET}
    }}
    partition firmware {{
        partition-type = 0xC
        bootable = true
        image = "firmware.vfat"
        offset = {layout.FIRMWARE_OFFSET}
    }}
    partition root-a {{
        partition-type = 0x83
        image = "root.ext4"
    }}
    partition root-b {{
        partition-type = 0x83
        size = {layout.SLOT_SIZE}
    }}
    partition data {{
        partition-type = 0x83
        image = "data.ext4"
    }}
}}
"""


def _sparse(file: Path, size: int) -> None:
    with file.open("wb") as out:
        out.truncate(size)


def _run(*command: str, recipe: Recipe | None = None) -> None:
    epoch = {"SOURCE_DATE_EPOCH": str(recipe.epoch)} if recipe else {}
    if recipe:
        # e2fsprogs before 1.47.1 knows no SOURCE_DATE_EPOCH.
        epoch["E2FSPROGS_FAKE_TIME"] = str(recipe.epoch)
    # A FAT keeps local time.
    subprocess.run(command, check=True, env={**os.environ, "TZ": "UTC", **epoch})
