# SPDX-License-Identifier: GPL-3.0-or-later
"""The store: whole items or none."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from appliance.content.store import ContentStore
from appliance.errors import StoreError, UnknownItemError
from tests.unit.appliance.content.making import make_item

ID = "a" * 16


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "store")


def put(store: ContentStore, item_id: str = ID) -> None:
    with store.stage() as staged:
        (staged / "files" / "book.pdf").write_bytes(b"abc")
        store.add(staged, make_item(item_id))


def test_an_added_item_can_be_read(store: ContentStore) -> None:
    put(store)
    assert store.ids() == [ID]
    assert store.read(ID) == make_item(ID)
    assert store.path(ID, "files/book.pdf").read_bytes() == b"abc"


def test_what_was_not_added_leaves_nothing(store: ContentStore) -> None:
    with store.stage() as staged:
        (staged / "files" / "book.pdf").write_bytes(b"abc")
    assert store.ids() == []
    assert list((store.root / "staging").iterdir()) == []


def test_the_same_id_is_not_added_twice(store: ContentStore) -> None:
    put(store)
    with pytest.raises(StoreError, match="already"):
        put(store)
    assert store.read(ID) == make_item(ID)


def test_removed_and_restored(store: ContentStore) -> None:
    put(store)
    store.remove(ID)
    assert store.ids() == []
    assert store.removed_ids() == [ID]
    store.restore(ID)
    assert store.read(ID) == make_item(ID)
    assert store.removed_ids() == []


def test_removed_twice_because_it_was_brought_again(store: ContentStore) -> None:
    put(store)
    store.remove(ID)
    put(store)
    store.remove(ID)
    assert store.removed_ids() == [ID]
    assert store.ids() == []


def test_restored_although_it_was_brought_again(store: ContentStore) -> None:
    put(store)
    store.remove(ID)
    put(store)
    store.restore(ID)
    assert store.ids() == [ID]
    assert store.removed_ids() == []


def test_purged_is_gone(store: ContentStore) -> None:
    put(store)
    store.remove(ID)
    store.purge(ID)
    assert store.removed_ids() == []
    with pytest.raises(UnknownItemError):
        store.restore(ID)


@pytest.mark.parametrize("relative", ["../x", "/etc/passwd", "files/../../x", "a\0b"])
def test_no_path_leaves_the_item(store: ContentStore, relative: str) -> None:
    with pytest.raises(StoreError):
        store.path(ID, relative)


@pytest.mark.parametrize("item_id", ["", "..", "a" * 15, "A" * 16, "a" * 15 + "/", "a" * 16 + "\n"])
def test_no_id_is_a_path(store: ContentStore, item_id: str) -> None:
    with pytest.raises(UnknownItemError):
        store.path(item_id)


def test_a_damaged_record_is_named_and_harms_no_other(store: ContentStore) -> None:
    put(store)
    put(store, "b" * 16)
    store.path(ID, "item.json").write_bytes(b'{"id": 1')
    with pytest.raises(StoreError):
        store.read(ID)
    assert [item.id for item in store.items()] == ["b" * 16]


def _stage_and_die(root: Path) -> None:
    with ContentStore(root).stage() as staged:
        (staged / "files" / "half").write_bytes(b"x")
        os.kill(os.getpid(), signal.SIGKILL)


def test_repair_clears_what_a_killed_process_left_but_not_what_lives(store: ContentStore) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=_stage_and_die, args=(store.root,))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    with store.stage() as living:
        assert store.repair() == 1
        assert living.is_dir()
    assert list((store.root / "staging").iterdir()) == []
