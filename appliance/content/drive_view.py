# SPDX-License-Identifier: GPL-3.0-or-later
"""What the worker saw on a drive, left for the panel.

Packs come from anybody, so only the worker reads them; it leaves what it saw in ``Config.run``, and
the web reads that. Every text in it may be chosen by whoever made the stick.
"""

import hashlib
from enum import StrEnum
from pathlib import Path

import msgspec

from appliance.content.item import Kind
from appliance.content.pack.info import PackInfo
from appliance.durable import write_file

_FOLDER = "drives"
SHOWN = 2000
"""So many publications of a pack are listed; the counts are of all."""


class LineState(StrEnum):
    """What a publication would be to this shelf."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    BROKEN = "broken"


class PackLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication of a pack beside the shelf.

    Attributes:
        identifier: for ``InstallPack.identifiers``.
        title: the one that is shown where there is none in the reader's language; ``titles`` by
            language code.
        size: bytes of its files.
        on_shelf: id of the item that it is already, or whose place it takes; ``replaces`` is the
            title of the latter.
        code: why it is broken, a key of ``appliance.reasons.REASONS``.
    """

    identifier: str
    state: LineState
    title: str
    kind: Kind | None = None
    titles: dict[str, str] = {}
    size: int = 0
    on_shelf: str = ""
    replaces: str = ""
    code: str = ""


class Tally(msgspec.Struct, frozen=True):
    """How many publications are in one state, and their bytes."""

    count: int = 0
    size: int = 0


class PackView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pack as it was seen.

    Attributes:
        path: below the drive's folder, with ``/``, for ``InstallPack.pack``.
        info: what it says of itself; nothing where not even that can be read.
        digest: of its tag manifest: packs with the same are the same.
        standing: ``trusted``, ``unknown`` or ``unsigned``; empty where ``code`` says what is wrong.
        key: fingerprint of the key that is said to have signed it; ``key_name`` its name here.
        installed: the version of the series that the box has, or 0.
        may_install: a signed-in person may have it installed, by the policy.
        by_itself: it installs without being asked.
        lines: the first ``SHOWN`` publications; ``tally`` counts all of them by state.
        retires: titles of the items that it would take off the shelf.
        needed: bytes that everything new or newer takes.
        size: bytes of the payload.
        code: why it cannot be taken as a whole, a key of ``appliance.reasons.REASONS``; with its
            ``details``.
    """

    path: str
    info: PackInfo | None = None
    digest: str = ""
    standing: str = ""
    key: str = ""
    key_name: str = ""
    installed: int = 0
    may_install: bool = False
    by_itself: bool = False
    lines: tuple[PackLine, ...] = ()
    tally: dict[LineState, Tally] = {}
    retires: tuple[str, ...] = ()
    needed: int = 0
    size: int = 0
    code: str = ""
    details: dict[str, str | int] = {}

    @property
    def back(self) -> bool:
        """Whether it is an older version than the one that is installed."""
        return self.info is not None and self.info.version < self.installed


class DriveView(msgspec.Struct, frozen=True):
    """A drive as it was seen.

    Attributes:
        id: of the drive.
        looked: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        free: bytes that content might take then.
        loose: files outside packs that might be content, as far as was looked.
        loose_new: whether one of them is not on the shelf, nor was refused before.
    """

    id: str
    looked: str
    free: int = 0
    packs: tuple[PackView, ...] = ()
    loose: int = 0
    loose_new: bool = False


def read_drive_view(run: Path, drive_id: str) -> DriveView | None:
    """What was seen on a drive; nothing while the worker has not looked yet.

    Args:
        run: ``Config.run``.
        drive_id: as in ``appliance.content.drives.Drive``.
    """
    try:
        return msgspec.json.decode(_file(run, drive_id).read_bytes(), type=DriveView)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None  # it comes again with the next look


def write_drive_view(run: Path, view: DriveView) -> None:
    """Leave what was seen.

    Raises:
        OSError: the folder cannot be written.
    """
    file = _file(run, view.id)
    file.parent.mkdir(exist_ok=True)
    write_file(file, msgspec.json.encode(view))


def forget_drive_view(run: Path, drive_id: str) -> None:
    """The drive is gone."""
    _file(run, drive_id).unlink(missing_ok=True)


def _file(run: Path, drive_id: str) -> Path:
    """Its id may be no file name: it is that of any folder."""
    name = hashlib.sha256(drive_id.encode("utf-8", "surrogateescape")).hexdigest()[:20]
    return run / _FOLDER / f"{name}.json"
