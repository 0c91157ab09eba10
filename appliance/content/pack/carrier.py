# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bag lies in: a folder, or a zip, which may be cut into volumes."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from appliance.content.inspect.unpack import LITTER
from appliance.content.pack.bag_path import checked_path
from appliance.content.pack.regular_file import RegularFile
from appliance.content.pack.volumes import Volumes, volumes_of
from appliance.content.pack.zip_directory import read_directory
from appliance.content.pack.zip_member import open_member
from appliance.content.payload import reading_failed
from appliance.errors import RefusalError

_SKIPPED = 1 << 20


class Carrier(Protocol):
    """The files of a bag by their paths in it, whatever they lie in. It keeps no file open."""

    def files(self) -> Iterator[tuple[str, int]]:
        """The path and the size of every file, but for what systems leave behind.

        Raises:
            RefusalError: not-a-file, unsafe-names, drive-removed or unreadable.
        """

    def open(self, path: str) -> tuple[io.RawIOBase, int]:
        """A file from its beginning, to be closed, and its size.

        Raises:
            RefusalError: pack-file-missing, not-a-file, changed-while-read, drive-removed,
                unreadable or damaged; reading raises the same.
        """


class FolderCarrier:
    """A bag that lies open in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> Iterator[tuple[str, int]]:
        """As ``Carrier.files``."""
        try:
            yield from self._walk(self._folder, "")
        except OSError as exc:
            raise reading_failed(exc) from exc

    def open(self, path: str) -> tuple[io.RawIOBase, int]:
        """As ``Carrier.open``."""
        if not os.path.lexists(self._folder / path) and self._folder.is_dir():
            raise RefusalError("pack-file-missing", path=path)
        file = RegularFile(self._folder, path.split("/"))
        return file, file.size

    def _walk(self, folder: Path, above: str) -> Iterator[tuple[str, int]]:
        """One folder after the other, so that few names are in memory at a time."""
        with os.scandir(folder) as entries:
            for entry in entries:
                path = above + entry.name
                if LITTER.search(path):
                    continue
                checked_path(path)
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(folder / entry.name, f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    yield path, entry.stat(follow_symlinks=False).st_size
                else:
                    raise RefusalError("not-a-file")


class ZipCarrier:
    """A bag whose folder is the only thing at the top of a zip.

    Attributes:
        top: that folder, with a ``/`` at its end.
        is_cut: the zip lies in volumes.
    """

    def __init__(self, path: Path) -> None:
        """Read the zip's directory.

        Raises:
            RefusalError: as ``volumes_of`` and ``read_directory``.
        """
        self._volumes = volumes_of(path)
        with Volumes(self._volumes) as file:
            self._size = file.size
            self._directory = read_directory(file, file.size)
        self.top = self._directory.top
        self.is_cut = path.suffix.casefold() != ".zip"

    def files(self) -> Iterator[tuple[str, int]]:
        """As ``Carrier.files``."""
        return self._directory.files()

    def open(self, path: str) -> tuple[io.RawIOBase, int]:
        """As ``Carrier.open``."""
        member = self._directory.find(path)
        if member is None:
            raise RefusalError("pack-file-missing", path=path)
        file = Volumes(self._volumes)
        try:
            if file.size != self._size:
                raise RefusalError("changed-while-read")
            return open_member(file, member), member.size
        except BaseException:
            file.close()
            raise


def carrier_of(path: Path) -> Carrier:
    """The carrier for what a pack's path names.

    Raises:
        RefusalError: not-a-file, drive-removed, unreadable, or what is wrong with the zip.
    """
    return FolderCarrier(path) if path.is_dir() and not path.is_symlink() else ZipCarrier(path)


def skip(stream: io.RawIOBase, count: int) -> None:
    """Go on by so many bytes in a stream that was just opened.

    Raises:
        RefusalError: as reading does.
    """
    if stream.seekable():
        stream.seek(count)
        return
    while count and (chunk := stream.read(min(count, _SKIPPED))):
        count -= len(chunk)
