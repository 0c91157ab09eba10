# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent tells everybody about the sticks that it has mounted."""

from pathlib import Path

import msgspec

from appliance.durable import write_file

FILE_NAME = ".drives.json"
"""Lies in ``Config.drives`` beside the mounted folders; on a laptop there is none."""

NOT_ANSWERING = "not-answering"
"""The problem of a drive that hangs whoever reads from it."""


class MountedDrive(msgspec.Struct, frozen=True):
    """A file system of a stick.

    Attributes:
        id: name of its folder: opaque, and the same when the same stick is plugged in again.
        label: what its owner called it, made printable; empty if it has no name.
        maker: what the hardware calls itself, made printable; empty if it says nothing.
        file_system: as blkid(8) calls it: ``vfat``, ``exfat``, ``ntfs``, ``ext4`` …
        part: which of the stick's file systems, from 1; ``parts`` is how many it has.
        size: bytes of the file system's device.
        writable: whether the stick could be written (it has no read-only switch, and its file
            system is clean).
        problem: a key of ``appliance.usb.problems.PROBLEMS`` if it could not be mounted, else
            empty. Then there is no folder; or (``not-answering``) whoever looks into it waits.
    """

    id: str
    label: str
    maker: str
    file_system: str
    part: int
    parts: int
    size: int
    writable: bool
    problem: str = ""


def read_drive_list(drives: Path) -> tuple[MountedDrive, ...]:
    """The list of the folder ``drives``; empty where nobody wrote one."""
    try:
        content = (drives / FILE_NAME).read_bytes()
        return msgspec.json.decode(content, type=tuple[MountedDrive, ...])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        # Only root writes it, by rename; without it drives have no names, and that is all.
        return ()


def silent_drives(drives: Path) -> set[str]:
    """Ids of those in the folder ``drives`` that do not answer."""
    return {one.id for one in read_drive_list(drives) if one.problem == NOT_ANSWERING}


def write_drive_list(drives: Path, mounted: tuple[MountedDrive, ...]) -> None:
    """Tell everybody.

    Raises:
        OSError: the folder cannot be written.
    """
    write_file(drives / FILE_NAME, msgspec.json.encode(mounted), mode=0o644)
