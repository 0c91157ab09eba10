# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk with what a phone would bring along: programs that are not in the image."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from image_build.base import sources
from image_build.recipe import SUITE

_PACKAGES = ("busybox-static", "curl", "iproute2", "iw", "tcpdump", "wpasupplicant")
_MIB = 1 << 20
_SIZE = 200 * _MIB
MOUNT_POINT = "/run/tools"


def tools_disk(folder: Path, arch: str = "arm64") -> Path:
    """An ext4 file system with Debian's packages unpacked; made once, kept in ``folder``.

    The packages are only unpacked: nothing of theirs runs here, so it takes seconds.
    """
    key = hashlib.sha256(" ".join((SUITE, arch, *_PACKAGES)).encode()).hexdigest()[:16]
    disk = folder / f"tools-{arch}-{key}.ext4"
    if disk.exists():
        return disk
    folder.mkdir(parents=True, exist_ok=True)
    tree, unpacked = folder / f"tools-{arch}.tar", folder / f"tools-{arch}"
    subprocess.run(
        [
            *("mmdebstrap", "--quiet", f"--architectures={arch}", "--variant=extract"),
            *('--aptopt=Apt::Install-Recommends "0"', f"--include={','.join(_PACKAGES)}"),
            *("--dpkgopt=path-exclude=/usr/share/*", SUITE, str(tree), *sources()),
        ],
        check=True,
    )
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir()
    subprocess.run(["tar", "-xf", tree, "-C", unpacked], check=True)
    tree.unlink()
    _make_a_root_of(unpacked)
    packed(unpacked, disk)
    shutil.rmtree(unpacked)
    return disk


def _make_a_root_of(folder: Path) -> None:
    """Add what Debian's base brings and no single package has: links and places to mount on."""
    for name in ("proc", "sys", "dev", "run", "tmp", "root"):
        (folder / name).mkdir(exist_ok=True)
    for name in ("bin", "sbin", "lib"):
        if not (folder / name).exists():
            (folder / name).symlink_to(f"usr/{name}")
    # The disk is read-only; what a station finds out about names must lie elsewhere.
    (folder / "etc" / "resolv.conf").unlink(missing_ok=True)
    (folder / "etc" / "resolv.conf").symlink_to("/tmp/resolv.conf")


def packed(folder: Path, disk: Path) -> Path:
    """An ext4 file system in a file, with what is in a folder."""
    unfinished = disk.with_suffix(".new")
    with unfinished.open("wb") as out:
        out.truncate(_SIZE)
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-d", folder, unfinished], check=True)
    return unfinished.replace(disk)
