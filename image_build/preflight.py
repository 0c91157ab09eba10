# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be so before an image is built, all of it told at once and in words that help."""

import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from image_build.errors import NotReadyError

# What a build leaves in its folder at its fullest: package files, the base and the provisioned
# tree, a partition image of each, the disk and what is made of it (an estimate).
NEEDED_BYTES = 8 * 1024**3

# Tool -> Debian package that holds it.
_TOOLS = {
    "mmdebstrap": "mmdebstrap",
    "genimage": "genimage",
    "mkfs.vfat": "dosfstools",
    "mcopy": "mtools",
    "mkfs.ext4": "e2fsprogs",
    "depmod": "kmod",
    "fsck.ext4": "e2fsprogs",
    "sfdisk": "fdisk",
    "xz": "xz-utils",
    "bmaptool": "bmap-tools",
    "arch-test": "arch-test",
}
_TOOLS_OF_ARCH: dict[str, dict[str, str]] = {
    "arm64": {"mkimage": "u-boot-tools", "mkenvimage": "u-boot-tools"},
    "amd64": {},
}

_BINFMT = Path("/proc/sys/fs/binfmt_misc")
_QEMU = {"arm64": "qemu-aarch64", "amd64": "qemu-x86_64"}
_ANSWER_WITHIN_S = 30


def check(arch: str, folder: Path) -> None:
    """See that this machine can build an image for ``arch`` ("arm64" or "amd64") in ``folder``.

    A foreign architecture's programs must run here; where only their registration with the kernel
    is missing (Debian 12 in a container, or before the next boot), it is made up for.

    Raises:
        NotReadyError: it cannot; the message lists all that is missing, a line each.
    """
    if os.geteuid() != 0:
        raise NotReadyError(
            "Building an image needs root, for other people's files: sudo make image"
        )
    problems = [*_missing_tools(arch), *_bad_folder(folder)]
    if shutil.which("arch-test") is not None:
        problems += _foreign_programs(arch)
    if problems:
        raise NotReadyError("\n".join(problems))


def check_server(url: str, suite: str) -> None:
    """See that a server of Debian's answers; both as in sources.list.

    Raises:
        NotReadyError: it does not, or it is no such server.
    """
    release = f"{url.rstrip('/')}/dists/{suite}/InRelease"
    if not release.startswith(("http://", "https://")):
        return  # a folder or a medium: the base stage will say
    request = urllib.request.Request(release, method="HEAD")  # noqa: S310 # http(s), just checked
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_WITHIN_S):  # noqa: S310 # the same
            return
    except (urllib.error.URLError, OSError) as exc:
        raise NotReadyError(
            f"Debian's packages cannot be fetched from {url}: {exc}. "
            "Is this machine on the network? Once the base is built, a build needs no network."
        ) from exc


def _missing_tools(arch: str) -> list[str]:
    wanted = _TOOLS | _TOOLS_OF_ARCH[arch]
    missing = {tool: package for tool, package in wanted.items() if shutil.which(tool) is None}
    if not missing:
        return []
    return [
        f"Missing: {', '.join(sorted(missing))} (Debian packages: "
        f"{' '.join(sorted(set(missing.values())))}). tools/system-packages image installs them."
    ]


def _bad_folder(folder: Path) -> list[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        state = os.statvfs(folder)
    except OSError as exc:
        return [f"The build folder cannot be used: {exc}"]
    problems = []
    if state.f_flag & (os.ST_NODEV | os.ST_NOEXEC):
        problems.append(
            f"{folder} is on a file system without devices or programs (nodev, noexec): "
            "build somewhere else."
        )
    free = state.f_bavail * state.f_frsize
    if free < NEEDED_BYTES:
        problems.append(
            f"{folder} has {free / 1024**3:.1f} GiB free; a build needs "
            f"{NEEDED_BYTES / 1024**3:.0f} GiB."
        )
    return problems


def _foreign_programs(arch: str) -> list[str]:
    if _runs_here(arch):
        return []
    _register(_QEMU[arch])
    if _runs_here(arch):
        return []
    return [
        f"Programs for {arch} do not run on this machine. tools/system-packages image installs "
        "QEMU's; the kernel must know it too, as root:\n"
        f"  mount -t binfmt_misc binfmt_misc {_BINFMT}; update-binfmts --import {_QEMU[arch]}\n"
        "In a container, do that on its host."
    ]


def _runs_here(arch: str) -> bool:
    return subprocess.run(["arch-test", arch], check=False, capture_output=True).returncode == 0


def _register(emulator: str) -> None:
    """Tell the kernel of an emulator that is installed; what fails is seen by trying again."""
    if not (_BINFMT / "register").exists():
        subprocess.run(
            ["mount", "-t", "binfmt_misc", "binfmt_misc", _BINFMT],
            check=False,
            capture_output=True,
        )
    if shutil.which("update-binfmts") is not None:
        subprocess.run(["update-binfmts", "--import", emulator], check=False, capture_output=True)
