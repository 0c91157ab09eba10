# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs and loose files whose copy breaks off, changes, or finds no room."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content import payload, room
from appliance.content.check import check
from appliance.content.copy import Copy
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.install import Wanted, install
from appliance.content.pack.pack import find_packs, read_pack
from appliance.content.pack.verify import VerifiedPack, verify_pack
from appliance.content.pack_payload import PackPayload
from appliance.content.payload import LoosePayload
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.content.progress import Progress
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError
from tests.pack_maker import Entry, make_pack, trusted
from tests.unit.appliance.content.making import make_sound

BIG = 24 * 1024 * 1024


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Config(state=tmp_path / "state"))


@pytest.fixture(autouse=True)
def _seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a stick that gives errors to be gone."""
    monkeypatch.setattr("appliance.content.outcome._GOING_S", 0.0)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A pack with a large and a small sound, and a large loose one."""
    stick = tmp_path / "stick"
    stick.mkdir()
    large = grown(make_sound(tmp_path / "large.wav", 1))
    small = make_sound(tmp_path / "small.wav", 2)
    make_pack(stick, [Entry("small", {"s.wav": small}), Entry("large", {"l.wav": large})])
    grown(make_sound(stick / "loose.wav", 3))
    return stick


def grown(sound: Path) -> Path:
    with sound.open("ab") as out:
        out.write(random.Random(sound.name).randbytes(BIG))
    return sound


def verified(stick: Path) -> VerifiedPack:
    policy = StickPolicy(keys=(TrustedKey(trusted()),))
    return verify_pack(read_pack(find_packs(stick)[0]), policy, None)


def packed(shelf: Shelf, stick: Path, progress: Progress | None = None) -> list[IngestResult]:
    return list(install(verified(stick), Wanted(), shelf, progress or Progress()))


def loose(shelf: Shelf, stick: Path, progress: Progress | None = None) -> list[IngestResult]:
    return list(ingest(list(discover([stick])), shelf, progress or Progress()))


class Counted(Progress):
    """Knows how many bytes were really copied."""

    copied = 0

    def advance(self, count: int) -> None:
        self.copied += count
        super().advance(count)

    def skip(self, count: int) -> None:
        self.copied -= count
        super().skip(count)


class Cut:
    """Breaks the reading of sources off after so many bytes; counts all that is read."""

    def __init__(self, patch: pytest.MonkeyPatch, most: int, end: Callable[[], object]) -> None:
        self.read, self.most, self.end = 0, most, end
        for kind in (PackPayload, LoosePayload):
            patch.setattr(kind, "chunks", self._counted(kind.chunks))

    def _counted(self, real: Callable[..., payload.Chunks]) -> Callable[..., payload.Chunks]:
        def chunks(source: object, offset: int = 0) -> payload.Chunks:
            for chunk in real(source, offset):
                if self.read >= self.most:
                    self.end()
                self.read += len(chunk)
                yield chunk

        return chunks


def unplugged() -> None:
    raise RefusalError("drive-removed")


def assert_whole(shelf: Shelf) -> None:
    shelf.repair(thorough=True)
    assert list(check(shelf)) == []
    assert list((shelf.store.root / "staging").iterdir()) == []


@pytest.mark.parametrize("bring", [packed, loose])
def test_pulled_out_and_plugged_in_again_it_goes_on_where_it_was(
    shelf: Shelf, stick: Path, bring: Callable[..., list[IngestResult]]
) -> None:
    away = stick.with_name("away")

    def pull() -> None:
        stick.rename(away)
        unplugged()

    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG * 3 // 4, pull)
        first = Counted()
        with pytest.raises(RefusalError) as refusal:
            bring(shelf, stick, first)
        assert refusal.value.code == "drive-removed"
    assert_whole(shelf)
    away.rename(stick)
    second = Counted()
    assert {result.code for result in bring(shelf, stick, second)} == {""}
    assert first.copied > BIG // 2
    assert first.copied + second.copied - BIG < 0.05 * first.copied
    assert list((shelf.store.root / "partial").iterdir()) == []
    assert_whole(shelf)


