# SPDX-License-Identifier: GPL-3.0-or-later
"""How much room there is for content, and keeping it for a copy that has begun."""

import os
import shutil
from pathlib import Path

_RESERVE = 128 * 1024 * 1024
"""Bytes that content never takes: databases, logs and page images need them."""

_STEP = 16 * 1024 * 1024


def room_for_content(folder: Path) -> int:
    """Bytes that content may still take on the disk of this folder."""
    return max(0, shutil.disk_usage(folder).free - _RESERVE)


class Reserve:
    """Room that nobody else can take: a file without content, which shrinks as the copy grows.

    It holds against everybody, uploads and other processes too, because the disk itself counts it.
    """

    def __init__(self, file: Path, size: int) -> None:
        """Take so many bytes.

        Raises:
            OSError: there is not so much room.
        """
        self._file, self._size, self._owed = file, size, 0
        with file.open("xb") as out:
            if size:
                os.posix_fallocate(out.fileno(), 0, size)

    def spend(self, count: int) -> None:
        """So many bytes are about to be written somewhere else."""
        self._owed += count
        if self._owed > 0 and self._size:
            # In lumps: each change of its length is work for the file system.
            self._size = max(0, self._size - max(_STEP, self._owed))
            self._owed -= max(_STEP, self._owed)
            os.truncate(self._file, self._size)
