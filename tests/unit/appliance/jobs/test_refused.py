# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick of which nothing more can be taken waits for nobody."""

from itertools import count
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.note import Phase
from appliance.content.policy import FromSticks, StickPolicy, write_policy
from appliance.content.progress import Progress
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.jobs.job import Ingest, InstallPack, State, Task
from appliance.jobs.memory import Memory
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue
from appliance.jobs.refused import was_installed
from appliance.jobs.watch import Watch


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = Config(state=tmp_path)
    (config.drives / "stick").mkdir(parents=True)
    write_policy(config.stick_policy, StickPolicy(FromSticks.ASK))
    return config


@pytest.fixture
def queue(config: Config) -> JobQueue:
    return JobQueue(config.jobs_db)


def over(queue: JobQueue, task: Task, *results: IngestResult, state: State = State.DONE) -> int:
    number = queue.submit(task, "Зарина")
    queue.take("long")
    queue.add_results(number, results)
    queue.finish(number, state)
    return number


def test_a_file_that_was_refused_waits_only_when_it_is_another(
    config: Config, queue: JobQueue
) -> None:
    shelf, news, done = Shelf(config), News(config), count()
    memory = Memory(config.state / "tried.json")
    watch = Watch(config, shelf, queue, news, memory, lambda: next(done))
    bad = config.drives / "stick" / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 no more than that")

    def phase() -> Phase | None:
        watch.look()
        return news.phase("stick")

    assert phase() is Phase.WAITING
    results = list(ingest(list(discover([bad.parent])), shelf, Progress()))
    assert [(one.file, one.status) for one in results] == [("bad.pdf", Status.REJECTED)]
    over(queue, Ingest("other"), *results)
    assert phase() is Phase.WAITING, "of another stick"
    over(queue, Ingest("stick"), *results)
    assert phase() is None
    bad.write_bytes(b"%PDF-1.4 mended at the office")
    assert phase() is Phase.WAITING
    size = bad.stat().st_size
    full = IngestResult("bad.pdf", Status.REJECTED, code="no-space", size=size)
    over(queue, Ingest("stick"), full)
    assert phase() is Phase.WAITING, "there may be room one day"
    over(queue, Ingest("stick"), IngestResult("bad.pdf", Status.REJECTED, code="x", size=size))
    assert phase() is None
    (bad.parent / "other.pdf").write_bytes(b"%PDF-1.4 new")
    assert phase() is Phase.WAITING


def test_a_pack_that_was_installed_waits_no_more(queue: JobQueue) -> None:
    bad = IngestResult("a.pdf", Status.REJECTED, code="damaged")
    full = IngestResult("a.pdf", Status.REJECTED, code="no-space")
    task = InstallPack("stick", "p.chashma", digest="d")
    over(queue, task, bad, state=State.CANCELLED)
    over(queue, task, full)
    over(queue, InstallPack("stick", "p.chashma", ("n1",), digest="d"), bad)
    over(queue, InstallPack("stick", "p.chashma", digest="e"), bad)
    assert not was_installed(queue, "d")
    number = over(queue, task, bad)
    assert was_installed(queue, "d")
    queue.mark_undone(number, number + 1)
    assert not was_installed(queue, "d")
