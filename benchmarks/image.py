# SPDX-License-Identifier: GPL-3.0-or-later
"""The image beside a bare Debian, as root: ``python -m benchmarks.image``.

Size of the download; from power to the portal beside the same Debian with nothing but kernel,
systemd and udev to its ``multi-user.target``, one after the other in the same QEMU; memory of the
idle box of 1 GB, two minutes after its start has ended: what is no longer available (``MemTotal``
less ``MemAvailable``), and beside it what the processes hold; how long the builds took by their
own record. ``--build`` builds now, from nothing and again. ``make image`` comes first.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bare_debian import BareDebian
from image_build.build_times import read_record
from image_build.recipe import PROJECT, Arch, project_version
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
    parser.add_argument("--dist", type=Path, default=PROJECT / "dist")
    options = parser.parse_args()
    if not options.image.exists():
        parser.error(f"there is no {options.image}: run make image")
    _WORK.mkdir(parents=True, exist_ok=True)
    download = options.dist / f"{_name()}.img.xz"
    if download.exists():
        _say("download", download.stat().st_size / 1e6, _MOST_BYTES / 1e6, "MB")
    else:
        print(f"download: there is no {download}")
    # Not in /tmp, which may be memory.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_WORK.parent) as folder:
        for number in range(options.rounds):
            _compare_starts(options.image, Path(folder) / str(number))
        if options.build:
            _build_twice(Path(folder) / "build")
            _tell_builds(Path(folder) / "build")
        else:
            _tell_builds(options.image.absolute().parent)


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


def _build_twice(work: Path) -> None:
    """Into an empty folder: the first one finds no base, the second finds the first's."""
    for _ in range(2):
        subprocess.run(
            [*(sys.executable, "-m", "image_build", "--work", work), *("--out", work / "dist")],
            check=True,
            cwd=PROJECT,
        )


def _tell_builds(work: Path) -> None:
    for cold, what, most in (
        (True, "build from nothing", _MOST_COLD_S),
        (False, "build with its base", _MOST_WARM_S),
    ):
        record = read_record(work, Arch.ARM64, cold=cold)
        if record is None:
            print(f"{what}: there was none in {work}")
            continue
        steps = ", ".join(f"{name} {seconds:.0f}" for name, seconds in record.seconds.items())
        _say(f"{what} ({steps})", record.total, most, "s")


def _say(what: str, measured: float, most: float, unit: str) -> None:
    verdict = "" if measured <= most else "   TOO MUCH"
    print(f"{what}: {measured:.1f} {unit} (at most {most:g}){verdict}", flush=True)


if __name__ == "__main__":
    main()
