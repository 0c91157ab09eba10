# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk with what a phone would bring along: programs that are not in the image."""

import hashlib
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
    tree, unfinished = folder / f"tools-{arch}.tar", disk.with_suffix(".new")
    subprocess.run(
        [
            *("mmdebstrap", "--quiet", f"--architectures={arch}", "--variant=extract"),
            *('--aptopt=Apt::Install-Recommends "0"', f"--include={','.join(_PACKAGES)}"),
            *("--dpkgopt=path-exclude=/usr/share/*", SUITE, str(tree), *sources()),
        ],
        check=True,
    )
    _pack(tree, unfinished)
    tree.unlink()
    unfinished.replace(disk)
    return disk


def _pack(tree: Path, disk: Path) -> None:
    unpacked = tree.with_suffix("")
    unpacked.mkdir()
    subprocess.run(["tar", "-xf", tree, "-C", unpacked], check=True)
    # The disk is read-only; what a station finds out about names must lie elsewhere.
    (unpacked / "etc" / "resolv.conf").symlink_to("/tmp/resolv.conf")
    with disk.open("wb") as out:
        out.truncate(_SIZE)
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-d", unpacked, disk], check=True)
    subprocess.run(["rm", "-rf", unpacked], check=True)
