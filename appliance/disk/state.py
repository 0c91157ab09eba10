# SPDX-License-Identifier: GPL-3.0-or-later
"""How the data partition was found at the boot."""

from enum import StrEnum
from pathlib import Path

STATE_FILE = Path("/run/chashma-data/state")
"""One word, written before anything else of ours starts; absent on a laptop."""


class DataState(StrEnum):
    """What ``/data`` is now."""

    GOOD = "good"
    READ_ONLY = "read-only"
    """It is damaged: what it holds can be read; what is changed is lost at the next start."""
    ABSENT = "absent"
    """It cannot even be read: an empty library in memory stands in for it."""
