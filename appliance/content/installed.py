# SPDX-License-Identifier: GPL-3.0-or-later
"""Which version of each series of packs the box has: ``store/packs/<id>.json``."""

import re
from pathlib import Path

import msgspec

from appliance.durable import sync_folder, write_file

_FOLDER = "packs"
_ID = re.compile(r"[a-z0-9-]{1,64}")


class InstalledPack(msgspec.Struct, frozen=True):
    """A version that was installed.

    Attributes:
        digest: of its tag manifest.
        installed: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """

    id: str
    version: int
    title: dict[str, str]
    digest: str
    installed: str


def read_installed(store: Path, pack_id: str) -> InstalledPack | None:
    """The version of a series that the box has; nothing if it has none, or cannot tell."""
    try:
        return msgspec.json.decode(_file(store, pack_id).read_bytes(), type=InstalledPack)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def write_installed(store: Path, pack: InstalledPack) -> None:
    """Keep it through a power cut.

    Raises:
        OSError: the disk is full or failing.
    """
    file = _file(store, pack.id)
    if not file.parent.is_dir():
        file.parent.mkdir()
        sync_folder(store)
    write_file(file, msgspec.json.format(msgspec.json.encode(pack), indent=1) + b"\n")


def _file(store: Path, pack_id: str) -> Path:
    if not _ID.fullmatch(pack_id):
        raise ValueError(pack_id)
    return store / _FOLDER / f"{pack_id}.json"
