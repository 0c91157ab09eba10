# SPDX-License-Identifier: GPL-3.0-or-later
"""The image beside a bare Debian, as root: ``python -m benchmarks.image``.

Size of the download; from power to the portal beside the same Debian with nothing but kernel,
systemd and udev to its ``multi-user.target``, one after the other in the same QEMU; memory of the
idle box; with ``--build`` how long a build takes from nothing, and again when only provisioning
changed. ``make image`` comes first.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from benchmarks.bare_debian import BareDebian
from image_build.recipe import PROJECT, project_version
from tests.image.box import Box
from tests.image.disk_image import DiskImage
from tests.image.machine import Machine
from tests.image.virt import virt

_WORK = PROJECT / ".cache" / "image"
_MOST_BYTES, _MOST_TIMES, _MOST_IDLE_MB = 700_000_000, 1.5, 200
_MOST_COLD_S, _MOST_WARM_S = 30 * 60, 8 * 60
_SETTLE_S = 120
_SLOWEST_UNITS = 12
_PSS = "cat /proc/[0-9]*/smaps_rollup 2>/dev/null | awk '/^Pss:/ {sum += $2} END {print sum}'"
_USED = "awk '/^MemTotal/ {t = $2} /^MemAvailable/ {a = $2} END {print t - a}' /proc/meminfo"


def main() -> None:
    """Measure, and print a line for each number with what it may be at most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--image", type=Path, default=_WORK / f"{_name()}.img")
    options = parser.parse_args()
    download = PROJECT / "dist" / f"{_name()}.img.xz"
    if download.exists():
        _say("download", download.stat().st_size / 1e6, _MOST_BYTES / 1e6, "MB")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for number in range(options.rounds):
            _compare_starts(options.image, Path(folder) / str(number))
    if options.build:
        _build_twice()


def _name() -> str:
    return f"chashma-{project_version()}-arm64"


def _compare_starts(image: Path, folder: Path) -> None:
    bare = BareDebian(_WORK, folder / "bare")
    bare_s = _start(bare, folder / "a", _reached_multi_user)
    box_s = _start(DiskImage(image, folder / "box"), folder / "b", _portal_answers, _look_closer)
    print(f"bare Debian to multi-user.target: {bare_s:.0f} s; box to portal: {box_s:.0f} s")
    _say("start, of a bare Debian's", box_s / bare_s, _MOST_TIMES, "times")


def _start(
    image: DiskImage,
    folder: Path,
    wait: Callable[[Machine], None],
    look: Callable[[Machine], None] = lambda _machine: None,
) -> float:
    """Seconds from the start of QEMU until ``wait`` returns."""
    begun = time.monotonic()
    with virt(image, folder) as machine:
        wait(machine)
        seconds = time.monotonic() - begun
        look(machine)
        return seconds


def _reached_multi_user(machine: Machine) -> None:
    machine.wait_until("systemctl is-active --quiet multi-user.target")


def _portal_answers(machine: Machine) -> None:
    Box(machine).wait_for_portal()


def _look_closer(machine: Machine) -> None:
    machine.run("systemctl is-system-running --wait || true")
    print(machine.run("systemd-analyze time"))
    print(machine.run("systemd-analyze critical-chain chashma-web.service --no-pager"))
    print(machine.run(f"systemd-analyze blame --no-pager | head -n {_SLOWEST_UNITS}"))
    time.sleep(_SETTLE_S)
    _say("idle: total less available", int(machine.run(_USED)) / 1024, _MOST_IDLE_MB, "MiB")
    _say("idle: processes (PSS)", int(machine.run(_PSS)) / 1024, _MOST_IDLE_MB, "MiB")


def _build_twice() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_WORK.parent) as folder:
        build = _Build(Path(folder))
        _say("build from nothing", build.cold_s, _MOST_COLD_S, "s")
        _say("build with its base", build.warm_s, _MOST_WARM_S, "s")


class _Build:
    """Two builds in a row in one empty folder."""

    def __init__(self, work: Path) -> None:
        self._work = work

    @cached_property
    def cold_s(self) -> float:
        """With nothing there."""
        return self._build()

    @cached_property
    def warm_s(self) -> float:
        """With the base of the first."""
        assert self.cold_s
        return self._build()

    def _build(self) -> float:
        begun = time.monotonic()
        subprocess.run(
            [
                *(sys.executable, "-m", "image_build", "--work", self._work),
                *("--out", self._work / "dist"),
            ],
            check=True,
            cwd=PROJECT,
        )
        return time.monotonic() - begun


def _say(what: str, measured: float, most: float, unit: str) -> None:
    verdict = "" if measured <= most else "   TOO MUCH"
    print(f"{what}: {measured:.1f} {unit} (at most {most:g}){verdict}", flush=True)


if __name__ == "__main__":
    main()
