# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of the data role that need no disk: counting boots, writing sensors down."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.disk.boots import Boots, read_boots
from appliance.disk.card import read_sensor
from tests.meta.project import ROOT

PROGRAMS = ROOT / "provisioning/roles/data/files/usr/local/libexec/chashma"


class Box:
    """The folders that the programs work on."""

    def __init__(self, folder: Path) -> None:
        self.data, self.run = folder / "data", folder / "run"
        self.data.mkdir()
        self.run.mkdir()
        (self.run / "state").write_text("good\n")

    def do(self, program: str, *words: str, **environment: str) -> None:
        own = {"CHASHMA_DATA": str(self.data), "CHASHMA_RUN": str(self.run)}
        done = subprocess.run(
            [PROGRAMS / program, *words],
            env=os.environ | own | environment,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")

    @property
    def boots(self) -> Boots | None:
        return read_boots(self.run)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_boots_and_power_cuts_are_counted(box: Box) -> None:
    box.do("boots", "begin")
    assert box.boots == Boots(1, 0, "")
    box.do("boots", "end")
    box.do("boots", "begin")
    assert box.boots == Boots(2, 0, "o")
    box.do("boots", "begin")
    assert box.boots == Boots(3, 1, "ox")
    for _ in range(12):
        box.do("boots", "begin")
    assert box.boots == Boots(15, 13, "x" * 10)
    # Everybody may read the copy; the count itself is root's.
    assert (box.run / "boots").stat().st_mode & 0o777 == 0o644
    assert (box.data / "system").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("kept", ["", "\n", "a b c d", "1", "09 0 1 o", "-3 1 1 o", "1 1 x o"])
def test_a_count_that_cannot_be_read_begins_anew(box: Box, kept: str) -> None:
    (box.data / "system").mkdir(mode=0o700)
    (box.data / "system" / "boots").write_text(kept)
    box.do("boots", "begin")
    assert box.boots == Boots(1, 0, "")


def test_nothing_is_counted_over_a_damaged_card(box: Box) -> None:
    (box.run / "state").write_text("read-only\n")
    box.do("boots", "begin")
    box.do("boots", "end")
    assert box.boots is None
    assert not any(box.data.iterdir())


def test_when_it_was_repaired_is_for_everybody(box: Box) -> None:
    (box.data / "system").mkdir(mode=0o700)
    (box.data / "system" / "repair").write_text("2026-05-01T08:00:00Z\n")
    box.do("boots", "begin")
    assert (box.run / "repair").read_text() == "2026-05-01T08:00:00Z\n"


def test_sensors_are_written_down_and_never_forget(box: Box, tmp_path: Path) -> None:
    log, debug = tmp_path / "log", tmp_path / "debug"
    stats = debug / "mmc0" / "err_stats"
    stats.parent.mkdir(parents=True)
    # As drivers/mmc/core/debugfs.c writes it; commands time out where there is no card.
    stats.write_text("# Command Timeout Occurred:\t 9\n# Data CRC Errors Occurred:\t 3\n")
    log.write_text("[5.1] hwmon hwmon1: Undervoltage detected!\n[7.1] usb 1-1: new device\n")
    kernel = {"CHASHMA_KERNEL_LOG": str(log), "CHASHMA_DEBUG": str(debug)}
    box.do("sensors", **kernel)
    assert read_sensor("under-voltage", box.run) == 1
    assert read_sensor("card-errors", box.run) == 3
    log.write_text("[9.9] I/O error, dev mmcblk0, sector 8 op 0x0:(READ)\n" * 5)
    box.do("sensors", **kernel)
    assert read_sensor("under-voltage", box.run) == 1
    assert read_sensor("card-errors", box.run) == 5


@pytest.mark.parametrize("program", sorted(PROGRAMS.iterdir()), ids=lambda path: path.name)
def test_a_linter_finds_nothing(program: Path) -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    subprocess.run(["shellcheck", program], check=True)
