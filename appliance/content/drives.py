# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives: each folder in ``Config.drives`` is one that is plugged in."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.discover import Candidate, discover
from appliance.content.fingerprint import fingerprint
from appliance.content.progress import size_of
from appliance.errors import ApplianceError
from appliance.usb.drive_list import MountedDrive, read_drive_list


class UnknownDriveError(ApplianceError):
    """No drive of this id is plugged in (any more)."""


class Drive(msgspec.Struct, frozen=True):
    """A drive.

    Attributes:
        id: name of its folder; opaque.
        label: for people: what its owner called it, else what it calls itself, else the id.
        size: bytes that it holds in all; ``free``: bytes of it that are free.
        mounted: what the agent says of it; nothing on a laptop.
    """

    id: str
    label: str
    path: Path
    size: int
    free: int
    mounted: MountedDrive | None = None


class Found(msgspec.Struct, frozen=True):
    """A candidate on a drive.

    Attributes:
        size: bytes of its files.
        on_shelf: id of the item that it most probably is already, or empty.
    """

    candidate: Candidate
    size: int
    on_shelf: str


def plugged_in(config: Config) -> list[Drive]:
    """The drives, in the order of their ids."""
    config.drives.mkdir(parents=True, exist_ok=True)
    found = []
    told = {drive.id: drive for drive in read_drive_list(config.drives)}
    for path in sorted(config.drives.iterdir()):
        # A name need not be UTF-8, but everything that is said about a drive is.
        name = os.fsencode(path.name).decode("utf-8", "replace")
        with suppress(OSError):  # it is being pulled out
            if path.is_dir() and not name.startswith("."):
                usage = shutil.disk_usage(path)
                label = _label(told.get(name)) or name
                found.append(Drive(name, label, path, usage.total, usage.free, told.get(name)))
    return found


def _label(told: MountedDrive | None) -> str:
    return (told.label or told.maker) if told else ""


def find_drive(config: Config, drive_id: str) -> Drive:
    """The drive of this id.

    Raises:
        UnknownDriveError: it is not plugged in.
    """
    for drive in plugged_in(config):
        if drive.id == drive_id:
            return drive
    raise UnknownDriveError(drive_id)


def look(drive: Drive, catalog: Catalog, *, closely: int | None = None) -> list[Found]:
    """What is on a drive; reads names, sizes and a little of each file.

    Args:
        closely: so many candidates are compared with the shelf, the others taken for new: ten
            thousand files on a slow stick would take minutes. Without it all are.

    Raises:
        UnknownDriveError: it was pulled out.
    """
    try:
        return [
            _found(candidate, catalog if closely is None or number < closely else None)
            for number, candidate in enumerate(discover([drive.path]))
        ]
    except FileNotFoundError as exc:
        raise UnknownDriveError(drive.id) from exc


def _found(candidate: Candidate, catalog: Catalog | None) -> Found:
    known: list[str] = []
    if catalog and candidate.kind and not candidate.problem:
        with suppress(OSError):  # it will be refused by name when somebody asks for it
            known = catalog.by_fingerprint(fingerprint(candidate.all_files))
    return Found(candidate, size_of(candidate), known[0] if known else "")
