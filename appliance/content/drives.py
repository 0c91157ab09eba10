# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives: each folder in ``Config.drives`` is one that is plugged in."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.config import Config
from appliance.content.allowance import Allowance
from appliance.content.catalog import Catalog
from appliance.content.discover import Candidate, discover
from appliance.content.fingerprint import fingerprint
from appliance.content.patience import NotAnsweringError, patience
from appliance.content.progress import size_of
from appliance.errors import ApplianceError
from appliance.usb.drive_list import NOT_ANSWERING, MountedDrive, read_drive_list

Told = TypeVar("Told")
_ANSWER_S = 3.0
"""To wait until a stick says how much is free on it; then it is left out of the list."""
_LOOK_S = 60.0
"""To wait for its names: slow ones need long. One that hangs is told of before that."""
LOOKED_AT = 2000
"""So many files and folders of a drive are shown to people, who do not wait for all that there may
be. A job takes the others too."""


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


class Contents(msgspec.Struct, frozen=True):
    """What is on a drive.

    Attributes:
        is_all: whether that is everything; else there is more.
    """

    found: list[Found]
    is_all: bool


def plugged_in(config: Config) -> list[Drive]:
    """The drives, in the order of their ids; without those that do not answer."""
    found = []
    for name, path, mounted in _folders(config):
        if mounted and mounted.problem:
            continue
        with suppress(OSError, NotAnsweringError):  # it is being pulled out, or hangs
            found.append(_drive(name, path, mounted))
    return found


def find_drive(config: Config, drive_id: str) -> Drive:
    """The drive of this id.

    Raises:
        UnknownDriveError: it is not plugged in.
        NotAnsweringError: it hangs.
    """
    for name, path, mounted in _folders(config):
        if name != drive_id:
            continue
        if mounted and mounted.problem == NOT_ANSWERING:
            raise NotAnsweringError(name)
        if not (mounted and mounted.problem):
            with suppress(OSError):
                return _drive(name, path, mounted)
    raise UnknownDriveError(drive_id)


def _folders(config: Config) -> Iterator[tuple[str, Path, MountedDrive | None]]:
    """For each drive its id, its folder and what the agent says of it."""
    config.drives.mkdir(parents=True, exist_ok=True)
    told = {drive.id: drive for drive in read_drive_list(config.drives)}
    for path in sorted(config.drives.iterdir()):
        # A name need not be UTF-8, but everything that is said about a drive is.
        name = os.fsencode(path.name).decode("utf-8", "replace")
        if not name.startswith("."):
            yield name, path, told.get(name)


def _drive(name: str, path: Path, mounted: MountedDrive | None) -> Drive:
    """What it says of itself.

    Raises:
        OSError: it is no folder, or is being pulled out.
        NotAnsweringError: it hangs.
    """
    total, free = patience().ask(path, partial(_room, path), _ANSWER_S)
    return Drive(name, _label(mounted) or name, path, total, free, mounted)


def _room(path: Path) -> tuple[int, int]:
    """Bytes of a drive in all, and those that are free.

    Raises:
        OSError: it is no folder, or is being pulled out.
    """
    if not path.is_dir():
        raise NotADirectoryError(path)
    usage = shutil.disk_usage(path)
    return usage.total, usage.free


def _label(told: MountedDrive | None) -> str:
    return (told.label or told.maker) if told else ""


def look(drive: Drive, catalog: Catalog, *, closely: int | None = None) -> Contents:
    """What is on a drive, as far as it is shown; reads names, sizes and a little of each file.

    Args:
        closely: so many candidates are compared with the shelf, the others taken for new: a
            thousand files on a slow stick would take long. Without it all are.

    Raises:
        UnknownDriveError: it was pulled out.
        NotAnsweringError: it hangs.
    """

    def ask() -> Contents:
        allowance = Allowance(LOOKED_AT)
        found = [
            _found(candidate, catalog if closely is None or number < closely else None)
            for number, candidate in enumerate(discover([drive.path], allowance))
        ]
        return Contents(found, is_all=not allowance.is_spent)

    return _asked(drive, ask)


def sources(drive: Drive) -> list[str]:
    """The names by which people know what is on a drive, as far as ``look`` shows it.

    Raises:
        UnknownDriveError: it was pulled out.
        NotAnsweringError: it hangs.
    """
    return _asked(
        drive, lambda: [one.source for one in discover([drive.path], Allowance(LOOKED_AT))]
    )


def _asked(drive: Drive, ask: Callable[[], Told]) -> Told:
    try:
        return patience().ask(drive.path, ask, _LOOK_S)
    except FileNotFoundError as exc:
        raise UnknownDriveError(drive.id) from exc


def _found(candidate: Candidate, catalog: Catalog | None) -> Found:
    known: list[str] = []
    if catalog and candidate.kind and not candidate.problem:
        with suppress(OSError):  # it will be refused by name when somebody asks for it
            known = catalog.by_fingerprint(fingerprint(candidate.all_files))
    return Found(candidate, size_of(candidate), known[0] if known else "")
