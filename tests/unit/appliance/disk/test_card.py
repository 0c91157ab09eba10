# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors and wear of the card, from trees that look like sysfs."""

import os
from pathlib import Path

import pytest

from appliance.disk.card import Card, read_card, read_sensor


def sysfs(folder: Path, state: Path, *, life: str = "", spare: str = "", noted: str = "") -> Path:
    """A disk ``mmcblk0`` whose fourth partition holds the state folder."""
    disk = folder / "devices/mmc0/block/mmcblk0"
    part = disk / "mmcblk0p4"
    part.mkdir(parents=True)
    (disk / "device").mkdir()
    files = {
        disk / "device/life_time": life,
        disk / "device/pre_eol_info": spare,
        folder / "fs/ext4/mmcblk0p4/errors_count": noted,
    }
    for file, text in files.items():
        if text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{text}\n")
    device = state.stat().st_dev
    link = folder / "dev/block" / f"{os.major(device)}:{os.minor(device)}"
    link.parent.mkdir(parents=True)
    link.symlink_to(part)
    return folder


def test_what_is_not_told_is_left_out(tmp_path: Path) -> None:
    assert read_card(tmp_path, sysfs=tmp_path / "none", folder=tmp_path) == Card()
    tree = sysfs(tmp_path / "sys", tmp_path)
    assert read_card(tmp_path, sysfs=tree, folder=tmp_path) == Card()


@pytest.mark.parametrize(
    ("life", "spare", "worn"),
    [
        ("0x01 0x01", "0x01", 10),
        ("0x02 0x09", "0x01", 90),
        ("0x0b 0x01", "0x01", 100),
        ("0x00 0x00", "0x00", None),
        ("0x01 0x01", "0x02", 80),
        ("0x00 0x00", "0x03", 90),
        ("", "0x01", None),
        ("garbage", "more", None),
    ],
)
def test_wear(tmp_path: Path, life: str, spare: str, worn: int | None) -> None:
    tree = sysfs(tmp_path / "sys", tmp_path, life=life, spare=spare)
    assert read_card(tmp_path, sysfs=tree, folder=tmp_path).worn_percent == worn


def test_errors_of_the_file_system_and_of_the_card_are_added(tmp_path: Path) -> None:
    tree = sysfs(tmp_path / "sys", tmp_path, noted="3")
    assert read_card(tmp_path, sysfs=tree, folder=tmp_path).errors == 3
    (tmp_path / "sensors").write_text("under-voltage 9\ncard-errors 4\n")
    assert read_card(tmp_path, sysfs=tree, folder=tmp_path).errors == 7


def test_sensors(tmp_path: Path) -> None:
    assert read_sensor("under-voltage", tmp_path) is None
    (tmp_path / "sensors").write_text("under-voltage 2\ncard-errors many\nunder")
    assert read_sensor("under-voltage", tmp_path) == 2
    assert read_sensor("card-errors", tmp_path) is None
