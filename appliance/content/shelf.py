# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf: store, catalogue and kiwix library, changed together.

The store is changed first and is the truth; whatever a power cut leaves different in the other
two, ``repair`` mends.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind, Metadata
from appliance.content.room import room_for_content
from appliance.content.store import FILES, ContentStore
from appliance.content.text import passages
from appliance.errors import StoreError, UnknownItemError
from kiwix.library import Book, write_library


class Shelf:
    """All that a school's library holds, and the ways of changing it."""

    def __init__(self, config: Config) -> None:
        """Open it, and make an empty one where there is none."""
        config.state.mkdir(parents=True, exist_ok=True)
        self.config = config
        self.store = ContentStore(config.store)
        self.catalog = _open_catalog(config.catalog_db)

    def add(self, staged: Path, item: Item) -> tuple[Item, ...]:
        """Put a staged item on the shelf; what it replaced (older of its name) is removed.

        Raises:
            StoreError: it stands there already.
            OSError: the disk is full or failing; nothing was added.
        """
        with self._changing():
            older = tuple(old for old in self._of_same_name(item) if _replaces(item, old))
            item = _heir(item, older)
            self.store.add(staged, item)
            self.catalog.add(item, passages(self.store.path(item.id)))
            for old in older:
                self._take_off(old.id)
            self.publish_archives()
        return older

    def change(
        self,
        item_id: str,
        *,
        metadata: Metadata | None = None,
        edited: Metadata | None = None,
        hidden: bool | None = None,
        featured: bool | None = None,
    ) -> Item:
        """Change what is said about an item; what is not given stays.

        Args:
            metadata: what the file or a spreadsheet says.
            edited: what staff say; wins over ``metadata``.

        Raises:
            UnknownItemError: there is no such item.
        """
        given = {"metadata": metadata, "edited": edited, "hidden": hidden, "featured": featured}
        with self._changing():
            old = self.store.read(item_id)
            said = {name: value for name, value in given.items() if value is not None}
            item = msgspec.structs.replace(old, **said)
            if item != old:
                self.store.update(item)
                self.catalog.update(item)
        return item

    def remove(self, item_id: str) -> None:
        """Take an item off the shelf; ``restore`` undoes it.

        Raises:
            UnknownItemError: there is no such item.
        """
        with self._changing():
            self._take_off(item_id)
            self.publish_archives()

    def restore(self, item_id: str) -> Item:
        """Put a removed item back.

        Raises:
            UnknownItemError: no such item was removed.
        """
        with self._changing():
            self.store.restore(item_id)
            item = self.store.read(item_id)
            self.catalog.add(item, passages(self.store.path(item_id)))
            self.publish_archives()
        return item

    def make_room(self, needed: int) -> int:
        """Delete removed items for good, longest removed first, until there is room.

        Args:
            needed: bytes.

        Returns:
            Bytes free afterwards, beyond the reserve that the box itself needs.
        """
        for item_id in self.store.removed_ids():
            if self.free_bytes() >= needed:
                break
            self.store.purge(item_id)
        return self.free_bytes()

    def free_bytes(self) -> int:
        """Bytes that content may still take."""
        return room_for_content(self.store.root)

    def repair(self, *, thorough: bool = False) -> None:
        """Make catalogue and kiwix library agree with the store, and clear what was interrupted.

        Args:
            thorough: compare every record, not only which items there are.
        """
        with self._changing():
            self.store.repair()
            self.catalog.refresh_index()
            listed = self.catalog.ids()
            for item_id in self.store.ids():
                try:
                    item = self.store.read(item_id)
                except (StoreError, UnknownItemError):
                    continue  # a damaged record is `check`'s to name
                if item_id not in listed:
                    self.catalog.add(item, passages(self.store.path(item_id)))
                elif thorough and self.catalog.get(item_id) != item:
                    self.catalog.update(item)
                listed.discard(item_id)
            for item_id in listed:
                self.catalog.remove(item_id)
            self.publish_archives()

    def archive(self, item_id: str) -> Path:
        """Where the ZIM archive of an item lies."""
        return self.store.path(item_id, f"{FILES}/{item_id}.zim")

    def publish_archives(self) -> None:
        """Tell kiwix-serve which archives there are."""
        write_library(
            self.config.library_xml,
            (
                Book(
                    name=item.id,
                    path=self.archive(item.id),
                    title=item.shown.title,
                    language=",".join(item.shown.languages),
                )
                for item in self.catalog.of_kind(Kind.ZIM)
            ),
        )

    def _take_off(self, item_id: str) -> None:
        self.store.remove(item_id)
        self.catalog.remove(item_id)

    def _of_same_name(self, item: Item) -> list[Item]:
        return [old for old in self.catalog.by_name(item.details.name) if old.id != item.id]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One process and thread at a time, whoever it is: worker or command."""
        with (self.config.state / "shelf.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _replaces(new: Item, old: Item) -> bool:
    """A newer edition of an archive replaces the older; a film with other captions the former."""
    if new.kind is Kind.ZIM:
        return old.kind is Kind.ZIM and new.metadata.date > old.metadata.date
    return new.kind is old.kind


def _heir(new: Item, older: tuple[Item, ...]) -> Item:
    """What staff made of the older edition holds for the newer one, except its date."""
    for old in older:
        edited = old.edited and msgspec.structs.replace(old.edited, date=new.metadata.date)
        new = msgspec.structs.replace(new, edited=edited, hidden=old.hidden, featured=old.featured)
    return new


def _open_catalog(path: Path) -> Catalog:
    """Open the catalogue; a damaged one is set aside, for it can be made again from the store."""
    try:
        return Catalog(path)
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.OperationalError):
            raise  # busy or out of space: nothing wrong with the file itself
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return Catalog(path)
