# SPDX-License-Identifier: GPL-3.0-or-later
"""The card or disk below the state folder: its errors, and its wear where it tells it."""

import os
from pathlib import Path

import msgspec

from appliance.disk.state import FOLDER, read_word

_STEP = 10
_WORN_OUT = 100
_PRE_EOL = {0x02: 80, 0x03: 90}


class Card(msgspec.Struct, frozen=True):
    """What is known of it; nothing where it does not tell.

    Attributes:
        errors: since the boot, and those that the file system has noted since it was last mended.
        worn_percent: of its life, in steps of ten; only eMMC tells it.
        read_only: nothing can be written now.
    """

    errors: int | None = None
    worn_percent: int | None = None
    read_only: bool = False


def read_card(state: Path, *, sysfs: Path = Path("/sys"), folder: Path = FOLDER) -> Card:
    """Read it; needs no rights.

    Args:
        state: the state folder.
        sysfs: where ``/sys`` is.
        folder: where the sensors that only root may read are written down.
    """
    part = _partition(state, sysfs)
    return Card(
        _errors(part, sysfs, folder),
        _worn(part.parent / "device") if part else None,
        bool(os.statvfs(state).f_flag & os.ST_RDONLY),
    )


def read_sensor(name: str, folder: Path = FOLDER) -> int | None:
    """A count of ``/usr/local/libexec/chashma/sensors``: ``NAME NUMBER`` in a line."""
    for line in read_word(folder / "sensors").splitlines():
        key, _, value = line.partition(" ")
        if key == name and value.isascii() and value.isdigit():
            return int(value)
    return None


def _partition(state: Path, sysfs: Path) -> Path | None:
    """The folder of sysfs; a layer over the partition has no device, then the root's is meant."""
    for place in (state, Path("/")):
        device = place.stat().st_dev
        found = sysfs / "dev/block" / f"{os.major(device)}:{os.minor(device)}"
        if found.exists():
            return found.resolve()
    return None


def _errors(part: Path | None, sysfs: Path, folder: Path) -> int | None:
    counts = [read_sensor("card-errors", folder)]
    if part:
        # ext4(5): kept in the superblock until e2fsck clears it.
        noted = read_word(sysfs / "fs/ext4" / part.name / "errors_count")
        counts.append(int(noted) if noted.isdecimal() else None)
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _worn(device: Path) -> int | None:
    """The worse of two kinds of memory, ``0x01 0x02``, and of the reserve of spare blocks.

    JEDEC JESD84-B51, ``DEVICE_LIFE_TIME_EST_TYP_A/B`` (0x01: up to 10 per cent, 0x0B: beyond its
    life) and ``PRE_EOL_INFO`` (0x02: 80 per cent of the reserve used, 0x03: 90); Linux shows them
    as ``life_time`` and ``pre_eol_info``.
    """
    steps = [_hex(word) for word in read_word(device / "life_time").split()]
    spare = _PRE_EOL.get(_hex(read_word(device / "pre_eol_info")), 0)
    known = [min(step * _STEP, _WORN_OUT) for step in steps if step > 0]
    return max(*known, spare) if known else spare or None


def _hex(word: str) -> int:
    try:
        return int(word, 16)
    except ValueError:
        return 0
