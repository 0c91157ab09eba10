# SPDX-License-Identifier: GPL-3.0-or-later
"""A build that is killed: what it had started is gone, and so is what was mounted."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from image_build.cell import in_cell

pytestmark = pytest.mark.root

_PATIENCE_S = 60
# Mounts something, starts a program that is nobody's child any more, and never ends by itself.
_WORK = (
    'mount -t tmpfs cell "$1" && echo >"$1/held" && (setsid tail -f "$1/held" &);'
    ' touch "$1/../ready"; tail -f "$1/held"'
)
_BUILD = (
    "import subprocess, sys; from image_build.cell import in_cell;"
    "subprocess.run(in_cell('sh', '-c', sys.argv[1], 'sh', sys.argv[2]), check=True)"
)


def _until(what: str, seen: object) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not seen():  # type: ignore[operator]  # any callable
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def _left(folder: Path) -> list[list[str]]:
    """Command lines that name the folder."""
    lines = (process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"]))
    return [line for line in lines if any(str(folder) in word for word in line)]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlasts_a_build(tmp_path: Path, by: signal.Signals) -> None:
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    build = subprocess.Popen([sys.executable, "-c", _BUILD, _WORK, str(mounted)])
    _until("nothing started", (tmp_path / "ready").exists)
    assert len(_left(mounted)) >= 3
    assert str(mounted) not in Path("/proc/self/mountinfo").read_text()

    build.send_signal(by)
    build.wait()

    _until("something is left", lambda: not _left(mounted))


def test_what_it_says_and_how_it_ends_come_through() -> None:
    ran = subprocess.run(
        in_cell("sh", "-c", "echo $$ there; exit 7"), check=False, capture_output=True, text=True
    )
    number, word = ran.stdout.split()
    assert (ran.returncode, word) == (7, "there")
    assert int(number) < 10  # processes are counted anew
