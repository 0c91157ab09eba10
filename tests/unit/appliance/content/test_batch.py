# SPDX-License-Identifier: GPL-3.0-or-later
"""Small things that come in batches, and what may happen to them together."""

import errno
import multiprocessing
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content import batch, progress, store
from appliance.content.catalog import Catalog
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.exchange import Coming
from appliance.content.ingest import ingest
from appliance.content.inspect.messages import Job
from appliance.content.install import Wanted, install
from appliance.content.item import Kind
from appliance.content.loaded import Loaded
from appliance.content.pack.pack import find_packs, read_pack
from appliance.content.pack.verify import verify_pack
from appliance.content.payload import Chunks, LoosePayload
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.content.progress import Progress, Report
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.durable import Disk
from appliance.errors import RefusalError
from tests.pack_maker import INFO, Entry, make_pack, trusted
from tests.unit.appliance.content.making import make_sound

COUNT = 6


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Config(state=tmp_path / "state"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    for number in range(COUNT):
        make_sound(folder / f"{number}.wav", tone=number)
    return folder


def bring(shelf: Shelf, stick: Path, progress: Progress | None = None) -> dict[str, IngestResult]:
    results = ingest(list(discover([stick])), shelf, progress or Progress())
    return {result.file: result for result in results}


def assert_whole(shelf: Shelf) -> None:
    assert list(check(shelf)) == []
    assert list((shelf.store.root / "staging").iterdir()) == []


def test_all_of_a_batch_come_with_one_flush_and_in_their_order(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    flush = Disk.flush
    monkeypatch.setattr(Disk, "flush", lambda disk: flushed.append(1) or flush(disk))
    results = bring(shelf, stick)
    assert list(results) == [f"{number}.wav" for number in range(COUNT)]
    assert {result.status for result in results.values()} == {Status.INSTALLED}
    assert len(flushed) == 1
    assert shelf.catalog.count() == COUNT
    assert_whole(shelf)


def test_the_same_twice_in_a_batch_is_there_once(shelf: Shelf, stick: Path) -> None:
    shutil.copyfile(stick / "0.wav", stick / "again.wav")
    results = bring(shelf, stick)
    assert results["again.wav"].status is Status.ALREADY
    assert results["again.wav"].id == results["0.wav"].id
    assert_whole(shelf)


@pytest.mark.data
def test_a_file_that_kills_the_child_is_refused_alone(
    shelf: Shelf, stick: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = data / "zim-invalid" / "crash_hostile_FreedomBox_z_146_SIG6.zim"
    shutil.copyfile(hostile, stick / "2.wav")
    job = Loaded.job

    def as_archive(loaded: Loaded) -> Job:
        """Has the hostile file read by what it kills."""
        real = job(loaded)
        return msgspec.structs.replace(real, kind=Kind.ZIM) if real.source == "2.wav" else real

    monkeypatch.setattr(Loaded, "job", as_archive)
    results = bring(shelf, stick)
    assert results.pop("2.wav").code == "crashes-reader"
    assert len(results) == COUNT - 1
    assert {result.status for result in results.values()} == {Status.INSTALLED}
    assert_whole(shelf)


def test_what_cannot_be_read_is_refused_alone(shelf: Shelf, stick: Path) -> None:
    (stick / "1.wav").write_bytes(b"no sound")
    (stick / "3.wav").write_bytes(b"")
    results = bring(shelf, stick)
    codes = [result.code for result in results.values()]
    assert codes == ["", "not-what-name-says", "", "empty", "", ""]
    assert_whole(shelf)


def _bring_and_die(config: Config, stick: Path) -> None:
    Catalog.exchange = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment, method-assign] # the end
    bring(Shelf(config), stick)


def test_killed_between_renames_and_catalogue_it_is_mended(shelf: Shelf, stick: Path) -> None:
    context = multiprocessing.get_context("spawn")
    killed = context.Process(target=_bring_and_die, args=(shelf.config, stick))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert len(shelf.store.ids()) == COUNT
    assert shelf.catalog.count() == 0
    shelf.repair()
    assert shelf.catalog.count() == COUNT
    assert_whole(shelf)


def test_cancelled_within_a_batch_what_was_put_stays(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_MOST_FILES", 2)
    monkeypatch.setattr(progress, "_REPORT_EVERY_S", 0.0)
    seen: list[Report] = []
    stopping = Progress(seen.append, lambda: seen[-1].current == "3.wav")
    assert list(bring(shelf, stick, stopping)) == ["0.wav", "1.wav"]
    assert shelf.catalog.count() == 2
    assert_whole(shelf)
    assert len(bring(shelf, stick)) == COUNT
    assert_whole(shelf)


def test_pulled_out_within_a_batch_what_was_copied_comes(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = LoosePayload.chunks

    def pulled(payload: LoosePayload, offset: int = 0) -> Chunks:
        if payload.name == "4.wav":
            stick.rename(stick.with_name("away"))
            raise RefusalError("drive-removed")
        return chunks(payload, offset)

    monkeypatch.setattr(LoosePayload, "chunks", pulled)
    results: list[IngestResult] = []
    with pytest.raises(RefusalError, match="drive-removed"):
        results.extend(ingest(list(discover([stick])), shelf, Progress()))
    assert shelf.catalog.count() == 4
    assert_whole(shelf)


def test_a_disk_that_is_full_for_one_refuses_that_one(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (stick / "2.wav").open("ab") as sound:
        sound.write(bytes(5000))
    write = os.write

    def full(descriptor: int, content: bytes) -> int:
        if len(content) > 5000:
            raise OSError(errno.ENOSPC, "full")
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", full)
    results = bring(shelf, stick)
    assert results.pop("2.wav").code == "no-space"
    assert {result.status for result in results.values()} == {Status.INSTALLED}
    assert_whole(shelf)


def test_where_all_cannot_be_flushed_at_once_each_is_tried_alone(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    sync_tree = store.sync_tree

    def full_for_one(folder: Path) -> None:
        if (folder / "files" / "1.wav").exists():
            full()
        sync_tree(folder)

    monkeypatch.setattr(Disk, "flush", full)
    monkeypatch.setattr(store, "sync_tree", full_for_one)
    results = bring(shelf, stick)
    assert results.pop("1.wav").code == "no-space"
    assert {result.status for result in results.values()} == {Status.INSTALLED}
    assert_whole(shelf)


def test_a_disk_that_fails_after_the_renames_loses_nothing(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_folder = store.sync_folder
    failing = iter([True])

    def fails_once(folder: Path) -> None:
        if folder.name == "items" and next(failing, False):
            raise OSError(errno.EIO, "broken")
        sync_folder(folder)

    monkeypatch.setattr(store, "sync_folder", fails_once)
    results = bring(shelf, stick)
    assert {result.code for result in results.values()} == {""}
    assert shelf.catalog.count() == COUNT
    assert_whole(shelf)


def test_new_editions_take_the_place_of_the_old_ones_together(shelf: Shelf, tmp_path: Path) -> None:
    told: list[list[Coming]] = []
    for version in (1, 2):
        folder = tmp_path / f"v{version}"
        sounds = [make_sound(folder / f"{n}.wav", 10 * version + n) for n in range(3)]
        entries = [Entry(f"s{n}", {f"{n}.wav": sound}) for n, sound in enumerate(sounds)]
        entries.append(Entry("same", {"same.wav": make_sound(folder / "same.wav", 99)}))
        make_pack(folder, entries, info=msgspec.structs.replace(INFO, version=version))
        policy = StickPolicy(keys=(TrustedKey(trusted()),))
        pack = verify_pack(read_pack(find_packs(folder)[0]), policy, None)

        def before(coming: Sequence[Coming]) -> None:
            told.append(list(coming))

        results = list(install(pack, Wanted(), shelf, Progress(), before))
    assert [r.status for r in results] == [Status.INSTALLED] * 3 + [Status.ALREADY]
    assert [len(result.replaced) for result in results] == [1, 1, 1, 0]
    assert [len(coming) for coming in told] == [4, 3]
    assert all(len(gone) == 1 for _, gone in told[1])
    assert shelf.catalog.count() == 4
    assert len(shelf.store.removed_ids()) == 3
    assert shelf.store.leaving.all() == {}
    assert_whole(shelf)
