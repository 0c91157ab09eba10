# SPDX-License-Identifier: GPL-3.0-or-later
"""How new items take the place of older ones; every step holds the shelf's lock."""

from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.content.archive_list import ArchiveList
from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind
from appliance.content.store import ContentStore
from appliance.content.text import passages
from appliance.durable import Disk
from appliance.errors import StoreError, UnknownItemError

Coming = tuple[Item | None, tuple[Item, ...]]
"""What comes (nothing, where a pack only takes away) and what goes for it."""

Before = Callable[[Sequence[Coming]], None]
"""Told what is about to change."""


class Exchange:
    """The three that have to agree: store, catalogue and kiwix-serve's list."""

    def __init__(self, store: ContentStore, catalog: Catalog, archives: ArchiveList) -> None:
        self.store, self.catalog, self.archives = store, catalog, archives

    def put_all(
        self,
        staged: Sequence[tuple[Path, Item]],
        new: Sequence[tuple[Item, tuple[Item, ...]]],
        disk: Disk,
    ) -> None:
        """Put staged items in place, and let students find them.

        Raises:
            OSError: the disk is full or failing; each is there whole or not at all.
        """
        for item, older in new:
            if older:
                self.store.leaving.note(item.id, tuple(old.id for old in older), disk)
        try:
            self.store.add_all(staged, disk)
        except OSError:
            # What was renamed before the disk failed is there.
            self.show([one for one in new if self.store.is_whole(one[0].id)])
            raise
        self.show(new)

    def show(self, new: Sequence[Coming], *, finish: bool = True) -> None:
        """From now on students find the new ones, and no longer the older.

        ``finish``: the older ones go at once.
        """
        items = [item for item, _ in new if item]
        gone = [old.id for _, older in new for old in older]
        texts = ((item, passages(self.store.path(item.id))) for item in items)
        self.catalog.exchange(texts, gone)
        if gone or any(item.kind is Kind.ZIM for item in items):
            self.archives.publish()
        if gone and finish:
            self.let_go()

    def let_go(self) -> None:
        """Take away what has given way."""
        leaving = self.store.leaving.all()
        if not leaving:
            return
        heirs = [heir for heir in leaving if self.store.is_whole(heir)]
        unseen = [self.store.read(heir) for heir in heirs if not self.catalog.has(heir)]
        if unseen:
            self.show([(item, ()) for item in unseen])
        old = (item_id for heir in heirs for item_id in leaving[heir])
        self.catalog.remove(*self.store.remove_all(old))
        for heir in leaving:
            self.store.leaving.cross_out(heir)
        self.archives.publish()

    def repair(self, *, thorough: bool) -> None:
        """As ``Shelf.repair``."""
        self.store.repair()
        self.let_go()
        self.catalog.refresh_index()
        damaged = set()
        for item_id in self.store.each_id():
            try:
                item = self.store.read(item_id)
            except (StoreError, UnknownItemError):
                damaged.add(item_id)  # it is `check`'s to name
                continue
            if not self.catalog.has(item_id):
                self.catalog.add(item, passages(self.store.path(item_id)))
            elif thorough and self.catalog.get(item_id) != item:
                self.catalog.update(item)
        each = self.catalog.each_id()
        gone = [one for one in each if one in damaged or not self.store.has(one)]
        if gone:
            self.catalog.remove(*gone)
        self.archives.publish()
