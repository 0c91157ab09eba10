# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that play a computer."""

from pathlib import Path

# Laid there by tools/system-packages, where the system's own is too old.
_NEWER = Path(__file__).parents[2] / ".cache" / "qemu" / "qemu-system-aarch64"


def emulator(arch: str) -> str:
    """The program for boards of an architecture, ``arm64`` or ``amd64``."""
    if arch == "amd64":
        return "qemu-system-x86_64"
    return str(_NEWER) if _NEWER.exists() else "qemu-system-aarch64"
