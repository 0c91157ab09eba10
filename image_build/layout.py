# SPDX-License-Identifier: GPL-3.0-or-later
"""Where everything lies on the card.

=========  ========  =======================================================
from       size      what
=========  ========  =======================================================
0          1 sector  MBR
1 MiB      1 sector  boot state (``BOOT_ORDER``, tries left), raw
4 MiB      256 MiB   p1 FAT32: firmware, boot loader, ``chashma.toml``
260 MiB    2 GiB     p2 root of slot A, ext4 without a journal, read-only
2308 MiB   2 GiB     p3 root of slot B, empty until the first update
4356 MiB   256 MiB+  p4 data, ext4; grows to the end of the card
=========  ========  =======================================================
"""

import uuid

from image_build.recipe import MIB

DISK_ID = 0x43484153
STATE_OFFSET = 1 * MIB
STATE_SIZE = 512
FIRMWARE_OFFSET = 4 * MIB
FIRMWARE_SIZE = 256 * MIB
FIRMWARE_LABEL = "CHASHMA"
SLOT_SIZE = 2048 * MIB
DATA_SIZE = 256 * MIB
DATA_LABEL = "chashma-data"

_NAMES = uuid.UUID("6a3c5d0e-4f0b-4b54-9d1e-0d9b6c1b7a11")


def file_system_id(label: str, epoch: int) -> str:
    """The UUID of a file system: the same in every build of the same time."""
    return str(uuid.uuid5(_NAMES, f"{label}:{epoch}"))
