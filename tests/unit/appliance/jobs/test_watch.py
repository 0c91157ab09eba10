# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker's look at the drives, where one of them hangs."""

import threading
import time
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.drive_view import read_drive_view
from appliance.content.shelf import Shelf
from appliance.jobs import watch as watching
from appliance.jobs.memory import Memory
from appliance.jobs.news import News
from appliance.jobs.queue import JobQueue
from appliance.jobs.watch import Watch

LONG_S = 60.0


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = Config(state=tmp_path)
    for name in ("a-hangs", "b-good"):
        (config.drives / name).mkdir(parents=True)
        (config.drives / name / "book.txt").write_text(name)
    return config


def test_beside_a_drive_that_hangs_the_others_are_seen(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, threads = threading.Event(), []
    find_packs = watching.find_packs

    def found(place: Path) -> list[Path]:
        if place.name == "a-hangs":
            threads.append(threading.current_thread())
            going.wait(LONG_S)
        return list(find_packs(place))

    monkeypatch.setattr(watching, "find_packs", found)
    monkeypatch.setattr(watching, "_TOGETHER_S", 0.5)
    queue = JobQueue(config.jobs_db)
    memory = Memory(config.state / "tried.json")
    watch = Watch(config, Shelf(config), queue, News(config), memory, lambda: 0)
    deadline = time.monotonic() + LONG_S
    while read_drive_view(config.run, "b-good") is None:
        assert time.monotonic() < deadline
        watch.look()
    watch.look()
    assert read_drive_view(config.run, "a-hangs") is None
    assert len(threads) == 1  # it is not asked again and again
    going.set()
    threads[0].join(LONG_S)
    monkeypatch.setattr(watching, "_TOGETHER_S", LONG_S)
    watch.look()
    watch.look()
    assert read_drive_view(config.run, "a-hangs") is not None
