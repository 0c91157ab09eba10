# SPDX-License-Identifier: GPL-3.0-or-later
"""The limited child: whatever becomes of it, the process that asked goes on."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from appliance.content.inspect import isolation
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.inspect.isolation import run_isolated
from appliance.content.inspect.messages import Accepted, Ended, Job, Limits, Refused
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture

ENOUGH = Limits(seconds=60, memory=400_000_000, file_size=10_000_000)


def _job(bench: Bench, *, limits: Limits, companions: tuple[str, ...] = ()) -> Job:
    return Job(Kind.ALBUM, str(bench.folder), ("a.png",), companions, "a.png", limits)


def _run(job: Job) -> Inspection:
    return run_isolated(job, lambda part: None)


def _never_ending(bench: Bench) -> tuple[str, ...]:
    """A companion that the child reads for ever: a pipe that nobody writes to."""
    os.mkfifo(bench.folder / "files" / "cover.png")
    return ("cover.png",)


def test_a_child_that_hangs_is_ended(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    companions = _never_ending(bench)
    limits = Limits(seconds=0.5, memory=400_000_000, file_size=10_000_000)
    with pytest.raises(RefusalError, match="too-slow"):
        _run(_job(bench, limits=limits, companions=companions))


def test_a_child_that_wants_too_much_memory_is_refused_it(bench: Bench) -> None:
    bench.put(picture((5000, 5000)), "a.png")
    limits = Limits(seconds=60, memory=60_000_000, file_size=10_000_000)
    with pytest.raises(RefusalError, match="too-much-memory"):
        _run(_job(bench, limits=limits))


def test_a_child_that_writes_too_much_is_stopped(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    limits = Limits(seconds=60, memory=400_000_000, file_size=10)
    with pytest.raises(RefusalError, match="zip-bomb"):
        _run(_job(bench, limits=limits))


@pytest.mark.data
def test_a_child_that_dies_is_a_refusal(bench: Bench, data: Path) -> None:
    name = bench.put(data / "zim-invalid/crash_hostile_FreedomBox_z_146_SIG6.zim")
    assert bench.refusal(Kind.ZIM, name).code == "crashes-reader"


def test_a_new_zygote_takes_over_from_a_dead_one(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    _run(_job(bench, limits=ENOUGH))
    process = isolation._nursery(os.getpid())._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert _run(_job(bench, limits=ENOUGH)).details.pages == 1


def test_a_child_killed_from_outside_is_tried_again_and_then_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[Job] = []

    def killed(job: Job, progress: object) -> Inspection:
        attempts.append(job)
        isolation._raise_death(signal.SIGKILL)
        raise AssertionError

    monkeypatch.setattr(isolation, "_ask", killed)
    with pytest.raises(RefusalError, match="check-interrupted"):
        _run(_job(bench, limits=ENOUGH))
    assert len(attempts) == 2


def test_a_child_ends_with_its_guardian(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    _run(_job(bench, limits=ENOUGH))
    zygote = isolation._nursery(os.getpid())._process
    assert zygote is not None
    job = _job(bench, limits=ENOUGH, companions=_never_ending(bench))
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(_run, job)
        for _ in range(2):  # it is tried twice
            guardian, worker = _family(zygote.pid)
            guardian.kill()
            assert worker.wait(60) is None
        with pytest.raises(RefusalError, match="check-interrupted"):
            asking.result(60)


def _family(zygote: int) -> tuple[psutil.Process, psutil.Process]:
    """The guardian of the running job and its child."""
    for _ in range(2000):
        with suppress(psutil.NoSuchProcess):
            for guardian in psutil.Process(zygote).children():
                for worker in guardian.children():
                    return guardian, worker
        time.sleep(0.02)
    raise TimeoutError


@pytest.mark.parametrize(
    "answer",
    [
        Accepted(Inspection(Metadata(), Details(), cover="../../school.db")),
        Accepted(Inspection(Metadata(), Details(captions=("../x",)))),
        Refused("damaged", {"code": "x", "self": "y"}),
    ],
)
def test_a_child_that_lies_is_not_believed(answer: Accepted | Refused) -> None:
    said = iter([answer, Ended(signal=0, timed_out=False)])
    with pytest.raises(RefusalError, match="crashes-reader|damaged"):
        isolation.outcome(said, lambda part: None)


def test_many_threads_may_ask_at_once(tmp_path: Path) -> None:
    def one(number: int) -> int:
        bench = Bench(tmp_path / str(number))
        bench.folder.mkdir()
        name = bench.put(picture((number + 1, 1)), "a.png")
        return inspect(Kind.ALBUM, bench.folder, [name]).details.width

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(40))) == [number + 1 for number in range(40)]


def test_the_child_ends_with_the_process_that_asked(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    pipe = bench.folder / "files" / _never_ending(bench)[0]
    code = (
        "import sys; from pathlib import Path\n"
        "from appliance.content.inspect.inspector import inspect\n"
        "inspect('album', Path(sys.argv[1]), ['a.png'], ['cover.png'])\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(bench.folder)]) as asker:
        writing = _opened_for_writing(pipe)
        asker.kill()
    with os.fdopen(writing, "wb", buffering=0) as end:
        for _ in range(1000):
            try:
                end.write(b"x")
            except BrokenPipeError:
                return
            time.sleep(0.02)
    pytest.fail("the child outlived the process that asked")


def _opened_for_writing(pipe: Path) -> int:
    """Opens as soon as somebody reads."""
    for _ in range(2000):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as exc:
            if exc.errno != errno.ENXIO:
                raise
            time.sleep(0.02)
    raise TimeoutError(pipe)


def test_the_process_that_asks_loads_no_parser(bench: Bench) -> None:
    bench.put(picture(), "a.png")
    code = (
        "import sys; from pathlib import Path\n"
        "from appliance.content.inspect.inspector import inspect\n"
        "print(inspect('album', Path(sys.argv[1]), ['a.png']).details.pages)\n"
        "print({'libzim', 'PIL', 'pypdf', 'mutagen', 'pymediainfo'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(bench.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n") == ["1", "set()", ""]
    assert not done.stderr
