# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks that are plugged in while the worker runs: on a laptop, folders."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.drive_view import LineState, read_drive_view
from appliance.content.installed import read_installed
from appliance.content.note import Phase, read_note
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.pack.revocation import COMMENT, LIST_NAME, LIST_SIGNATURE_NAME
from appliance.content.pack.signature import sign
from appliance.content.policy import FromSticks, StickPolicy, TrustedKey, write_policy
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from appliance.jobs.job import Ingest, InstallPack, Job, Remove, State, Task, Undo
from appliance.jobs.queue import JobQueue
from tests.pack_maker import INFO, KEY, OTHER_KEY, Entry, make_pack, trusted
from tests.unit.appliance.content.making import make_sound
from tests.unit.appliance.jobs.running import PATIENCE_S, working


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = Config(state=tmp_path / "state")
    config.drives.mkdir(parents=True)
    allow(config)
    return config


@pytest.fixture
def queue(config: Config) -> JobQueue:
    return JobQueue(config.jobs_db)


def allow(config: Config, from_sticks: FromSticks = FromSticks.ASK) -> None:
    keys = (TrustedKey(trusted(), "Ноҳия"), TrustedKey(trusted(OTHER_KEY), "Дигар"))
    write_policy(config.stick_policy, StickPolicy(from_sticks, keys))


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"not in {PATIENCE_S} s: {what}"
        time.sleep(0.05)


def do(queue: JobQueue, task: Task) -> Job:
    return queue.wait(queue.submit(task, "Зарина"), PATIENCE_S)


def entries(folder: Path, *tones: int) -> list[Entry]:
    folder.mkdir(exist_ok=True)
    return [
        Entry(f"n{number}", {f"{number}.wav": make_sound(folder / f"{tone}.wav", tone)})
        for number, tone in enumerate(tones)
    ]


def plug(config: Config, name: str, pack: Path) -> Path:
    """A stick appears with everything on it, as a mounted one does."""
    hidden = config.drives / f".{name}"
    hidden.mkdir()
    shutil.copytree(pack, hidden / pack.name)
    return hidden.rename(config.drives / name)


def pack_of(tmp_path: Path, version: int, *tones: int, **info: object) -> Path:
    folder = tmp_path / f"made{version}-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    made = msgspec.structs.replace(INFO, version=version, **info)
    return make_pack(folder, entries(folder / "source", *tones), info=made)


def digest(pack: Path) -> str:
    return read_pack(pack).digest


def over(queue: JobQueue, count: int) -> list[Job]:
    jobs = queue.recent(100, verbs=["install-pack"])
    return jobs if len(jobs) >= count and all(job.over for job in jobs) else []


def titles(config: Config) -> set[str]:
    return {item.source for item in Shelf(config).store.items()}


