# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks come and go, and the agent too."""

import errno
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.usb.drive_error import (
    DriveBusyError,
    DriveNotAnsweringError,
    DriveNotWrittenError,
    DriveReadOnlyError,
    NoSuchDriveError,
)
from appliance.usb.drive_list import MountedDrive, read_drive_list
from appliance.usb.drives import Drives
from tests.unit.appliance.usb.machine import Machine, file_system

_PATIENCE_SECONDS = 60


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def drives(machine: Machine) -> Drives:
    return _drives(machine)


def _drives(
    machine: Machine, patience_s: float = _PATIENCE_SECONDS, pulse_s: float = _PATIENCE_SECONDS
) -> Drives:
    owner, often = (903, 900), (patience_s, patience_s, pulse_s)
    return Drives(machine.drives, owner, machine.kernel, machine, *often)


def _listed(machine: Machine) -> tuple[MountedDrive, ...]:
    return read_drive_list(machine.drives)


def _settle(drives: Drives, condition: Callable[[], bool]) -> None:
    """Looks until it is so, and nothing is being done any more."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        drives.changed.clear()
        drives.tick()
        if condition():
            return
        assert time.monotonic() < deadline
        drives.changed.wait(0.02)


def _folders(machine: Machine) -> set[str]:
    return {one.name for one in machine.drives.iterdir() if one.is_dir()}


@pytest.fixture
def stick(machine: Machine, drives: Drives) -> MountedDrive:
    machine.add("sda", parts=(file_system("vfat", "Мактаб"),), ID_SERIAL="one")
    _settle(drives, lambda: len(_listed(machine)) == 1)
    return _listed(machine)[0]


def test_a_stick_is_mounted_and_listed(machine: Machine, stick: MountedDrive) -> None:
    assert machine.done == ["mount sda1 vfat"]
    assert _folders(machine) == {stick.id}
    assert (stick.label, stick.file_system, stick.writable, stick.problem) == (
        "Мактаб",
        "vfat",
        True,
        "",
    )
    assert (machine.drives / ".drives.json").stat().st_mode & 0o777 == 0o644


def test_only_the_worker_may_ever_write_on_it(machine: Machine, stick: MountedDrive) -> None:
    assert machine.options["vfat"].items() >= {
        ("uid", "903"), ("gid", "900"), ("fmask", "0137"), ("dmask", "0027"), ("utf8", "1"),
    }  # fmt: skip
    assert stick.writable


def test_no_journal_is_played_back_and_no_stick_stops_the_machine(
    machine: Machine, drives: Drives
) -> None:
    machine.add("sda", whole=file_system("ext4"))
    _settle(drives, lambda: bool(_listed(machine)))
    assert machine.options["ext4"] == {"noload": None, "errors": "continue"}
    assert not _listed(machine)[0].writable


def test_an_empty_list_is_written_too(machine: Machine, drives: Drives) -> None:
    drives.tick()
    assert (machine.drives / ".drives.json").read_bytes() == b"[]"


def test_a_stick_that_is_pulled_is_gone(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    machine.remove("sda")
    _settle(drives, lambda: not _folders(machine) and not _listed(machine))
    assert machine.done[1:] == [f"drop {stick.id}"]


def test_a_stick_that_came_back_between_two_looks_is_mounted_anew(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    machine.remove("sda")
    machine.add("sda", parts=(file_system("vfat", "Мактаб"),), ID_SERIAL="one")
    _settle(drives, lambda: machine.done.count("mount sda1 vfat") == 2)
    _settle(drives, lambda: len(_listed(machine)) == 1)
    assert machine.done[1:] == [f"drop {stick.id}", "mount sda1 vfat"]
    assert _listed(machine) == (stick,)


def test_another_stick_in_its_place(machine: Machine, drives: Drives, stick: MountedDrive) -> None:
    machine.remove("sda")
    machine.add("sda", parts=(file_system("ntfs", "Other", "77"),), ID_SERIAL="two")
    _settle(drives, lambda: [one.label for one in _listed(machine)] == ["Other"])
    _settle(drives, lambda: stick.id not in _folders(machine))


def test_a_new_agent_takes_over(machine: Machine, stick: MountedDrive) -> None:
    again = _drives(machine)
    again.tick()
    assert _listed(machine) == (stick,)
    again.open(stick.id)
    assert machine.done == ["mount sda1 vfat", f"open {stick.id}"]


def test_a_new_agent_sees_what_changed_meanwhile(machine: Machine, stick: MountedDrive) -> None:
    machine.remove("sda")
    machine.add("sda", parts=(file_system("vfat", "Мактаб"),), ID_SERIAL="one")
    again = _drives(machine)
    _settle(again, lambda: len(machine.done) == 3)
    assert machine.done[1:] == [f"drop {stick.id}", "mount sda1 vfat"]


@pytest.mark.parametrize("memory", ["", "[]", '{"mounted":5}', "\xff"])
def test_an_agent_without_memory_mounts_anew(
    machine: Machine, stick: MountedDrive, memory: str
) -> None:
    (machine.drives / ".memory.json").write_text(memory, "latin-1")
    again = _drives(machine)
    _settle(again, lambda: len(machine.done) == 3)
    assert machine.done[1:] == [f"drop {stick.id}", "mount sda1 vfat"]


def test_what_cannot_be_mounted_is_told_once_and_tried_when_it_comes_again(
    machine: Machine, drives: Drives
) -> None:
    machine.refuse["mount sda1"] = errno.EINVAL
    machine.add("sda", parts=(file_system("vfat"),))
    machine.add("sdb", parts=(file_system("vfat"),))
    _settle(drives, lambda: len(_listed(machine)) == 2)
    assert {one.problem for one in _listed(machine)} == {"", "damaged"}
    assert len(_folders(machine)) == 1
    for _ in range(3):
        drives.tick()
    assert machine.done.count("mount sda1 vfat") == 1
    machine.remove("sda")
    machine.refuse.clear()
    machine.add("sda", parts=(file_system("vfat"),))
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == ["", ""])


def test_what_has_a_problem_is_listed_and_never_mounted(machine: Machine, drives: Drives) -> None:
    machine.add("sda", whole=file_system("crypto_LUKS"))
    machine.add("sdb")
    drives.tick()
    assert [one.problem for one in _listed(machine)] == ["encrypted", "not-formatted"]
    assert machine.done == []


def test_a_stick_that_hangs_keeps_nobody_waiting(machine: Machine) -> None:
    drives = _drives(machine, patience_s=0.05)
    machine.going.clear()
    machine.add("sda", parts=(file_system("vfat"),))
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == ["not-answering"])
    machine.going.set()
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == [""])


def test_a_stick_that_hangs_while_it_is_mounted_is_told_until_it_answers(machine: Machine) -> None:
    drives = _drives(machine, patience_s=0.05, pulse_s=0.01)
    machine.add("sda", parts=(file_system("vfat"),), ID_SERIAL="one")
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == [""])
    machine.answering.clear()
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == ["not-answering"])
    assert not _listed(machine)[0].writable
    machine.answering.set()
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == [""])


def test_beside_one_that_hangs_others_come_and_it_can_be_pulled(machine: Machine) -> None:
    drives = _drives(machine, patience_s=0.05, pulse_s=0.01)
    machine.add("sda", parts=(file_system("vfat"),), ID_SERIAL="one")
    _settle(drives, lambda: bool(_listed(machine)))
    machine.silent.add("sda1")
    machine.answering.clear()
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == ["not-answering"])
    machine.add("sdb", parts=(file_system("vfat"),), ID_SERIAL="two")
    both = ["not-answering", ""]
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == both)
    machine.remove("sda")
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == [""])
    _settle(drives, lambda: len(_folders(machine)) == 1)
    machine.add("sda", parts=(file_system("vfat"),), ID_SERIAL="one")
    _settle(drives, lambda: len(_folders(machine)) == 2)
    machine.answering.set()


def test_one_that_writes_what_it_was_given_may_be_silent_for_longer(machine: Machine) -> None:
    drives = _drives(machine, pulse_s=0.01)
    machine.add("sda", parts=(file_system("vfat"),))
    _settle(drives, lambda: bool(_listed(machine)))
    [stick] = _listed(machine)
    drives.open(stick.id)
    drives._pulse._patience_s = 0.01
    machine.answering.clear()
    _settle(drives, lambda: machine.asked.is_set())
    time.sleep(0.1)
    drives.tick()
    assert _listed(machine) == (stick,)
    machine.answering.set()


def test_a_stick_that_was_not_put_away_is_only_read(machine: Machine, drives: Drives) -> None:
    machine.add("sda", parts=(file_system("vfat"),))
    sector = bytearray(512)
    sector[0x41] = 1
    (machine.kernel.devices / "sda1").write_bytes(sector)
    _settle(drives, lambda: bool(_listed(machine)))
    [stick] = _listed(machine)
    assert not stick.writable
    with pytest.raises(DriveReadOnlyError):
        drives.open(stick.id)


def test_a_stick_with_a_switch_is_only_read(machine: Machine, drives: Drives) -> None:
    machine.add("sda", whole=file_system("exfat"), read_only=True)
    _settle(drives, lambda: bool(_listed(machine)))
    with pytest.raises(DriveReadOnlyError):
        drives.open(_listed(machine)[0].id)
    assert machine.done == ["mount sda exfat"]


def test_writing_on_a_stick(machine: Machine, drives: Drives, stick: MountedDrive) -> None:
    drives.open(stick.id)
    drives.close(stick.id)
    assert machine.done[1:] == [f"open {stick.id}", f"write-out {stick.id}", f"close {stick.id}"]
    drives.tick()
    assert _listed(machine) == (stick,)


def test_a_stick_that_the_kernel_will_not_write(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    """NTFS that Windows has not let go of."""
    machine.refuse["open"] = errno.EINVAL
    with pytest.raises(DriveReadOnlyError):
        drives.open(stick.id)
    drives.tick()
    assert not _listed(machine)[0].writable
    with pytest.raises(DriveReadOnlyError):
        drives.open(stick.id)
    assert machine.done.count(f"open {stick.id}") == 1


@pytest.mark.parametrize("name", ["", "nothing", "../drives", ".drives.json", "x" * 5000])
def test_only_what_is_mounted_is_opened_closed_ejected(
    machine: Machine, drives: Drives, stick: MountedDrive, name: str
) -> None:
    for action in (drives.open, drives.close, drives.eject):
        with pytest.raises(NoSuchDriveError):
            action(name)
    assert machine.done == ["mount sda1 vfat"]
    assert stick.id


def test_ejected_is_gone_until_it_is_plugged_in_anew(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    drives.eject(stick.id)
    for one in (drives, _drives(machine)):
        one.tick()
        one.tick()
        assert _listed(machine) == ()
        assert _folders(machine) == set()
    assert machine.done[1:] == [f"write-out {stick.id}", f"unmount {stick.id}"]
    with pytest.raises(NoSuchDriveError):
        drives.eject(stick.id)
    machine.remove("sda")
    drives.tick()
    machine.add("sda", parts=(file_system("vfat", "Мактаб"),), ID_SERIAL="one")
    _settle(drives, lambda: _listed(machine) == (stick,))


def test_the_other_part_of_a_stick_stays(machine: Machine, drives: Drives) -> None:
    machine.add("sda", parts=(file_system("vfat", uuid="1"), file_system("vfat", uuid="2")))
    _settle(drives, lambda: len(_listed(machine)) == 2)
    first, second = _listed(machine)
    drives.eject(first.id)
    drives.tick()
    assert _listed(machine) == (second,)


def test_a_stick_that_is_used_is_not_ejected(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    machine.refuse["unmount"] = errno.EBUSY
    with pytest.raises(DriveBusyError):
        drives.eject(stick.id)
    drives.tick()
    assert _listed(machine) == (stick,)


def test_what_did_not_reach_the_stick_is_told(
    machine: Machine, drives: Drives, stick: MountedDrive
) -> None:
    machine.refuse["write-out"] = errno.EIO
    for action in (drives.close, drives.eject):
        with pytest.raises(DriveNotWrittenError):
            action(stick.id)


def test_who_asks_while_it_hangs_is_told_so(machine: Machine) -> None:
    drives = _drives(machine, patience_s=0.05)
    machine.add("sda", parts=(file_system("vfat", uuid="1"),))
    _settle(drives, lambda: [one.problem for one in _listed(machine)] == [""])
    [stick] = _listed(machine)

    def hang(place: Path) -> None:
        machine.going.wait(_PATIENCE_SECONDS)

    machine.going.clear()
    machine.write_out = hang  # type: ignore[method-assign] # a stick that hangs while it is asked
    for action in (drives.close, drives.eject):
        with pytest.raises(DriveNotAnsweringError):
            action(stick.id)
    drives.tick()
    assert _listed(machine)[0].problem == "not-answering"
    machine.going.set()
    _settle(drives, lambda: _listed(machine) == (stick,))
