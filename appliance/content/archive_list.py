# SPDX-License-Identifier: GPL-3.0-or-later
"""The archives that kiwix-serve shall serve, as ``library.xml`` lists them."""

from contextlib import suppress
from pathlib import Path

from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind
from appliance.content.store import FILES, ContentStore
from appliance.errors import StoreError, UnknownItemError
from kiwix.library import Book, write_library


class ArchiveList:
    """What ``library.xml`` says and should say."""

    def __init__(self, file: Path, store: ContentStore, catalog: Catalog) -> None:
        """``file``: ``library.xml``."""
        self._file, self._store, self._catalog = file, store, catalog

    def path(self, item_id: str) -> Path:
        """Where the ZIM archive of an item lies."""
        return self._store.path(item_id, f"{FILES}/{item_id}.zim")

    def items(self) -> list[Item]:
        """Those of the catalogue, and for a moment those that give way and those that take their
        place.
        """
        found = {item.id: item for item in self._catalog.of_kind(Kind.ZIM)}
        for heir, old in self._store.leaving.all().items():
            for item_id in (heir, *old):
                with suppress(StoreError, UnknownItemError):
                    item = self._store.read(item_id)
                    if item.kind is Kind.ZIM:
                        found.setdefault(item_id, item)
        return list(found.values())

    def publish(self) -> None:
        """Tell kiwix-serve which archives there are."""
        write_library(
            self._file,
            (
                Book(
                    name=item.id,
                    path=self.path(item.id),
                    title=item.shown.title,
                    language=",".join(item.shown.languages),
                )
                for item in self.items()
            ),
        )
