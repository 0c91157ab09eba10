# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a pack is written: a folder or a zip, under another name until it is whole."""

import os
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from appliance.content.pack.volume_writer import VolumeWriter
from appliance.errors import ApplianceError

MOST_BYTES = (1 << 32) - 1
"""The largest file that FAT32 can hold."""

EACH_FILE = 17_000
"""What a file takes beside its bytes: half a cluster of a large FAT32 stick, and its lines."""

_TEXT = (".txt", ".json", ".minisig")


class PackExistsError(ApplianceError):
    """There is something of this name already; it is left as it is."""


class Target(Protocol):
    """A pack in the making.

    Attributes:
        most_bytes: the largest payload file that can be written in one piece; 0: any.
    """

    most_bytes: int

    def put(self, path: str, size: int, chunks: Iterable[bytes]) -> None:
        """Write a file of the bag, whose path (with ``/``) was not written yet."""

    def publish(self) -> None:
        """Flush everything and give it its name: after this it survives a power cut."""

    def discard(self) -> None:
        """Remove everything that was written, unless it was published."""


def open_target(path: Path, *, most_bytes: int = MOST_BYTES) -> Target:
    """Begin a pack: a zip where its name ends in ``.zip``, else a folder.

    What an interrupted run for the same pack left behind is removed.

    Args:
        path: its name when it is whole; the folder around it exists.
        most_bytes: of each file on the disk; 0: any.

    Raises:
        PackExistsError: it is there already.
        OSError: the disk cannot be written.
    """
    others = (path, path.with_name(f"{path.name}.001"))
    if taken := next((other for other in others if other.exists()), None):
        raise PackExistsError(str(taken))
    if path.suffix.lower() == ".zip":
        return ZipTarget(path, most_bytes)
    return FolderTarget(path, most_bytes)


def _unfinished(path: Path) -> Path:
    """Its name until it is whole; nobody looks for content under a name with a dot before it."""
    return path.with_name(f".{path.name}.unfinished")


class FolderTarget:
    """A bag as a folder."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._path = path
        self._folder = _unfinished(path)
        self._last = self._folder
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()

    def put(self, path: str, size: int, chunks: Iterable[bytes]) -> None:
        """See ``Target``."""
        target = self._folder.joinpath(*path.split("/"))
        if target.parent != self._last:  # files of one publication come one after the other
            target.parent.mkdir(parents=True, exist_ok=True)
            self._last = target.parent
        with target.open("xb", buffering=0) as file:
            for chunk in chunks:
                _write(file.fileno(), chunk)

    def publish(self) -> None:
        """See ``Target``."""
        _flush()
        self._folder.rename(self._path)
        _flush()

    def discard(self) -> None:
        """See ``Target``."""
        shutil.rmtree(self._folder, ignore_errors=True)


class ZipTarget:
    """A bag in a zip, in volumes where it is too large for one."""

    most_bytes = 0  # in a zip no file needs to be split

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path = path
        self._top = path.name.removesuffix(path.suffix)
        self._volumes = VolumeWriter(_unfinished(path), most_bytes)
        self._archive = zipfile.ZipFile(self._volumes, "w")

    def put(self, path: str, size: int, chunks: Iterable[bytes]) -> None:
        """See ``Target``. Content is compressed already; only our own lists are worth it."""
        info = zipfile.ZipInfo(f"{self._top}/{path}")
        info.file_size = size
        info.external_attr = 0o644 << 16
        lists = path.endswith(_TEXT) and not path.startswith("data/items/")
        info.compress_type = zipfile.ZIP_DEFLATED if lists else zipfile.ZIP_STORED
        with self._archive.open(info, "w") as member:
            for chunk in chunks:
                member.write(chunk)

    def publish(self) -> None:
        """See ``Target``."""
        self._archive.close()
        self._volumes.close()
        _flush()
        self._volumes.rename(self._path)
        _flush()

    def discard(self) -> None:
        """See ``Target``."""
        with suppress(OSError):  # the disk may be full: what is written here is removed anyway
            self._archive.close()
        self._volumes.discard()


def _write(descriptor: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]


def _flush() -> None:
    """Hand everything to the disk, once: a flush for each of many files takes a stick hours."""
    if hasattr(os, "sync"):  # Windows has none, and writes to sticks at once
        os.sync()
