# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick that hangs in the middle of a job: the others do not wait, and nothing comes twice."""

import shutil
import threading
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content import payload
from appliance.content.check import check
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from appliance.jobs.job import Ingest, State
from appliance.jobs.lane import Lane
from appliance.jobs.queue import JobQueue
from appliance.usb.drive_list import NOT_ANSWERING, MountedDrive, write_drive_list
from tests.unit.appliance.content.making import make_sound
from tests.unit.appliance.jobs.running import PATIENCE_S, working


class Hanging:
    """Whoever reads this file waits in the kernel, until somebody lets it go on."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.going = threading.Event(), threading.Event()
        self.error: OSError | None = None
        self.threads: list[threading.Thread] = []
        read_chunks = payload._chunks

        def chunks(source: Path, size: int, offset: int) -> payload.Chunks:
            if source == file:
                self.threads.append(threading.current_thread())
                self.reached.set()
                self.going.wait(PATIENCE_S)
                if self.error:
                    raise payload.reading_failed(self.error)
            yield from read_chunks(source, size, offset)

        monkeypatch.setattr(payload, "_chunks", chunks)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = Config(state=tmp_path / "state")
    for number, name in enumerate(("1.wav", "2.wav", "3.wav")):
        make_sound(config.drives / "hangs" / name, tone=number)
    for name in ("2.wav", "3.wav"):
        (config.drives / "good").mkdir(exist_ok=True)
        shutil.copy(config.drives / "hangs" / name, config.drives / "good" / name)
    return config


@pytest.fixture
def queue(config: Config) -> JobQueue:
    return JobQueue(config.jobs_db)


@pytest.fixture
def hanging(config: Config, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    return Hanging(config.drives / "hangs" / "2.wav", monkeypatch)


def begun(queue: JobQueue, hanging: Hanging) -> int:
    """A job that hangs; its number."""
    number = queue.submit(Ingest("hangs"), "a")
    assert hanging.reached.wait(PATIENCE_S)
    return number


def tell(config: Config, problem: str) -> None:
    drive = MountedDrive("hangs", "", "", "vfat", 1, 1, 9, writable=False, problem=problem)
    write_drive_list(config.drives, (drive,))


def test_the_next_stick_does_not_wait_and_the_first_ends_when_it_answers(
    config: Config, queue: JobQueue, hanging: Hanging
) -> None:
    with working(config):
        first = begun(queue, hanging)
        second = queue.submit(Ingest("good"), "b")
        assert queue.wait(second, 1.0).state is State.QUEUED
        tell(config, NOT_ANSWERING)
        assert queue.wait(second, PATIENCE_S).state is State.DONE
        assert queue.get(first).state is State.RUNNING
        assert queue.results(first) == []
        tell(config, "")
        hanging.going.set()
        assert queue.wait(first, PATIENCE_S).state is State.DONE
        third = queue.submit(Ingest("good"), "c")
        assert queue.wait(third, PATIENCE_S).state is State.DONE
    assert [one.status for one in queue.results(second)] == [Status.INSTALLED] * 2
    assert {one.file: one.status for one in queue.results(first)} == {
        "1.wav": Status.INSTALLED,
        "2.wav": Status.ALREADY,
        "3.wav": Status.ALREADY,
    }
    shelf = Shelf(config)
    assert shelf.catalog.count() == 3
    assert list(check(Shelf(config))) == []


def test_one_that_is_pulled_out_brings_its_job_to_an_end(
    config: Config, queue: JobQueue, hanging: Hanging
) -> None:
    with working(config):
        first = begun(queue, hanging)
        tell(config, NOT_ANSWERING)
        second = queue.submit(Ingest("good"), "b")
        assert queue.wait(second, PATIENCE_S).state is State.DONE
        shutil.rmtree(config.drives / "hangs")
        hanging.error = FileNotFoundError()
        hanging.going.set()
        job = queue.wait(first, PATIENCE_S)
    assert (job.state, job.code) == (State.FAILED, "drive-removed")
    assert list(check(Shelf(config))) == []


def test_a_worker_ends_beside_a_job_that_hangs(
    config: Config, queue: JobQueue, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.jobs.lane._LAST_S", 0.1)
    with working(config):
        first = begun(queue, hanging)
        tell(config, NOT_ANSWERING)
        second = queue.submit(Ingest("good"), "b")
        assert queue.wait(second, PATIENCE_S).state is State.DONE
    assert queue.get(first).state is State.RUNNING, "it begins again with the next start"
    hanging.going.set()
    hanging.threads[0].join(PATIENCE_S)
    assert Shelf(config).catalog.count() == 2, "those of the stick that answered"


def test_only_the_job_that_is_meant_is_left() -> None:
    lane = Lane("long", lambda: None, lambda _: None, threading.Event())
    assert not lane.leave(1)


def test_a_job_for_a_stick_that_hangs_already_says_so(config: Config, queue: JobQueue) -> None:
    tell(config, NOT_ANSWERING)
    with working(config):
        job = queue.wait(queue.submit(Ingest("hangs"), "a"), PATIENCE_S)
    assert (job.state, job.code) == (State.FAILED, "drive-not-answering")
