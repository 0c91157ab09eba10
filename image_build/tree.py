# SPDX-License-Identifier: GPL-3.0-or-later
"""What is laid over Debian's root: our program, its services, and each role's files.

One tree, packed into one tar, so that provisioning has one task for it: under emulation every task
takes ten seconds.
"""

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

from image_build.recipe import PROJECT, PROVISIONING

_PYTHON = Path("usr/local/lib/python3.13/dist-packages")
_PACKAGES = ("appliance", "kiwix", "webapp")
_NOT_ON_THE_BOX = shutil.ignore_patterns("__pycache__", "*.po", "*.pot", "sources", "node_modules")


def pack_tree(folder: Path, epoch: int) -> Path:
    """Lay the tree out in ``folder``, pack it beside it, and give the tar.

    The tar holds files and links only, all of root and of one time: the modification time of a
    folder says nothing, and would make a second provisioning believe that something changed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for role in sorted(PROVISIONING.glob("roles/*/files")):
        shutil.copytree(role, folder, symlinks=True, dirs_exist_ok=True)
    for package in _PACKAGES:
        shutil.copytree(
            PROJECT / package, folder / _PYTHON / package, symlinks=True, ignore=_NOT_ON_THE_BOX
        )
    subprocess.run(
        [sys.executable, "-P", "-m", "appliance.services.box", folder], check=True, cwd=PROJECT
    )
    packed = folder.with_suffix(".tar")
    with tarfile.open(packed, "w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or path.is_file():
                tar.add(path, arcname=str(path.relative_to(folder)), filter=_of_root(epoch))
    return packed


def _of_root(epoch: int) -> Callable[[tarfile.TarInfo], tarfile.TarInfo]:
    def as_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = epoch
        member.mode = 0o755 if member.mode & 0o100 else 0o644
        return member

    return as_root
