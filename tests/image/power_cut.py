# SPDX-License-Identifier: GPL-3.0-or-later
"""A box whose writes are recorded from its first start on, and its card at any later instant."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from tests.image.box import Box
from tests.image.disk_image import DiskImage, run
from tests.image.station import mount_disk
from tests.image.virt import DISK_BYTES, new_overlay, virt
from tests.image.write_log import Cut, Write, apply, read_log, surviving
from tests.provisioning.card import insert

NO_BATTERY = ("-rtc", "base=1970-01-02")
"""Hardware whose clock knows nothing at the start, as a Raspberry Pi's."""

# Takes things in, removes them and brings them back, and writes to the school's own records, until
# the machine is gone. The shell's own exit status does not matter: files are refused, too.
_LOAD = """
while true; do
    for file in /run/sample/*.epub /run/sample/*.zim /run/sample/*.mp4; do
        chashma ingest "$file"
        id=$(chashma list --json | grep -o '"id": *"[^"]*"' | head -n 1 | cut -d'"' -f4)
        [ -z "$id" ] || chashma remove "$id"
        echo
    done
done
"""


# Whoever is interrupted between the two clocks makes the difference too small, never too large.
_CLOCK_AT_BOOT = "import time; print(max(time.time() - time.monotonic() for _ in range(100)))"
_TWO_NUMBERS = re.compile(r"clock ([\d.]+) (\d+)")


class Recording(msgspec.Struct, frozen=True):
    """The writes of a machine, and where its disk began."""

    image: DiskImage
    log: Path
    writes: list[Write]

    def state(self, cut: Cut, disk: Path) -> None:
        """Make ``disk`` what the card is when power fails then."""
        self.image.copy(disk, DISK_BYTES)
        apply(self.log, surviving(self.writes, cut), disk)


@contextmanager
def recorded(image: DiskImage, folder: Path, disks: dict[str, Path]) -> Iterator[Box]:
    """A box at its first start; each of its writes is kept in ``folder / "writes"``."""
    overlay, log = new_overlay(image, folder / "card.qcow2"), folder / "writes"
    log.touch()
    disk = (
        *("-blockdev", f"driver=file,filename={log},node-name=log"),
        *("-blockdev", f"driver=file,filename={overlay},node-name=file"),
        *("-blockdev", "driver=qcow2,file=file,node-name=plain"),
        *("-blockdev", "driver=blklogwrites,file=plain,log=log,node-name=card"),
    )
    with virt(image, folder, disks=disks, disk=disk, hardware=NO_BATTERY) as machine:
        yield Box(machine)


def load(box: Box) -> None:
    """Begin to write, and go on until the machine is gone."""
    mount_disk(box.machine, "sample", "/run/sample")
    box.machine.run(f"cat >/run/load <<'END'\n{_LOAD}\nEND")
    box.machine.run("setsid sh /run/load >/run/load.log 2>&1 </dev/null &")


def recording(image: DiskImage, folder: Path) -> Recording:
    """What was recorded; the machine must have ended."""
    log = folder / "writes"
    return Recording(image=image, log=log, writes=read_log(log))


def brought_up(disk: Path, folder: Path) -> Path:
    """A copy of ``/data``, after the program that brings it up at a start of the box has mended it.

    Raises:
        AssertionError: it cannot be mended without a person, or is not in order afterwards.
    """
    run("sfdisk", "--verify", str(disk))
    with insert(disk, folder) as card:
        assert card.bring_up() == "good", card.told("check.log")
        state = folder / "state"
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(card.data, state, symlinks=True)
        card.take_down()
        run("e2fsck", "-f", "-n", card.part)
        return state


def last_known_time(folder: Path) -> float:
    """When the box last wrote to one of its databases, by its own clock; 0 if it never did."""
    return max((file.stat().st_mtime for file in folder.glob("*.db*")), default=0.0)


def time_at_start(box: Box) -> float:
    """What the clock showed when it had been set, before any service of ours began."""
    said = box.machine.run(
        f"echo clock $(python3 -c '{_CLOCK_AT_BOOT}')"
        " $(systemctl show -P ActiveEnterTimestampMonotonic systemd-timesyncd)"
    )
    found = _TWO_NUMBERS.search(said)  # the kernel may have its say on the same console
    assert found, said
    at_boot, set_at = map(float, found.groups())
    return at_boot + set_at / 10**6


def broken_databases(folder: Path) -> dict[str, str]:
    """Each SQLite database below a folder that is not whole, and what is wrong with it."""
    found = {}
    for file in sorted(folder.rglob("*.db")):
        if file.stat().st_size == 0:
            continue  # power failed before anything was in it
        with closing(sqlite3.connect(file)) as database:
            said = database.execute("PRAGMA integrity_check").fetchall()
        if said != [("ok",)]:
            found[str(file)] = str(said)
    return found
