# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf: store, catalogue and kiwix library, changed together.

The store is changed first and is the truth; whatever a power cut leaves different in the other
two, ``repair`` mends.
"""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.item import Edition, Item, Kind, Metadata
from appliance.content.room import Reserve, room_for_content
from appliance.content.store import FILES, ContentStore
from appliance.content.text import passages
from appliance.errors import RefusalError, StoreError, UnknownItemError
from kiwix.library import Book, write_library

KIWIX_SEES_S = 5.0
"""kiwix-serve looks at its list each second (``--monitorLibrary``); a busy box is slower."""

Before = Callable[[Item | None, tuple[Item, ...]], None]
"""Told what comes (nothing, where a pack only takes away) and what goes."""


class Shelf:
    """All that a school's library holds, and the ways of changing it."""

    def __init__(self, config: Config, *, settle_s: float = 0.0) -> None:
        """Open it, and make an empty one where there is none.

        Args:
            config: where it lies.
            settle_s: how long to wait until kiwix-serve has surely read a changed list of
                archives; 0 where nobody reads.
        """
        config.state.mkdir(parents=True, exist_ok=True)
        self.config = config
        self.store = ContentStore(config.store)
        self.catalog = _open_catalog(config.catalog_db)
        self._settle_s = settle_s

    def add(self, staged: Path, item: Item, before: Before = lambda *_: None) -> tuple[Item, ...]:
        """Put a staged item on the shelf; what it replaced (older of its name) is removed.

        An archive that takes the place of another is first made known to kiwix-serve, then shown
        to students, and only then does the older one go: who reads notices nothing.

        Args:
            staged: as ``ContentStore.stage`` gave it.
            item: what it is.
            before: told what is about to come and to go, while nobody else can change the shelf.

        Raises:
            StoreError: it stands there already.
            OSError: the disk is full or failing; nothing was added.
        """
        with self._changing():
            if self.store.is_whole(item.id):
                raise StoreError(f"{item.id} is on the shelf already")
            older = self._older(item)
            item = _heir(item, older)
            before(item, older)
            if older:
                self.store.leaving.note(item.id, tuple(old.id for old in older))
            self.store.add(staged, item)
            read = any(old.kind is Kind.ZIM for old in older)
            if read and self._settle_s:
                self.publish_archives()
            else:
                self._show(item, older)
                self._let_go()
                return older
        time.sleep(self._settle_s)
        with self._changing():
            self._show(item, older)
        time.sleep(self._settle_s)
        with self._changing():
            self._let_go()
        return older

    def change(
        self,
        item_id: str,
        *,
        metadata: Metadata | None = None,
        edited: Metadata | None = None,
        hidden: bool | None = None,
        featured: bool | None = None,
        edition: Edition | None = None,
        titles: dict[str, str] | None = None,
    ) -> Item:
        """Change what is said about an item; what is not given stays.

        Args:
            metadata: what the file or a spreadsheet says.
            edited: what staff say; wins over ``metadata``.
            hidden: from students; ``featured`` in front of the others.
            featured: see ``hidden``.
            edition: of a pack, which brought it again; ``titles`` likewise.
            titles: see ``edition``.

        Raises:
            UnknownItemError: there is no such item.
        """
        given: dict[str, object] = {
            "metadata": metadata,
            "edited": edited,
            "hidden": hidden,
            "featured": featured,
        }
        given |= {"edition": edition, "titles": titles}
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
            self._let_go()
            self._take_off(item_id)
            self.publish_archives()

    def restore(self, item_id: str) -> Item:
        """Put a removed item back.

        Raises:
            UnknownItemError: no such item was removed.
        """
        with self._changing():
            self._let_go()
            self.store.restore(item_id)
            item = self.store.read(item_id)
            self.catalog.add(item, passages(self.store.path(item_id)))
            self.publish_archives()
        return item

    def lead(self, item_id: str, heir_id: str) -> None:
        """See that who reads an item can be led to another one, which is on the shelf too.

        Returns when kiwix-serve surely knows the other one, so that the first may be removed.

        Raises:
            UnknownItemError: there is no such item.
        """
        with self._changing():
            heir = self.store.read(heir_id)
            former = dict.fromkeys((*heir.former, item_id))
            heir = msgspec.structs.replace(heir, former=tuple(former))
            self.store.update(heir)
            self.catalog.update(heir)
        if heir.kind is Kind.ZIM:
            time.sleep(self._settle_s)

    def make_room(self, needed: int, *, keep: Collection[str] = ()) -> int:
        """Delete what can be spared until there is room, oldest first.

        First go copies that were broken off, since their sticks still have them, then removed
        items.

        Args:
            needed: bytes.
            keep: keys of broken-off copies that are about to go on.

        Returns:
            Bytes free afterwards, beyond the reserve that the box itself needs.
        """
        for key in self.store.partials.oldest_first():
            if self.free_bytes() >= needed:
                break
            if key not in keep:
                self.store.partials.give_way(key)
        for item_id in self.store.removed_ids():
            if self.free_bytes() >= needed:
                break
            self.store.purge(item_id)
        return self.free_bytes()

    @contextmanager
    def reserved(self, needed: int, *, keep: Collection[str] = ()) -> Iterator[Reserve]:
        """Room for a whole job, which nobody else can take inside the block.

        Args:
            needed: bytes.
            keep: as in ``make_room``.

        Raises:
            RefusalError: there is not so much (``no-space``, with ``needed`` and ``free``).
        """
        free = self.make_room(needed, keep=keep)
        if needed > free:
            raise RefusalError("no-space", needed=needed, free=free)
        with self.store.stage() as folder:
            try:
                reserve = Reserve(folder / "reserve", needed)
            except OSError as exc:  # somebody was faster
                raise RefusalError("no-space", needed=needed, free=self.free_bytes()) from exc
            yield reserve

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
            self._let_go()
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

    def archives(self) -> list[Item]:
        """The archives that kiwix-serve shall serve: those of the catalogue, and for a moment those
        that give way and those that take their place.
        """
        found = {item.id: item for item in self.catalog.of_kind(Kind.ZIM)}
        for heir, old in self.store.leaving.all().items():
            for item_id in (heir, *old):
                with suppress(StoreError, UnknownItemError):
                    item = self.store.read(item_id)
                    if item.kind is Kind.ZIM:
                        found.setdefault(item_id, item)
        return list(found.values())

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
                for item in self.archives()
            ),
        )

    def _show(self, item: Item, older: tuple[Item, ...]) -> None:
        """From now on students find the new one, and no longer the older."""
        gone = [old.id for old in older]
        self.catalog.exchange(item, passages(self.store.path(item.id)), gone)
        if item.kind is Kind.ZIM or older:
            self.publish_archives()

    def _let_go(self) -> None:
        """Take away what has given way."""
        for heir, old in self.store.leaving.all().items():
            if self.store.is_whole(heir):
                if heir not in self.catalog.ids():
                    self._show(self.store.read(heir), ())
                for item_id in old:
                    with suppress(UnknownItemError):
                        self._take_off(item_id)
            self.store.leaving.cross_out(heir)
            self.publish_archives()

    def _take_off(self, item_id: str) -> None:
        self.store.remove(item_id)
        self.catalog.remove(item_id)

    def _older(self, item: Item) -> tuple[Item, ...]:
        """What the item takes the place of."""
        named = (old for old in self.catalog.by_name(item.details.name) if _replaces(item, old))
        found = {old.id: old for old in named}
        if item.edition:
            same = self.catalog.by_identifier(item.edition.identifier)
            found.update((old.id, old) for old in same)
        found.pop(item.id, None)
        return tuple(found.values())

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
        new = msgspec.structs.replace(
            new,
            edited=edited,
            hidden=old.hidden,
            featured=old.featured,
            former=(*new.former, *old.former, old.id),
        )
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