def test_after_a_power_cut_only_what_was_flushed_counts(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG // 2, unplugged)
        loose(shelf, stick)
    (key,) = shelf.store.partials.oldest_first()
    kept = shelf.store.partials.kept(key)
    assert kept >= BIG // 2
    monkeypatch.setattr("appliance.content.partial._boot", lambda: "another")
    (file,) = (shelf.store.root / "partial" / key / "files").iterdir()
    with file.open("ab") as out:
        out.write(b"never flushed")
    assert shelf.store.partials.kept(key) == kept
    assert {result.code for result in loose(shelf, stick)} == {""}
    assert_whole(shelf)


def test_a_stick_that_comes_back_with_other_content_is_copied_anew(
    shelf: Shelf, stick: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG // 2, unplugged)
        loose(shelf, stick)
    # Beginning, end, size and name are as before; the middle is another.
    with (stick / "loose.wav").open("r+b") as file:
        file.seek(1024 * 1024)
        file.write(os.urandom(8 * 1024 * 1024))
    (result,) = loose(shelf, stick)
    assert result.status is Status.INSTALLED
    stored = shelf.store.path(result.id, "files/loose.wav")
    assert stored.read_bytes() == (stick / "loose.wav").read_bytes()
    assert_whole(shelf)


def test_a_damaged_beginning_is_noticed_and_copied_again(shelf: Shelf, stick: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG // 2, unplugged)
        packed(shelf, stick)
    (key,) = shelf.store.partials.oldest_first()
    (file,) = (shelf.store.root / "partial" / key / "files").iterdir()
    with file.open("r+b") as rotten:
        rotten.seek(100_000)
        rotten.write(b"rot")
    assert [r.code for r in packed(shelf, stick)] == ["", ""]
    assert_whole(shelf)


def test_what_changes_between_check_and_copy_is_refused_alone(shelf: Shelf, stick: Path) -> None:
    pack = verified(stick)
    (film,) = stick.rglob("l.wav")
    with film.open("r+b") as file:
        file.seek(BIG // 2)
        file.write(b"other")
    results = list(install(pack, Wanted(), shelf, Progress()))
    assert [(r.status, r.code) for r in results] == [
        (Status.INSTALLED, ""),
        (Status.REJECTED, "pack-file-damaged"),
    ]
    assert list((shelf.store.root / "partial").iterdir()) == []
    assert_whole(shelf)


def test_a_drive_with_bad_blocks_loses_one_file(shelf: Shelf, stick: Path) -> None:
    def fail() -> None:
        raise RefusalError("unreadable")

    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, 1024 * 1024, fail)
        results = packed(shelf, stick)
    assert [r.code for r in results] == ["", "unreadable"]
    assert_whole(shelf)


def test_room_for_the_whole_pack_is_looked_at_before(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "free_bytes", lambda: BIG // 2)
    with pytest.raises(RefusalError) as refusal:
        packed(shelf, stick)
    assert refusal.value.code == "no-space"
    assert int(refusal.value.details["needed"]) > BIG
    assert refusal.value.details["free"] == BIG // 2
    assert shelf.store.ids() == []
    assert_whole(shelf)


def test_reserved_room_is_taken_from_the_disk_and_given_back(tmp_path: Path) -> None:
    reserve = room.Reserve(tmp_path / "reserve", BIG)
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= BIG
    reserve.spend(1)
    assert (tmp_path / "reserve").stat().st_size < BIG
    reserve.spend(BIG)
    assert (tmp_path / "reserve").stat().st_size == 0


def test_broken_off_copies_give_way_and_old_ones_are_cleared(shelf: Shelf, stick: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG // 2, unplugged)
        loose(shelf, stick)
    partials = shelf.store.partials
    (key,) = partials.oldest_first()
    shelf.make_room(10**18, keep=[key])
    assert partials.oldest_first() == [key]
    shelf.repair()
    assert partials.oldest_first() == [key]
    os.utime(shelf.store.root / "partial" / f"{key}.json", (1, 1))
    shelf.repair()
    assert list((shelf.store.root / "partial").iterdir()) == []
    with pytest.MonkeyPatch.context() as patch:
        Cut(patch, BIG // 2, unplugged)
        loose(shelf, stick)
    shelf.make_room(10**18)
    assert partials.oldest_first() == []
    assert_whole(shelf)


def test_a_copy_goes_on_only_where_samples_agree(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(BIG))
    shutil.copyfile(source, target)
    os.truncate(target, BIG // 2)
    assert Copy(LoosePayload([source]), target, kept=BIG // 2).kept == BIG // 2
    assert Copy(LoosePayload([source]), target, kept=BIG * 2).kept == 0
    target.write_bytes(os.urandom(BIG // 2))
    assert Copy(LoosePayload([source]), target, kept=BIG // 2).kept == 0
