# SPDX-License-Identifier: GPL-3.0-or-later
"""Many inspections in one child: what ends it stops no other."""

import os
from pathlib import Path

import msgspec
import pytest

from appliance.content.inspect import series
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import job_of
from appliance.content.inspect.messages import Job
from appliance.content.inspect.series import Series
from appliance.content.item import Kind
from appliance.errors import RefusalError
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture


def album(folder: Path, width: int = 2, *companions: str) -> Job:
    folder.mkdir()
    Bench(folder).put(picture((width, 1)), "a.png")
    return job_of(Kind.ALBUM, folder, ["a.png"], companions)


def outcomes(jobs: list[Job]) -> list[int | str]:
    """The width of each album, or why it was refused."""
    with Series() as asked:
        for job in jobs:
            asked.add(job)
        return [
            found.code if isinstance(found, RefusalError) else found.details.width
            for found in asked.outcomes()
        ]


def test_the_answers_come_in_order(tmp_path: Path) -> None:
    jobs = [album(tmp_path / str(number), number) for number in range(1, 60)]
    assert outcomes(jobs) == list(range(1, 60))


def test_one_that_hangs_is_ended_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "_PATIENCE_S", 5.0)
    jobs = [album(tmp_path / str(number), number) for number in range(1, 5)]
    hanging = album(tmp_path / "hanging", 9, "cover.png")
    os.mkfifo(tmp_path / "hanging" / "files" / "cover.png")  # nobody ever writes to it
    limits = msgspec.structs.replace(hanging.limits, seconds=0.5)
    jobs.insert(2, msgspec.structs.replace(hanging, limits=limits))
    assert outcomes(jobs) == [1, 2, "too-slow", 3, 4]


def test_of_many_a_few_are_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "_MOST_AHEAD", 3)
    monkeypatch.setattr(series, "_PATIENCE_S", 5.0)
    jobs = [album(tmp_path / str(number), number) for number in range(1, 20)]
    hanging = album(tmp_path / "hanging", 9, "cover.png")
    os.mkfifo(tmp_path / "hanging" / "files" / "cover.png")
    limits = msgspec.structs.replace(hanging.limits, seconds=0.5)
    jobs.insert(7, msgspec.structs.replace(hanging, limits=limits))
    assert outcomes(jobs) == [*range(1, 8), "too-slow", *range(8, 20)]


@pytest.mark.data
def test_one_that_kills_the_child_is_refused_alone(tmp_path: Path, data: Path) -> None:
    jobs = [album(tmp_path / str(number), number) for number in range(1, 5)]
    (tmp_path / "hostile").mkdir()
    bench = Bench(tmp_path / "hostile")
    name = bench.put(data / "zim-invalid" / "crash_hostile_FreedomBox_z_146_SIG6.zim")
    jobs.insert(0, job_of(Kind.ZIM, bench.folder, [name]))
    assert outcomes(jobs) == ["crashes-reader", 1, 2, 3, 4]


def test_what_a_dying_child_left_is_cleared_before_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = album(tmp_path / "a")
    (tmp_path / "a" / "pages").mkdir()
    (tmp_path / "a" / "text.jsonl").write_bytes(b"half a li")
    seen: list[list[str]] = []

    def alone(job: Job, _: object) -> Inspection:
        seen.append([entry.name for entry in Path(job.folder).iterdir()])
        raise RefusalError("damaged")

    def no_child(_: object) -> None:
        raise ConnectionResetError

    monkeypatch.setattr(series, "run_isolated", alone)
    monkeypatch.setattr(series, "child_stream", no_child)
    assert outcomes([job]) == ["damaged"]
    assert seen == [["files"]]


def test_nothing_asked_is_nothing_answered() -> None:
    with Series() as asked:
        assert list(asked.outcomes()) == []
