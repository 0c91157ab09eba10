# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue and the worker, as the web and a power cut know them."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.drives import find_drive, look, plugged_in
from appliance.content.item import Metadata
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from appliance.jobs.job import (
    Edit,
    Feature,
    Ingest,
    IngestUpload,
    Job,
    Purge,
    Remove,
    Restore,
    Show,
    State,
    Task,
)
from appliance.jobs.queue import JobQueue, UnknownJobError
from tests.unit.appliance.content.making import make_sound
from tests.unit.appliance.jobs.running import PATIENCE_S, working


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state")


@pytest.fixture
def queue(config: Config) -> JobQueue:
    return JobQueue(config.jobs_db)


def do(queue: JobQueue, task: Task) -> Job:
    return queue.wait(queue.submit(task, "Зарина"), PATIENCE_S)


def test_from_the_drive_to_the_shelf_and_all_that_staff_can_do(
    config: Config, queue: JobQueue
) -> None:
    make_sound(config.drives / "stick" / "суруд.wav")
    make_sound(config.drives / "stick" / "other.wav", tone=7)
    with working(config):
        job = do(queue, Ingest("stick", ("суруд.wav",)))
        assert (job.state, job.asked_by) == (State.DONE, "Зарина")
        (result,) = queue.results(job.id)
        assert (result.file, result.status) == ("суруд.wav", Status.INSTALLED)
        catalog = Shelf(config).catalog
        tasks: list[Task] = [
            Edit(result.id, Metadata(title="Нав")),
            Show(result.id, False),
            Feature(result.id, True),
        ]
        for task in tasks:
            assert do(queue, task).state is State.DONE
        item = catalog.get(result.id)
        assert (item.shown.title, item.hidden, item.featured) == ("Нав", True, True)
        assert do(queue, Remove(result.id)).state is State.DONE
        assert catalog.ids() == set()
        assert do(queue, Restore(result.id)).state is State.DONE
        assert catalog.ids() == {result.id}
        do(queue, Remove(result.id))
        assert do(queue, Purge(result.id)).state is State.DONE
        gone = do(queue, Restore(result.id))
        assert (gone.state, gone.code) == (State.FAILED, "item-gone")


def test_a_drive_shows_what_is_there_already(config: Config, queue: JobQueue) -> None:
    make_sound(config.drives / "stick" / "a.wav")
    make_sound(config.drives / "stick" / "b.wav", tone=5)
    with working(config):
        do(queue, Ingest("stick", ("a.wav",)))
    catalog = Shelf(config).catalog
    assert [drive.id for drive in plugged_in(config)] == ["stick"]
    found = look(find_drive(config, "stick"), catalog).found
    assert {f.candidate.source: bool(f.on_shelf) for f in found} == {"a.wav": True, "b.wav": False}
    assert all(f.size > 0 for f in found)


def test_an_upload_is_brought_in_and_its_folder_deleted(config: Config, queue: JobQueue) -> None:
    make_sound(config.uploads / "x1" / "a.wav")
    with working(config):
        job = do(queue, IngestUpload("x1"))
    assert [r.status for r in queue.results(job.id)] == [Status.INSTALLED]
    assert not (config.uploads / "x1").exists()


@pytest.mark.parametrize("folder", ["../drives", "a/b", ".x"])
def test_an_upload_names_no_other_folder(config: Config, queue: JobQueue, folder: str) -> None:
    with working(config):
        assert do(queue, IngestUpload(folder)).state is State.FAILED


def test_a_drive_that_was_pulled_out(config: Config, queue: JobQueue) -> None:
    with working(config):
        job = do(queue, Ingest("gone"))
    assert (job.state, job.code) == (State.FAILED, "drive-removed")


def test_what_was_running_when_the_power_failed_begins_again(
    config: Config, queue: JobQueue
) -> None:
    make_sound(config.drives / "stick" / "a.wav")
    number = queue.submit(Ingest("stick"), "Зарина")
    assert queue.take("long") is not None
    assert queue.take("long") is None
    with working(config):
        assert queue.wait(number, PATIENCE_S).state is State.DONE
    assert [r.status for r in queue.results(number)] == [Status.INSTALLED]


def test_cancelled_before_it_began(config: Config, queue: JobQueue) -> None:
    number = queue.submit(Ingest("stick"), "Зарина")
    queue.cancel(number)
    assert queue.get(number).state is State.CANCELLED
    assert queue.take("long") is None


def test_short_tasks_overtake_long_ones(queue: JobQueue) -> None:
    queue.submit(Ingest("stick"), "a")
    number = queue.submit(Remove("a" * 16), "b")
    job = queue.take("short")
    assert job is not None
    assert job.id == number


def test_old_jobs_are_forgotten_one_day(queue: JobQueue) -> None:
    first = queue.submit(Remove("a" * 16), "a")
    queue.finish(first, State.DONE)
    for _ in range(201):
        queue.submit(Remove("a" * 16), "a")
    with pytest.raises(UnknownJobError):
        queue.get(first)
    assert len(queue.recent(10, verbs=["remove"])) == 10
    assert queue.recent(10, verbs=["ingest"]) == []
