# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks under faults: ``python -m tests.faults.stick_storm FOLDER FAULTS SEED``.

Each run brings a version of a pack, or loose files, in a process of its own, and at a step chosen
at random it is killed, the stick is pulled out, or the disk is full. A step is whatever touches the
disk: writes, flushes, renames, removals, changes of the catalogue, blocks read from the stick.
Afterwards nothing may be lost or half there. It ends with status 1 at the first fault that broke
something, and prints what it did in each case.
"""

import errno
import logging
import os
import random
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content import bring, bring_all
from appliance.content.catalog import Catalog
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.messages import Job
from appliance.content.inspect.series import Series
from appliance.content.install import Wanted, install
from appliance.content.item import Details, Metadata
from appliance.content.look import publication_id
from appliance.content.pack.pack import read_pack
from appliance.content.pack.verify import verify_pack
from appliance.content.pack_payload import PackPayload
from appliance.content.payload import LoosePayload
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.content.progress import Progress
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from appliance.durable import Disk
from appliance.errors import RefusalError
from tests.pack_maker import INFO, Entry, make_pack, trusted
from tests.unit.appliance.content.making import make_sound

FAULTS = ("kill", "unplug", "full")
VERSIONS = 4
_MEGABYTE = 1024 * 1024
_POINTS = ("write", "fsync", "fdatasync", "rename", "replace", "unlink", "mkdir", "truncate")
_FULL_AT = {"write", "fsync", "fdatasync", "mkdir", "flush"}
_NEVER = 10**9
_LATE = "too late"


class Trap:
    """Counts steps, and lets the fault happen at one of them.

    Attributes:
        sprung: the fault has happened.
    """

    def __init__(self, fault: str, step: int, stick: Path) -> None:
        self.fault, self.left, self.stick = fault, step, stick
        self.sprung = False

    def step(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.sprung = True
            if self.fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.fault == "unplug":
                self.stick.rename(self.stick.with_name(".pulled"))
        if self.sprung and self.fault == "full" and name in _FULL_AT:
            raise OSError(errno.ENOSPC, "the disk is full")

    def reading(self) -> None:
        self.step("read")
        if self.sprung and self.fault == "unplug":
            raise RefusalError("unreadable")

    def set(self) -> None:
        """From now on every step of this process is counted."""
        for name in _POINTS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        for name in ("exchange", "update"):
            setattr(Catalog, name, self._counted(name, getattr(Catalog, name)))
        Disk.flush = self._counted("flush", Disk.flush)  # type: ignore[method-assign] # a trap
        for kind in (PackPayload, LoosePayload):
            kind.chunks = self._reading(kind.chunks)  # type: ignore[method-assign] # a trap

    def _counted(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **named: object) -> object:
            if not self.sprung or self.fault == "full":
                self.step(name)
            return real(*args, **named)

        return counted

    def _reading(self, real: Callable[..., object]) -> Callable[..., object]:
        def chunks(payload: object, offset: int = 0) -> object:
            for chunk in real(payload, offset):  # type: ignore[attr-defined] # a generator
                self.reading()
                yield chunk

        return chunks


def quick_inspect(
    kind: object, folder: Path, files: object, *_: object, **__: object
) -> Inspection:
    """Stands in for the child with limits, which has tests of its own; writes what it would."""
    (folder / "text.jsonl").write_bytes(b"")
    return Inspection(Metadata(title=str(files)), Details(seconds=1.0))


class QuickSeries(Series):
    """Stands in for the child of a batch, likewise."""

    def add(self, job: Job) -> None:
        self.found = [*getattr(self, "found", ()), quick_inspect(None, Path(job.folder), job.files)]

    def outcomes(self, *_: object) -> Iterator[Inspection | RefusalError]:
        yield from getattr(self, "found", ())


def make_sticks(folder: Path) -> None:
    """A pack in several versions: one file is large, one is the same in all, one goes at last."""
    for version in range(1, VERSIONS + 1):
        source = folder / f"source{version}"
        large = make_sound(source / "large.wav", version)
        with large.open("ab") as out:
            out.write(random.Random(version).randbytes(3 * _MEGABYTE))
        entries = [
            Entry("large", {"large.wav": large}, title=f"Калон {version}"),
            Entry("same", {"same.wav": make_sound(source / "same.wav", 99)}, title="Ҳамон"),
            Entry("small", {"small.wav": make_sound(source / "small.wav", 50 + version)}),
        ]
        if version < VERSIONS:
            entries.append(Entry("old", {"old.wav": make_sound(source / "old.wav", 77)}))
        gone = ("urn:chashma:pack:test:old",) if version == VERSIONS else ()
        info = msgspec.structs.replace(INFO, version=version, retires=gone)
        stick = folder / f"stick{version}"
        stick.mkdir()
        make_pack(stick, entries, info=info, form="zip" if version % 2 else "folder")
        with make_sound(stick / f"loose{version}.wav", 100 + version).open("ab") as out:
            out.write(random.Random(-version).randbytes(2 * _MEGABYTE))


def bring_stick(config: Config, stick: Path, said: Callable[[str], None]) -> None:
    """What the worker does with a stick; says every id that it promises to be on the shelf."""
    shelf = Shelf(config)
    shelf.repair(thorough=True)
    (path,) = (entry for entry in stick.iterdir() if ".chashma" in entry.name)
    policy = StickPolicy(keys=(TrustedKey(trusted()),))
    verified = verify_pack(read_pack(path), policy, None)
    for result in install(verified, Wanted(), shelf, Progress()):
        said(f"{result.status} {result.id}")
    for result in ingest(list(discover([stick])), shelf, Progress()):
        said(f"{result.status} {result.id}")


def in_a_process(work: Callable[[Callable[[str], None]], None]) -> tuple[int, list[str]]:
    """Its status, and what it said before it ended."""
    reading, writing = os.pipe()
    write = os.write
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work(lambda line: write(writing, f"{line}\n".encode()) and None)
            status = 0
        except (RefusalError, OSError):
            status = 2
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as lines:
        told = lines.read().splitlines()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


class Storm:
    """A shelf, and the sticks that come to it one after the other."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder, self.counts = folder, Counter[str]()
        make_sticks(folder)
        self.version = 0
        self.config = Config(state=folder / "state")
        self.steps = self._measured()
        self.expected = {version: self._ids(version) for version in range(1, VERSIONS + 1)}

    @property
    def faults(self) -> int:
        """How many have happened."""
        return self.counts.total() - self.counts[_LATE]

    def run(self) -> None:
        """One fault, and the look afterwards; now and then the stick comes once more, whole."""
        if self.version == VERSIONS:
            shutil.rmtree(self.config.state)
            self.version = 0
        fault, step = self.chance.choice(FAULTS), self.chance.randint(1, self.steps)
        stick = self.folder / f"stick{self.version + 1}"
        before = self._shelf_ids()
        status, told = in_a_process(lambda say: self._fault(fault, step, stick, say))
        pulled = stick.with_name(".pulled")
        if pulled.exists():
            pulled.rename(stick)
        assert status in (0, 2, -signal.SIGKILL), f"status {status}"
        self.counts[_LATE if told[-1:] == [_LATE] else fault] += 1
        self._look(before, told)
        if status == 0 or self.chance.random() < 0.5:
            status, told = in_a_process(lambda say: bring_stick(self.config, stick, say))
            assert status == 0, "it does not go on"
            self.version += 1
            self._look(before, told, whole=True)

    def _measured(self) -> int:
        """How many steps a stick takes that nothing happens to."""

        def work(say: Callable[[str], None]) -> None:
            trap = Trap("full", _NEVER, self.folder)
            trap.set()
            bring_stick(Config(state=self.folder / "measured"), self.folder / "stick1", say)
            say(str(_NEVER - trap.left))

        status, told = in_a_process(work)
        assert status == 0
        return int(told[-1])

    def _fault(self, fault: str, step: int, stick: Path, say: Callable[[str], None]) -> None:
        trap = Trap(fault, step, stick)
        trap.set()
        bring_stick(self.config, stick, say)
        say("" if trap.sprung else _LATE)

    def _look(self, before: set[str], told: list[str], *, whole: bool = False) -> None:
        shelf = Shelf(self.config)
        shelf.repair(thorough=True)
        problems = list(check(shelf))
        assert not problems, problems
        assert not list((shelf.store.root / "staging").iterdir())
        assert not shelf.store.leaving.all()
        standing = set(shelf.store.ids())
        for line in told:
            word, _, item_id = line.partition(" ")
            if word in (Status.INSTALLED, Status.ALREADY):
                assert item_id in standing, f"{item_id} was promised"
        lost = before - standing - set(shelf.store.removed_ids())
        assert not lost, f"lost: {lost}"
        old, new = self.expected.get(self.version, {}), self.expected.get(self.version + 1, {})
        for name in {*old, *new}:
            found = {old.get(name), new.get(name)} & standing
            assert len(found) <= 1, f"{name} is there twice"
            assert found or name not in old or name not in new, f"{name} is gone"
        if whole:
            assert set(old.values()) <= standing
            assert not list((shelf.store.root / "partial").iterdir())
        shelf.catalog.database.close()

    def _shelf_ids(self) -> set[str]:
        folder = self.config.store / "items"
        return {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()

    def _ids(self, version: int) -> dict[str, str]:
        stick = self.folder / f"stick{version}"
        (path,) = (entry for entry in stick.iterdir() if ".chashma" in entry.name)
        return {p.identifier: publication_id(p) for p in read_pack(path).publications}


def main(folder: Path, runs: int, seed: int) -> int:
    logging.disable()
    bring.inspect = quick_inspect  # type: ignore[assignment] # see there
    bring_all.Series = QuickSeries  # type: ignore[misc] # likewise
    storm = Storm(folder, seed)
    while storm.faults < runs:
        try:
            storm.run()
        except AssertionError as exc:
            print(f"after {storm.faults} faults of seed {seed}: {exc}")
            traceback.print_exc()
            return 1
    print(f"{runs} faults, seed {seed}: {dict(sorted(storm.counts.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
