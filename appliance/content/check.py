# SPDX-License-Identifier: GPL-3.0-or-later
"""The check: does the shelf hold what it says, byte for byte?"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from appliance.content.copy import hash_files
from appliance.content.item import Item
from appliance.content.shelf import Shelf
from appliance.content.store import RECORD
from appliance.errors import RefusalError, StoreError, UnknownItemError
from kiwix.library import listed_paths


class Problem(msgspec.Struct, frozen=True):
    """Something that is not as it should be.

    Attributes:
        where: an item's id, or the name of a file of the state folder.
        what: in English, for the person who looks after the box.
    """

    where: str
    what: str


def check(shelf: Shelf, watch: Callable[[str], None] = lambda _: None) -> Iterator[Problem]:
    """Compare store, hashes, catalogue and kiwix library; nothing comes if all is well.

    Args:
        watch: told the id of each item before its files are read.
    """
    yield from _check_database(shelf.config.catalog_db, shelf.catalog.database.connection)
    listed = shelf.catalog.ids()
    # For a few seconds an edition that gives way stands beside the one that takes its place.
    changing = {name for heir, old in shelf.store.leaving.all().items() for name in (heir, *old)}
    for item_id in shelf.store.ids():
        watch(item_id)
        try:
            item = shelf.store.read(item_id)
        except (StoreError, UnknownItemError) as exc:
            yield Problem(item_id, f"its record cannot be read: {exc}")
            continue
        yield from _check_item(shelf, item)
        if item_id in changing:
            continue
        if item_id not in listed:
            yield Problem(item_id, "stands in the store, but not in the catalogue")
        elif shelf.catalog.get(item_id) != item:
            yield Problem(item_id, "the catalogue tells another story than its record")
    for item_id in sorted(listed - set(shelf.store.ids())):
        yield Problem(item_id, "stands in the catalogue, but not in the store")
    yield from _check_archives(shelf)


def _check_item(shelf: Shelf, item: Item) -> Iterator[Problem]:
    folder = shelf.store.path(item.id)
    expected = {file.path for file in item.files} | {RECORD}
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(present - expected):
        yield Problem(item.id, f"{name}: nobody knows this file")
    for file in item.files:
        try:
            path = shelf.store.path(item.id, file.path)
            if hash_files([path], lambda _: None) != file.sha256:
                yield Problem(item.id, f"{file.path}: its bytes have changed")
        except (RefusalError, StoreError) as exc:
            yield Problem(item.id, f"{file.path}: cannot be read: {exc}")


def _check_database(path: Path, connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        for row in connection.execute("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield Problem(path.name, row[0])
    except sqlite3.DatabaseError as exc:
        yield Problem(path.name, str(exc))


def _check_archives(shelf: Shelf) -> Iterator[Problem]:
    """kiwix-serve's list must name just the archives of the shelf."""
    name = shelf.config.library_xml.name
    try:
        listed = {path.resolve() for path in listed_paths(shelf.config.library_xml)}
    except ElementTree.ParseError as exc:
        yield Problem(name, f"cannot be read: {exc}")
        return
    expected = {shelf.archives.path(item.id).resolve() for item in shelf.archives.items()}
    for path in sorted(expected - listed):
        yield Problem(name, f"does not list {path.name}")
    for path in sorted(listed - expected):
        yield Problem(name, f"lists {path.name}, which is not on the shelf")
