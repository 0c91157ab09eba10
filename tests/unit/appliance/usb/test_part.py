# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of the sticks that are plugged in."""

from pathlib import Path

import pytest

from appliance.usb.part import Part, find_parts
from appliance.usb.problems import PROBLEMS, sentence
from tests.unit.appliance.usb.machine import CARD, Machine, file_system


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _found(machine: Machine) -> tuple[Part, ...]:
    return find_parts(machine.kernel, machine.drives)


def test_a_stick_with_a_table(machine: Machine) -> None:
    machine.add(
        "sda",
        parts=(file_system("vfat", "\\x8a\\x8d\\x88\\x83\\x88"),),
        ID_VENDOR_ENC="Kingston",
        ID_MODEL_ENC="DataTraveler\\x203.0\\x20",
        ID_PART_TABLE_TYPE="dos",
    )
    [part] = _found(machine)
    assert (part.name, part.label, part.maker) == ("sda1", "КНИГИ", "Kingston DataTraveler 3.0")
    assert (part.file_system, part.part, part.parts) == ("vfat", 1, 1)
    assert part.size == 1000 * 1024 * 1024
    assert not part.read_only
    assert part.problem == ""


def test_a_stick_without_a_table(machine: Machine) -> None:
    machine.add("sda", whole=file_system("exfat", "Мактаб"), read_only=True)
    [part] = _found(machine)
    assert (part.name, part.label, part.file_system) == ("sda", "Мактаб", "exfat")
    assert part.read_only


def test_two_partitions_and_two_sticks(machine: Machine) -> None:
    parts = (file_system("ntfs", "A", "1"), file_system("ext4", "B", "2"))
    machine.add("sdb", parts=parts)
    machine.add("sda", whole=file_system("vfat", "C"))
    found = _found(machine)
    assert [(one.name, one.part, one.parts) for one in found] == [
        ("sdb1", 1, 2),
        ("sdb2", 2, 2),
        ("sda", 1, 1),
    ]
    assert len({one.id for one in found}) == 3


def test_the_same_stick_is_the_same_again_and_still_another_device(machine: Machine) -> None:
    machine.add("sda", parts=(file_system("vfat"),), ID_SERIAL="one")
    [before] = _found(machine)
    machine.remove("sda")
    assert _found(machine) == ()
    machine.add("sdb", parts=(file_system("vfat"),), ID_SERIAL="one")
    [after] = _found(machine)
    assert before.id == after.id
    assert before.key != after.key
    machine.remove("sdb")
    machine.add("sdc", parts=(file_system("vfat", uuid="EEEE-0000"),), ID_SERIAL="one")
    assert _found(machine)[0].id != after.id


def test_twins_are_told_apart(machine: Machine) -> None:
    for name in ("sda", "sdb", "sdc"):
        machine.add(name, parts=(file_system("vfat"),), ID_SERIAL="000000000000")
    ids = [one.id for one in _found(machine)]
    assert len(set(ids)) == 3
    machine.remove("sdc")
    assert [one.id for one in _found(machine)] == ids[:2]


def test_the_card_is_no_stick(machine: Machine) -> None:
    machine.add("mmcblk0", parts=(file_system("vfat"), file_system("ext4")), where=CARD)
    assert _found(machine) == ()


@pytest.mark.parametrize("place", ["/", "/data", "/boot/firmware", "/mnt"])
def test_the_disk_that_the_box_lives_on_is_no_stick(machine: Machine, place: str) -> None:
    """A PC, or a Raspberry Pi, started from USB: none of its partitions is offered."""
    machine.add("sda", parts=(file_system("vfat"), file_system("ext4"), file_system("ext4")))
    machine.add("sdb", whole=file_system("vfat"))
    machine.mount_elsewhere("sda2", place)
    assert [one.name for one in _found(machine)] == ["sdb"]


def test_a_mounted_stick_is_still_one(machine: Machine) -> None:
    machine.add("sda", whole=file_system("vfat"))
    machine.mount_elsewhere("sda", str(machine.drives / "0a1b"))
    assert [one.name for one in _found(machine)] == ["sda"]


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({}, "not-formatted"),
        (file_system("btrfs"), "unknown-file-system"),
        (file_system("iso9660"), "unknown-file-system"),
        (file_system("LVM2_member"), "unknown-file-system"),
        (file_system("crypto_LUKS"), "encrypted"),
        (file_system("BitLocker"), "encrypted"),
        (file_system("ntfs3"), "unknown-file-system"),
        (file_system("../vfat"), "unknown-file-system"),
    ],
)
def test_what_cannot_be_read_is_seen_and_told(
    machine: Machine, told: dict[str, str], problem: str
) -> None:
    machine.add("sda", whole=told)
    [part] = _found(machine)
    assert part.problem == problem
    assert len({sentence(problem, language) for language in ("tg", "ru", "en")}) == 3
    assert problem in PROBLEMS


@pytest.mark.parametrize(
    "kind",
    ["0xf", "0x5", "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "e3c9e316-0b5c-4db8-817d-f92df00215ae"],
)
def test_partitions_for_machines_are_left_out(machine: Machine, kind: str) -> None:
    machine.add("sda", parts=(file_system("vfat", ID_PART_ENTRY_TYPE=kind), file_system("ntfs")))
    [part] = _found(machine)
    assert (part.name, part.part, part.parts) == ("sda2", 1, 1)


def test_what_udev_has_not_looked_at_is_waited_for(machine: Machine) -> None:
    machine.add("sda", parts=(file_system("vfat"),))
    file = machine.kernel.udev / f"b{machine.number('sda1')}"
    known = file.read_text()
    file.write_text("E:ID_FS_TYPE=vfat\n")
    assert _found(machine) == ()
    file.write_text(known)
    assert len(_found(machine)) == 1
    (machine.kernel.udev / f"b{machine.number('sda')}").unlink()
    assert _found(machine) == ()


def test_an_empty_reader_of_cards_is_nothing(machine: Machine) -> None:
    machine.add("sda", size=0)
    assert _found(machine) == ()


def test_odd_words_of_udev_end_nothing(machine: Machine) -> None:
    machine.add("sda", whole=file_system("vfat", "\udcff\udcfe", uuid="\udc80"))
    [part] = _found(machine)
    part.label.encode("utf-8")
    assert part.id.isalnum()
