# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock starts no earlier than what was written last before power failed."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.meta.project import ROOT

PROGRAM = ROOT / "provisioning/roles/clock/files/usr/local/libexec/chashma/clock-floor"
_KEPT = 1_800_000_000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A card whose clock was written down at ``_KEPT``."""
    (tmp_path / "system" / "timesync").mkdir(parents=True)
    (tmp_path / "store" / "items").mkdir(parents=True)
    (tmp_path / "system" / "timesync" / "clock").touch()
    for path in (*tmp_path.rglob("*"), tmp_path):
        os.utime(path, (_KEPT, _KEPT))
    return tmp_path


def _written(data: Path, name: str, moment: float) -> None:
    file = data / name
    file.touch()
    os.utime(file, (moment, moment))
    os.utime(file.parent, (_KEPT, _KEPT))


def _begun(data: Path, now: int = 86_400) -> float:
    """What the clock will begin with, where it shows ``now`` (else as one that knows nothing)."""
    environment = os.environ | {"CHASHMA_DATA": str(data), "CHASHMA_NOW": str(now)}
    said = subprocess.run([PROGRAM], env=environment, capture_output=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, b"", b"")
    return (data / "system" / "timesync" / "clock").stat().st_mtime


def test_nothing_was_written_since(data: Path) -> None:
    _written(data, "school.db", _KEPT - 5)
    assert _begun(data) == _KEPT


@pytest.mark.parametrize("name", ["school.db", "school.db-wal", "system/boots", "store/items/x"])
def test_what_was_written_last_counts(data: Path, name: str) -> None:
    _written(data, "jobs.db", _KEPT + 5)
    _written(data, name, _KEPT + 240.5)
    if name.startswith("store"):  # a folder says for what lies in it
        os.utime(data / "store" / "items", (_KEPT + 240.5, _KEPT + 240.5))
    assert _begun(data) == _KEPT + 241


def test_a_clock_that_was_wrong_for_a_while_does_not_come_back(data: Path) -> None:
    _written(data, "catalog.db", _KEPT + 10 * 365 * 86400)
    _written(data, "school.db", _KEPT + 60)
    assert _begun(data) == _KEPT + 61


def test_power_fails_in_the_first_minutes_of_a_box(data: Path) -> None:
    image_made = _KEPT + 90 * 86_400
    _written(data, "school.db", image_made + 123)
    assert _begun(data, image_made) == image_made + 124


def test_a_clock_that_is_right_stays_so(data: Path) -> None:
    _written(data, "school.db", _KEPT + 123)
    assert _begun(data, _KEPT + 86_400) == _KEPT


def test_a_card_without_a_time(data: Path) -> None:
    (data / "system" / "timesync" / "clock").unlink()
    said = subprocess.run(
        [PROGRAM], env=os.environ | {"CHASHMA_DATA": str(data)}, capture_output=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, b"")
    assert not (data / "system" / "timesync" / "clock").exists()
