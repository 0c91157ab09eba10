# SPDX-License-Identifier: GPL-3.0-or-later
"""The store: every item whole under its id, or not there at all.

An item is built in a staging folder, flushed to the disk and renamed into place; it leaves by a
rename too. Whatever a power cut interrupts is a folder in ``staging`` that ``repair`` removes.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import msgspec

from appliance.content.item import ID_PATTERN, Item
from appliance.content.leaving import Leaving
from appliance.content.lock_file import held, taken
from appliance.content.partial import Partials
from appliance.durable import Disk, sync_file, sync_folder, sync_tree
from appliance.errors import StoreError, UnknownItemError

RECORD = "item.json"
FILES = "files"


class ContentStore:
    """The one owner of content paths below its root.

    ``items/<id>/`` is the shelf, ``trash/<id>/`` what was removed and can come back,
    ``staging/<token>/`` what is on its way in, ``partial/<key>/`` what was broken off on its way.

    Attributes:
        partials: copies that can go on.
        leaving: which items are about to give way to which.
    """

    def __init__(self, root: Path) -> None:
        """Use the folder, which is made where it is missing."""
        self.root = root
        self._items = root / "items"
        self._trash = root / "trash"
        self._staging = root / "staging"
        for folder in (self._items, self._trash, self._staging):
            folder.mkdir(parents=True, exist_ok=True)
        self.partials = Partials(root / "partial")
        self.leaving = Leaving(root / "leaving")

    def path(self, item_id: str, relative: str = "") -> Path:
        """Where a file of an item lies (it need not exist).

        Raises:
            UnknownItemError: the id is not of an id's form.
            StoreError: the relative path would leave the item's folder.
        """
        folder = self._folder(self._items, item_id)
        parts = PurePosixPath(relative).parts
        if relative.startswith("/") or ".." in parts or "\0" in relative:
            raise StoreError(f"not a path inside an item: {relative!r}")
        return folder.joinpath(*parts)

    def is_whole(self, item_id: str) -> bool:
        """Whether the item stands on the shelf with every file in its size; no hash is computed."""
        try:
            files = self.read(item_id).files
            return all(self.path(item_id, file.path).stat().st_size == file.size for file in files)
        except (StoreError, UnknownItemError, OSError):
            return False

    def read(self, item_id: str) -> Item:
        """The item's record.

        Raises:
            UnknownItemError: there is no such item.
            StoreError: its record is damaged.
        """
        return _read_record(self._folder(self._items, item_id))

    def items(self) -> Iterator[Item]:
        """Every item on the shelf whose record can be read, in no order."""
        for item_id in self.each_id():
            try:
                yield self.read(item_id)
            except (StoreError, UnknownItemError):
                continue  # `chashma check` names it; the others must not suffer

    def ids(self) -> list[str]:
        """The ids on the shelf, sorted."""
        return _ids(self._items)

    def each_id(self) -> Iterator[str]:
        """As ``ids``, one after the other and in no order."""
        return _each_id(self._items)

    def has(self, item_id: str) -> bool:
        """Whether there is an item of this id; nothing of it is read."""
        return self._folder(self._items, item_id).is_dir()

    def removed_ids(self) -> list[str]:
        """The ids that can be restored, longest removed first."""
        # The rename into the trash set the change time; the order holds with any clock.
        return sorted(_ids(self._trash), key=lambda name: (self._trash / name).stat().st_ctime_ns)

    def read_removed(self, item_id: str) -> Item:
        """The record of an item that was removed.

        Raises:
            UnknownItemError: no such item was removed.
            StoreError: its record is damaged.
        """
        return _read_record(self._folder(self._trash, item_id))

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """An empty folder to build an item in; gone afterwards unless ``add`` took it.

        The folder holds a locked file while its process lives, so that ``repair`` in another
        process leaves it alone.
        """
        folder = self._staging / secrets.token_hex(8)
        with held(folder.with_suffix(".lock")):
            (folder / FILES).mkdir(parents=True)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def add(self, staged: Path, item: Item) -> None:
        """Put a staged folder on the shelf; when this returns, it survives a power cut.

        It takes the place of an item that a bad card has damaged.

        Raises:
            StoreError: an item of this id stands there already.
            OSError: the disk is full or failing; nothing was added.
        """
        (staged / RECORD).write_bytes(_encode(item))
        sync_tree(staged)
        if self.is_whole(item.id):
            raise StoreError(f"{item.id} is on the shelf already")
        self._put(staged, item.id)
        sync_folder(self._items)

    def add_all(self, staged: Sequence[tuple[Path, Item]], disk: Disk) -> None:
        """Put many on the shelf, none of which stands there, with one flush for all.

        Args:
            staged: folder and item.
            disk: that they lie on, opened before they were written.

        Raises:
            OSError: the disk is full or failing; each is there whole or not at all.
        """
        for folder, item in staged:
            (folder / RECORD).write_bytes(_encode(item))
        disk.flush()
        for folder, item in staged:
            self._put(folder, item.id)
        sync_folder(self._items)

    def update(self, item: Item) -> None:
        """Replace the record of an item on the shelf.

        Raises:
            UnknownItemError: there is no such item.
        """
        if not self.path(item.id, RECORD).is_file():
            raise UnknownItemError(item.id)
        # Written in staging, so that a power cut leaves no scrap among the item's files.
        with self.stage() as staged:
            record = staged / RECORD
            record.write_bytes(_encode(item))
            sync_file(record)
            record.replace(self.path(item.id, RECORD))
        sync_folder(self.path(item.id))

    def remove(self, item_id: str) -> None:
        """Take an item off the shelf; ``restore`` brings it back until ``purge``.

        Raises:
            UnknownItemError: there is no such item.
        """
        if not self.remove_all([item_id]):
            raise UnknownItemError(item_id)

    def remove_all(self, item_ids: Iterable[str]) -> list[str]:
        """Take items off the shelf as ``remove`` does; those that stood there."""
        removed = []
        for item_id in item_ids:
            folder, bin_ = self._folder(self._items, item_id), self._folder(self._trash, item_id)
            if not folder.is_dir():
                continue
            if bin_.exists():
                self._discard(bin_)  # the same content, removed before and brought again
            folder.rename(bin_)
            removed.append(item_id)
        if removed:
            sync_folder(self._items)
            sync_folder(self._trash)
        return removed

    def restore(self, item_id: str) -> None:
        """Put a removed item back.

        Raises:
            UnknownItemError: no such item was removed.
        """
        bin_, folder = self._folder(self._trash, item_id), self._folder(self._items, item_id)
        if not bin_.is_dir():
            raise UnknownItemError(item_id)
        if folder.exists():
            self._discard(bin_)  # the same content was brought again meanwhile
        else:
            bin_.rename(folder)
            sync_folder(self._trash)
            sync_folder(self._items)

    def purge(self, item_id: str) -> None:
        """Delete a removed item for good.

        Raises:
            UnknownItemError: no such item was removed.
        """
        folder = self._folder(self._trash, item_id)
        if not folder.is_dir():
            raise UnknownItemError(item_id)
        self._discard(folder)

    def repair(self) -> int:
        """Remove what interrupted processes left in staging; the number of such folders.

        Partial copies that can go on stay.
        """
        self.partials.repair()
        removed = 0
        for entry in list(self._staging.iterdir()):
            if entry.suffix == ".lock":
                continue
            with taken(entry.with_suffix(".lock")) as abandoned:
                if abandoned:
                    shutil.rmtree(entry, ignore_errors=True)
                    removed += 1
        for lock_file in list(self._staging.glob("*.lock")):
            with taken(lock_file):
                pass
        return removed

    def _put(self, staged: Path, item_id: str) -> None:
        target = self._folder(self._items, item_id)
        if target.exists():
            self._discard(target)
        staged.rename(target)

    def _discard(self, folder: Path) -> None:
        """Delete a whole item folder so that no half of it is ever seen in its place."""
        doomed = self._staging / secrets.token_hex(8)
        folder.rename(doomed)
        sync_folder(folder.parent)
        shutil.rmtree(doomed, ignore_errors=True)  # what is left, repair removes

    @staticmethod
    def _folder(parent: Path, item_id: str) -> Path:
        if not ID_PATTERN.fullmatch(item_id):
            raise UnknownItemError(item_id)
        return parent / item_id


def _ids(folder: Path) -> list[str]:
    return sorted(_each_id(folder))


def _each_id(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (entry.name for entry in entries if ID_PATTERN.fullmatch(entry.name))


def _encode(item: Item) -> bytes:
    return msgspec.json.format(msgspec.json.encode(item), indent=1) + b"\n"


def _read_record(folder: Path) -> Item:
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Item)
    except FileNotFoundError as exc:
        raise UnknownItemError(folder.name) from exc
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise StoreError(f"{folder.name}: record cannot be read: {exc}") from exc
