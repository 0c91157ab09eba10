# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody waits for a stick for ever."""

import threading
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content import drives
from appliance.content.drives import find_drive, look, plugged_in
from appliance.content.patience import NotAnsweringError, Patience
from appliance.content.shelf import Shelf
from appliance.usb.drive_list import MountedDrive, write_drive_list

LONG_S = 60.0


def test_an_answer_and_an_error_come_as_they_are() -> None:
    patience = Patience()
    assert patience.ask(Path("a"), lambda: 7, LONG_S) == 7
    with pytest.raises(FileNotFoundError):
        patience.ask(Path("a"), Path("/nothing/here").stat, LONG_S)


def test_one_that_hangs_is_asked_nothing_until_it_has_answered() -> None:
    patience, going, asked = Patience(), threading.Event(), []

    def hang() -> None:
        asked.append(threading.current_thread())
        going.wait(LONG_S)

    for _ in range(3):
        with pytest.raises(NotAnsweringError):
            patience.ask(Path("a"), hang, 0.01)
    assert len(asked) == 1
    assert patience.ask(Path("b"), lambda: 1, LONG_S) == 1
    going.set()
    asked[0].join(LONG_S)
    assert patience.ask(Path("a"), lambda: 2, LONG_S) == 2


def test_a_drive_that_hangs_is_left_out_of_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, going = Config(state=tmp_path), threading.Event()
    for name in ("good", "hangs"):
        (config.drives / name).mkdir(parents=True)

    def usage(path: Path) -> object:
        if path.name == "hangs":
            going.wait(LONG_S)
        return shutil_usage(path)

    shutil_usage = drives.shutil.disk_usage
    monkeypatch.setattr(drives.shutil, "disk_usage", usage)
    monkeypatch.setattr(drives, "_ANSWER_S", 0.05)
    try:
        assert [one.id for one in plugged_in(config)] == ["good"]
        assert find_drive(config, "good").id == "good"
        with pytest.raises(NotAnsweringError):
            find_drive(config, "hangs")
    finally:
        going.set()


def test_nobody_touches_a_drive_that_the_agent_calls_silent(tmp_path: Path) -> None:
    config = Config(state=tmp_path)
    for name in ("a", "b"):
        (config.drives / name).mkdir(parents=True)
    told = [MountedDrive(name, "", "", "vfat", 1, 1, 9, writable=False) for name in ("a", "b")]
    silent = MountedDrive("a", "", "", "vfat", 1, 1, 9, writable=False, problem="not-answering")
    write_drive_list(config.drives, (silent, told[1]))
    assert [one.id for one in plugged_in(config)] == ["b"]
    with pytest.raises(NotAnsweringError):
        find_drive(config, "a")
    write_drive_list(config.drives, tuple(told))
    assert [one.id for one in plugged_in(config)] == ["a", "b"]


def test_a_look_at_one_that_hangs_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, going = Config(state=tmp_path), threading.Event()
    (config.drives / "hangs").mkdir(parents=True)
    [drive] = plugged_in(config)
    monkeypatch.setattr(drives, "discover", lambda *_: going.wait(LONG_S) or [])
    monkeypatch.setattr(drives, "_LOOK_S", 0.05)
    try:
        with pytest.raises(NotAnsweringError):
            look(drive, Shelf(config).catalog)
    finally:
        going.set()
