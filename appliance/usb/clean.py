# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a FAT or exFAT file system was put away properly the last time.

One byte of the device at a place that never changes; Linux mounts such a file system for writing
all the same, which could make the damage worse.
"""

import os
from pathlib import Path

# fs/fat/fat.h and include/uapi/linux/msdos_fs.h: ``state`` of the boot sector, FAT_STATE_DIRTY. At
# 0x41 stands FAT32's; at 0x25 that of the smaller ones, whose 0x41 lies in the boot code.
_FAT32_STATE, _FAT16_STATE = 0x41, 0x25
_FAT_DIRTY = 0x01
# exFAT file system specification, 3.1.13: VolumeFlags, VolumeDirty.
_EXFAT_FLAGS = 106
_EXFAT_DIRTY = 0x02
# Sectors of each FAT for FAT12 and FAT16; nought says FAT32 (Microsoft's FAT specification).
_FAT_SIZE_16 = 22
_BOOT_SECTOR = 512


def is_clean(device: Path, file_system: str) -> bool:
    """Whether it may be written; others than FAT and exFAT the kernel itself refuses to write.

    Raises:
        OSError: the device cannot be read.
    """
    if file_system not in {"vfat", "exfat"}:
        return True
    with device.open("rb", buffering=0) as opened:
        sector = os.pread(opened.fileno(), _BOOT_SECTOR, 0)
    if len(sector) < _BOOT_SECTOR:
        return False
    if file_system == "exfat":
        return not sector[_EXFAT_FLAGS] & _EXFAT_DIRTY
    large = sector[_FAT_SIZE_16 : _FAT_SIZE_16 + 2] == b"\0\0"
    return not sector[_FAT32_STATE if large else _FAT16_STATE] & _FAT_DIRTY
