# SPDX-License-Identifier: GPL-3.0-or-later
"""How the file systems of sticks are mounted."""

from appliance.usb.mount_calls import Options
from appliance.usb.part import MOUNTABLE, Part

WRITABLE = frozenset({"vfat", "exfat", "ntfs"})
"""File systems that may be opened for writing."""


def mount_options(part: Part, owner: tuple[int, int]) -> Options:
    """The options of a stick's file system (the kernel's ``Documentation/filesystems``).

    Args:
        part: to be mounted.
        owner: user and group of what lies on file systems that know no owners.
    """
    user, group = owner
    everything = {"uid": str(user), "gid": str(group), "fmask": "0137", "dmask": "0027"}
    match MOUNTABLE[part.file_system]:
        case "vfat":
            # Short names are in the code page of the country, and the times of no time zone.
            names = {"codepage": "866", "iocharset": "ascii", "utf8": "1", "tz": "UTC"}
            return {**everything, **names, "flush": None}
        case "ext4":
            # What stands in its journal is not played back, for that would write. The file system
            # itself may ask to stop the whole machine when it is found damaged; it may not.
            return {"noload": None, "errors": "continue"}
        case _:
            return {**everything, "iocharset": "utf8"}