def test_a_trusted_pack_installs_by_itself_once_and_can_be_undone(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    pack = pack_of(tmp_path, 1, 1, 2)
    with working(config):
        for round_ in range(4):
            stick = plug(config, "stick", pack)
            until(lambda: over(queue, 1), "the job")
            until(lambda: read_drive_view(config.run, "stick"), "the view")
            if not round_:
                until(lambda: phase(config) is Phase.DONE, "the note")
                assert (stick / "chashma-report.txt").read_bytes().startswith(b"\xef\xbb\xbf")
            shutil.rmtree(stick)
            until(lambda: read_drive_view(config.run, "stick") is None, "it is gone")
            until(lambda: read_note(config.run) is None, "the note is taken down")
        (job,) = over(queue, 1)
        assert (job.state, job.asked_by) == (State.DONE, "")
        assert [r.status for r in queue.results(job.id)] == [Status.INSTALLED] * 2
        assert len(list(config.reports.iterdir())) == 1
        assert queue.can_undo(job.id)
        back = do(queue, Undo(job.id))
        assert [r.status for r in queue.results(back.id)] == [Status.REMOVED] * 2
        assert not queue.can_undo(job.id)
        assert queue.get(job.id).undone_by == back.id
    assert titles(config) == set()
    assert list(check(Shelf(config))) == []


def phase(config: Config) -> Phase | None:
    note = read_note(config.run)
    return note.phase if note else None


def test_a_newer_version_takes_the_place_and_an_older_only_if_somebody_insists(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    first = pack_of(tmp_path, 1, 1, 2, 3)
    gone = ("urn:chashma:pack:test:n2",)
    second = pack_of(tmp_path, 2, 1, 7, retires=gone)
    with working(config):
        plug(config, "a", first)
        until(lambda: over(queue, 1), "the first")
        plug(config, "b", second)
        until(lambda: over(queue, 2), "the second")
        newest = over(queue, 2)[0]
        statuses = [r.status for r in queue.results(newest.id)]
        assert statuses == [Status.ALREADY, Status.INSTALLED, Status.RETIRED]
        assert len(queue.changes(newest.id)) == 2
        view = read_drive_view(config.run, "a")
        older = InstallPack("a", first.name, digest=digest(first))
        assert (do(queue, older).code, titles(config)) == ("pack-older", {"0.wav", "1.wav"})
        back = do(queue, msgspec.structs.replace(older, back=True))
        assert back.state is State.DONE
        installed = read_installed(config.store, "test")
        assert installed is not None
        assert installed.version == 1
        assert do(queue, Undo(newest.id)).state is State.DONE
    assert view is not None
    assert list(check(Shelf(config))) == []
    assert titles(config) == {"0.wav", "1.wav", "2.wav"}


def test_the_panel_is_told_what_a_pack_would_do(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    allow(config, FromSticks.ASK)
    with working(config):
        plug(config, "a", pack_of(tmp_path, 5, 1, 2))
        until(lambda: over(queue, 1), "the first")
        folder = tmp_path / "other"
        folder.mkdir()
        made = msgspec.structs.replace(INFO, version=6)
        unsigned = make_pack(folder, entries(folder / "s", 1, 9, 4), info=made, key=None)
        plug(config, "b", unsigned)
        until(lambda: read_drive_view(config.run, "b"), "the view")
        until(lambda: phase(config), "the note")
    view = read_drive_view(config.run, "b")
    assert view is not None
    (pack,) = view.packs
    states = [line.state for line in pack.lines]
    assert states == [LineState.SAME, LineState.NEWER, LineState.NEW]
    assert (pack.standing, pack.by_itself, pack.may_install) == ("unsigned", False, True)
    assert (pack.installed, pack.info and pack.info.version) == (5, 6)
    assert pack.lines[1].replaces


def test_what_needs_a_yes_waits_and_the_policy_holds_in_the_worker(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    folder = tmp_path / "u"
    folder.mkdir()
    pack = make_pack(folder, entries(folder / "s", 1), key=None)
    with working(config):
        stick = plug(config, "stick", pack)
        make_sound(stick / "loose.wav", 9)
        until(lambda: phase(config) is Phase.WAITING, "the note")
        allow(config, FromSticks.SIGNED)
        assert do(queue, InstallPack("stick", pack.name)).code == "only-signed"
        assert do(queue, Ingest("stick")).code == "only-signed"
        allow(config, FromSticks.NOTHING)
        assert do(queue, InstallPack("stick", pack.name)).code == "sticks-forbidden"
        assert do(queue, Ingest("stick")).code == "sticks-forbidden"
        assert titles(config) == set()
        allow(config, FromSticks.ASK)
        task = InstallPack("stick", pack.name, digest=digest(pack))
        assert do(queue, task).state is State.DONE
        assert do(queue, InstallPack("stick", "../x.chashma")).code == "drive-removed"
    assert queue.recent(100)[-1].asked_by == "Зарина"
    assert titles(config) == {"0.wav"}


def test_a_yes_is_for_the_pack_that_was_seen_and_for_no_other_at_its_place(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("seen", "swapped")]
    for folder in folders:
        folder.mkdir()
    seen, swapped = (
        make_pack(folder, entries(folder / "s", tone), key=None)
        for tone, folder in enumerate(folders, start=1)
    )
    assert seen.name == swapped.name
    with working(config):
        stick = plug(config, "stick", seen)
        until(lambda: read_drive_view(config.run, "stick"), "the view")
        view = read_drive_view(config.run, "stick")
        assert view is not None
        yes = InstallPack("stick", seen.name, digest=view.packs[0].digest)
        shutil.rmtree(stick)
        plug(config, "stick", swapped)
        assert do(queue, yes).code == "pack-changed"
        assert do(queue, InstallPack("stick", seen.name)).code == "pack-changed"
        assert titles(config) == set()
        yes = InstallPack("stick", seen.name, digest=digest(swapped))
        assert do(queue, yes).state is State.DONE
    assert titles(config) == {"0.wav"}


def test_two_sticks_with_the_same_pack_are_one_install(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    pack = pack_of(tmp_path, 1, 1, 2, 3)
    plug(config, "a", pack)
    plug(config, "b", pack)
    with working(config):
        until(lambda: over(queue, 1), "the job")
        until(lambda: read_drive_view(config.run, "b"), "the view")
        until(lambda: phase(config) is Phase.DONE, "the note")
    assert len(queue.recent(100)) == 1


def test_keys_that_a_signed_list_revokes_count_no_longer(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    pack = pack_of(tmp_path, 1, 1)
    hidden = config.drives / ".stick"
    hidden.mkdir()
    content = f"{trusted(KEY)} # lost\n".encode()
    (hidden / LIST_NAME).write_bytes(content)
    (hidden / LIST_SIGNATURE_NAME).write_bytes(sign(content, OTHER_KEY, COMMENT))
    shutil.copytree(pack, hidden / pack.name)
    hidden.rename(config.drives / "stick")
    with working(config):
        until(lambda: read_drive_view(config.run, "stick"), "the view")
        assert do(queue, InstallPack("stick", pack.name)).code == "key-revoked"
    assert titles(config) == set()
    assert trusted(KEY) in config.revoked_keys.read_text(encoding="utf-8")


def test_a_list_of_revoked_keys_counts_inside_a_pack_too(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    pack = pack_of(tmp_path, 1, 1)
    content = f"{trusted(OTHER_KEY)}\n".encode()
    (pack / LIST_NAME).write_bytes(content)
    (pack / LIST_SIGNATURE_NAME).write_bytes(sign(content, KEY, COMMENT))
    with working(config):
        plug(config, "stick", pack)
        until(lambda: read_drive_view(config.run, "stick"), "the view")
    assert trusted(OTHER_KEY) in config.revoked_keys.read_text(encoding="utf-8")


def test_what_an_undo_cannot_bring_back_it_says(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    with working(config):
        plug(config, "a", pack_of(tmp_path, 1, 1, 2))
        until(lambda: over(queue, 1), "the first")
        plug(config, "b", pack_of(tmp_path, 2, 5, 2))
        until(lambda: over(queue, 2), "the second")
        shelf = Shelf(config)
        (removed,) = shelf.store.removed_ids()
        shelf.store.purge(removed)
        newest = over(queue, 2)[0]
        back = do(queue, Undo(newest.id))
        (result,) = queue.results(back.id)
        assert (result.status, result.code) == (Status.REJECTED, "undo-gone")
        assert titles(config) == {"0.wav", "1.wav"}, "the new one stays rather than nothing"
        assert do(queue, Remove("a" * 16)).code == "item-gone"


def test_a_pack_that_is_too_new_for_this_box_stays_away(
    config: Config, queue: JobQueue, tmp_path: Path
) -> None:
    info = PackInfo("test", 1, {"tg": "Санҷиш"}, minimum="99.0.0")
    folder = tmp_path / "n"
    folder.mkdir()
    pack = make_pack(folder, entries(folder / "s", 1), info=info)
    with working(config):
        plug(config, "a", pack)
        until(lambda: read_drive_view(config.run, "a"), "the view")
        assert do(queue, InstallPack("a", pack.name)).code == "pack-needs-newer"
    view = read_drive_view(config.run, "a")
    assert view is not None
    assert view.packs[0].code == "pack-needs-newer"
