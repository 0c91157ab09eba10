# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent remembers of sticks."""

from pathlib import Path

import msgspec

from appliance.durable import write_file

_FILE_NAME = ".memory.json"


class DriveMemory(msgspec.Struct):
    """What outlasts the agent, but not the boot: keys of parts (``Part.key``).

    Attributes:
        mounted: by id.
        ejected: that stay away until they are plugged in anew.
    """

    mounted: dict[str, str] = msgspec.field(default_factory=dict)
    ejected: set[str] = msgspec.field(default_factory=set)


def read_memory(folder: Path) -> DriveMemory:
    """What was remembered in the folder of the sticks; empty where that cannot be read."""
    try:
        return msgspec.json.decode((folder / _FILE_NAME).read_bytes(), type=DriveMemory)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return DriveMemory()


def write_memory(folder: Path, memory: DriveMemory) -> None:
    """Remember it.

    Raises:
        OSError: the folder cannot be written.
    """
    write_file(folder / _FILE_NAME, msgspec.json.encode(memory), mode=0o600)
