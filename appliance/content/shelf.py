# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf: store, catalogue and kiwix library, changed together.

The store is changed first and is the truth; whatever a power cut leaves different in the other
two, ``repair`` mends.
"""

import fcntl
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.archive_list import ArchiveList
from appliance.content.catalog import open_catalog
from appliance.content.exchange import Before, Exchange
from appliance.content.item import Edition, Item, Kind, Metadata
from appliance.content.room import Reserve, room_for_content
from appliance.content.store import ContentStore
from appliance.content.succession import heir_of, older_than
from appliance.content.text import passages
from appliance.durable import Disk
from appliance.errors import RefusalError, StoreError

KIWIX_SEES_S = 5.0
"""kiwix-serve looks at its list each second (``--monitorLibrary``); a busy box is slower."""


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
        self.catalog = open_catalog(config.catalog_db)
        self.archives = ArchiveList(config.library_xml, self.store, self.catalog)
        self._exchange = Exchange(self.store, self.catalog, self.archives)
        self._settle_s = settle_s

    def add(self, staged: Path, item: Item, before: Before = lambda _: None) -> tuple[Item, ...]:
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
            older = older_than(item, self.catalog)
            item = heir_of(item, older)
            before([(item, older)])
            if older:
                self.store.leaving.note(item.id, tuple(old.id for old in older))
            self.store.add(staged, item)
            read = any(old.kind is Kind.ZIM for old in older)
            if read and self._settle_s:
                self.archives.publish()
            else:
                self._exchange.show([(item, older)])
                return older
        time.sleep(self._settle_s)
        with self._changing():
            self._exchange.show([(item, older)], finish=False)
        time.sleep(self._settle_s)
        with self._changing():
            self._exchange.let_go()
        return older

    def add_all(
        self, staged: Sequence[tuple[Path, Item]], disk: Disk, before: Before = lambda _: None
    ) -> list[tuple[Item, ...] | None]:
        """Put many small items on the shelf at once, none of them an archive.

        Args:
            staged: folder and item, as in ``add``.
            disk: that the folders lie on, opened before they were written.
            before: as in ``add``.

        Returns:
            For each what it replaced; None: it stands there already.

        Raises:
            OSError: the disk is full or failing; each is there whole or not at all.
        """
        with self._changing():
            new: dict[int, tuple[Item, tuple[Item, ...]]] = {}
            known: set[str] = set()
            for number, (_, item) in enumerate(staged):
                if item.id not in known and not self.store.is_whole(item.id):
                    older = older_than(item, self.catalog)
                    new[number] = heir_of(item, older), older
                known.add(item.id)
            if new:
                before(list(new.values()))
                folders = [(staged[number][0], new[number][0]) for number in new]
                self._exchange.put_all(folders, list(new.values()), disk)
        return [new[number][1] if number in new else None for number in range(len(staged))]

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
            self._exchange.let_go()
            self.store.remove(item_id)
            self.catalog.remove(item_id)
            self.archives.publish()

    def restore(self, item_id: str) -> Item:
        """Put a removed item back.

        Raises:
            UnknownItemError: no such item was removed.
        """
        with self._changing():
            self._exchange.let_go()
            self.store.restore(item_id)
            item = self.store.read(item_id)
            self.catalog.add(item, passages(self.store.path(item_id)))
            self.archives.publish()
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
            self._exchange.repair(thorough=thorough)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One process and thread at a time, whoever it is: worker or command."""
        with (self.config.state / "shelf.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
