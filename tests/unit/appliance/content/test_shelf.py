# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf mends what a power cut or a bad card left apart."""

from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.item import Details, Item, Kind, Metadata, StoredFile
from appliance.content.shelf import Shelf
from tests.unit.appliance.content.making import make_item

SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Config(state=tmp_path / "state"))


def put(shelf: Shelf, item: Item) -> tuple[Item, ...]:
    name = f"files/{item.id}.zim" if item.kind is Kind.ZIM else "files/book.pdf"
    with shelf.store.stage() as staged:
        (staged / name).touch()
        files = (StoredFile(name, 0, SHA256_OF_NOTHING),)
        return shelf.add(staged, msgspec.structs.replace(item, files=files))


def archive(item_id: str, date: str) -> Item:
    return make_item(
        item_id,
        kind=Kind.ZIM,
        metadata=Metadata(title=f"Wiki {date}", date=date),
        details=Details(name="wiki_tg"),
    )


def test_repair_adds_what_the_catalogue_missed_and_drops_what_is_gone(shelf: Shelf) -> None:
    put(shelf, make_item("a" * 16))
    put(shelf, make_item("b" * 16))
    shelf.catalog.remove("a" * 16)
    shelf.store.remove("b" * 16)
    assert len(list(check(shelf))) == 2
    shelf.repair()
    assert list(check(shelf)) == []
    assert shelf.catalog.ids() == {"a" * 16}


def test_a_thorough_repair_takes_over_a_changed_record(shelf: Shelf) -> None:
    put(shelf, make_item())
    item = shelf.store.read("a" * 16)
    shelf.store.update(msgspec.structs.replace(item, hidden=True))
    assert len(list(check(shelf))) == 1
    shelf.repair(thorough=True)
    assert list(check(shelf)) == []
    assert shelf.catalog.get("a" * 16).hidden


def test_a_destroyed_catalogue_is_made_again(shelf: Shelf) -> None:
    put(shelf, make_item())
    shelf.catalog.database.close()
    shelf.config.catalog_db.write_bytes(b"ruined" * 1000)
    again = Shelf(shelf.config)
    again.repair()
    assert again.catalog.ids() == {"a" * 16}
    assert list(check(again)) == []


def test_check_names_every_kind_of_damage(shelf: Shelf) -> None:
    for letter in "abcd":
        put(shelf, make_item(letter * 16))
    shelf.store.path("a" * 16, "files/book.pdf").write_bytes(b"changed")
    shelf.store.path("b" * 16, "files/book.pdf").unlink()
    shelf.store.path("c" * 16, "item.json").write_bytes(b"{")
    shelf.store.path("d" * 16, "files/stranger").touch()
    problems = {problem.where[0]: problem.what for problem in check(shelf)}
    assert "changed" in problems["a"]
    assert "cannot be read" in problems["b"]
    assert "record" in problems["c"]
    assert "nobody knows" in problems["d"]


def test_a_newer_edition_replaces_the_older_and_inherits_what_staff_said(shelf: Shelf) -> None:
    put(shelf, archive("a" * 16, "2025-01"))
    shelf.change("a" * 16, featured=True, edited=Metadata(title="Википедия", date="2025-01"))
    (replaced,) = put(shelf, archive("b" * 16, "2026-01"))
    assert replaced.id == "a" * 16
    newer = shelf.catalog.get("b" * 16)
    assert (newer.shown.title, newer.shown.date, newer.featured) == ("Википедия", "2026-01", True)
    assert shelf.store.removed_ids() == ["a" * 16]


@pytest.mark.parametrize("date", ["2024-01", "2025-01", ""])
def test_an_edition_that_is_not_newer_stands_beside(shelf: Shelf, date: str) -> None:
    put(shelf, archive("a" * 16, "2025-01"))
    assert put(shelf, archive("b" * 16, date)) == ()
    assert shelf.catalog.ids() == {"a" * 16, "b" * 16}
