# SPDX-License-Identifier: GPL-3.0-or-later
"""How much room there is for content."""

import shutil
from pathlib import Path

_RESERVE = 128 * 1024 * 1024
"""Bytes that content never takes: databases, logs and page images need them."""


def room_for_content(folder: Path) -> int:
    """Bytes that content may still take on the disk of this folder."""
    return max(0, shutil.disk_usage(folder).free - _RESERVE)
