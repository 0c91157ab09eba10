# SPDX-License-Identifier: GPL-3.0-or-later
"""However the card is found, something stands at /data, and no start makes it worse."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.provisioning.card import MIB, SECTOR, Card, insert, make_card, run

pytestmark = pytest.mark.root

BLOCK = 4096
_SECOND_SECTOR = 1024 + SECTOR
"""Of the superblock; its checksum lies there."""
_COPIES = tuple(group * 32768 * BLOCK for group in (1, 3, 5, 7))
"""Of the superblock on a card of 8 GB (sparse_super in ext4(5), blocks of 4 KiB); some of them."""
CAP_SYS_RESOURCE = 1 << 24
"""Without it Linux grows no mounted file system; containers often lack it."""


@pytest.fixture
def image(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "store").mkdir(parents=True)
    (content / "school.db").write_bytes(b"names of the pupils")
    (content / "store" / "book").write_bytes(os.urandom(3 * MIB))
    file = tmp_path / "card.img"
    make_card(file, content)
    return file


@pytest.fixture
def card(image: Path, tmp_path: Path) -> Iterator[Card]:
    with insert(image, tmp_path) as inserted:
        yield inserted


def may_grow() -> bool:
    line = next(
        one for one in Path("/proc/self/status").read_text().splitlines() if "CapEff" in one
    )
    return bool(int(line.split()[1], 16) & CAP_SYS_RESOURCE)


def assert_sound(card: Card) -> None:
    run("e2fsck", "-f", "-n", card.part)


def test_the_first_start_fills_the_card(card: Card) -> None:
    assert card.bring_up() == "good"
    assert (card.told("check"), card.told("detail")) == ("clean", "")
    whole = int(Path("/sys/class/block", card.device[5:], "size").read_text()) * SECTOR
    assert whole - card.part_size < 30 * MIB
    assert (card.data / "school.db").read_bytes() == b"names of the pupils"
    options = run("findmnt", "-no", "OPTIONS", str(card.data))
    assert {"rw", "noatime", "nodev", "nosuid", "noexec"} < set(options.strip().split(","))
    if may_grow():
        held = os.statvfs(card.data)
        assert held.f_blocks * held.f_frsize > 0.95 * card.part_size
    table = run("sfdisk", "--dump", card.device)
    card.take_down()
    assert card.bring_up() == "good"
    assert run("sfdisk", "--dump", card.device) == table
    card.take_down()
    assert_sound(card)


TOOLS = ("sfdisk", "sync", "partx", "e2fsck", "mount", "systemd-growfs")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_start_cut_off_at_any_step_is_made_up_for(
    image: Path, tmp_path: Path, tool: str, when: str
) -> None:
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    program = next(
        file
        for folder in ("/usr/sbin", "/usr/bin", "/usr/lib/systemd")
        if (file := Path(folder, tool)).exists()
    )
    stub = stubs / tool
    done = f'{program} "$@"\n' if when == "after" else ""
    stub.write_text(f"#!/bin/sh\n{done}kill -9 $PPID\n")
    stub.chmod(0o755)
    with insert(image, tmp_path) as card:
        path = f"{stubs}:{os.environ['PATH']}"
        assert card.bring_up(PATH=path, CHASHMA_GROWFS=str(stubs / "systemd-growfs")) == ""
        assert card.code == -9
        card.take_down()
    # Its memory of the partitions gone, it starts from what stands on the card.
    with insert(image, tmp_path) as card:
        assert card.bring_up() == "good"
        assert card.part_size > 8000 * MIB
        assert (card.data / "school.db").read_bytes() == b"names of the pupils"
        card.take_down()
        assert_sound(card)


def test_a_power_cut_is_mended_without_asking(image: Path, tmp_path: Path) -> None:
    with insert(image, tmp_path) as card:
        card.bring_up()
        (card.data / "new").write_bytes(b"x" * MIB)
        run("sync", "-f", str(card.data))
        # As the card would be had the power gone now: nothing was unmounted.
        cut = tmp_path / "cut.img"
        run("cp", "--sparse=always", str(image), str(cut))
    with insert(cut, tmp_path) as card:
        assert card.bring_up() == "good"
        assert (card.data / "new").stat().st_size == MIB
        card.take_down()
        assert_sound(card)


def test_a_superblock_torn_between_its_sectors_is_mended_without_asking(card: Card) -> None:
    older = card.read(SECTOR, _SECOND_SECTOR)
    assert card.bring_up() == "good"
    (card.data / "written").write_text("later")
    card.take_down()
    card.spoil(_SECOND_SECTOR, older)
    # While a file system grows its copies are written at the same time.
    for copy in _COPIES:
        card.spoil(copy + SECTOR, older)

    assert card.bring_up() == "good"

    assert card.told("check") == "mended"
    assert (card.data / "written").read_text() == "later"
    card.take_down()
    assert_sound(card)


def test_a_lost_superblock_leaves_everything_readable_and_can_be_repaired(card: Card) -> None:
    card.spoil(0, bytes(BLOCK))
    assert card.bring_up() == "read-only"
    assert card.told("detail") == "no-file-system"
    assert (card.data / "school.db").read_bytes() == b"names of the pupils"
    assert "DAMAGED" in card.said
    # It serves as ever; what is changed lies in memory.
    (card.data / "school.db").write_bytes(b"changed")
    (card.data / "new").mkdir()
    before = card.read(64 * BLOCK)
    card.take_down()
    assert card.read(64 * BLOCK) == before
    card.bring_up()
    card.bring_up("repair")
    assert card.code == 0
    assert not os.path.ismount(card.data)
    assert_sound(card)
    card.take_down()
    assert card.bring_up() == "good"
    assert (card.data / "school.db").read_bytes() == b"names of the pupils"
    assert (card.data / "system" / "repair").read_text().endswith("Z\n")
    assert "Superblock invalid" in (card.data / "system" / "repair.log").read_text()


def test_what_e2fsck_would_have_to_guess_waits_for_a_person(card: Card) -> None:
    # The tables that say which blocks belong to what: more than is safe to mend unasked.
    card.spoil(BLOCK, os.urandom(80 * BLOCK))
    before = card.bring_up()
    assert before in {"read-only", "absent"}
    assert card.told("check") == "damaged"
    (card.data / "works").write_bytes(b"all the same")
    card.bring_up("repair")
    assert card.code == 0
    card.take_down()
    assert card.bring_up() == "good"
    assert_has_journal(card)
    card.take_down()
    assert_sound(card)


def assert_has_journal(card: Card) -> None:
    assert "has_journal" in run("dumpe2fs", "-h", card.part)


def test_garbage_is_never_formatted(card: Card) -> None:
    garbage = os.urandom(256 * MIB)
    card.spoil(0, garbage)
    assert card.bring_up() == "absent"
    assert card.told("detail") == "no-file-system"
    assert "CANNOT BE READ" in card.said
    (card.data / "works").write_bytes(b"all the same")
    card.bring_up("repair")
    assert card.code == 1
    card.take_down()
    assert card.bring_up() == "absent"
    assert card.read(256 * MIB) == garbage


@pytest.mark.parametrize("size", [100, 27], ids=["within-the-partition", "before-it"])
def test_a_card_that_is_too_small_is_called_so(image: Path, tmp_path: Path, size: int) -> None:
    os.truncate(image, size * MIB)
    with insert(image, tmp_path) as card:
        table = run("sfdisk", "--dump", str(image))
        assert card.bring_up() == "absent"
        assert card.told("detail") == "card-too-small"
        assert "TOO SMALL" in card.said
        (card.data / "works").write_bytes(b"all the same")
        assert run("sfdisk", "--dump", str(image)) == table


def test_a_card_without_the_partition(image: Path, tmp_path: Path) -> None:
    run("sfdisk", "--quiet", "--delete", str(image), "4")
    with insert(image, tmp_path) as card:
        assert (card.bring_up(), card.told("detail")) == ("absent", "no-partition")
        (card.data / "works").write_bytes(b"all the same")


def test_a_locked_card_is_read(card: Card) -> None:
    run("blockdev", "--setro", card.device)
    run("blockdev", "--setro", card.part)
    assert (card.bring_up(), card.told("detail")) == ("read-only", "write-protected")
    assert (card.data / "school.db").read_bytes() == b"names of the pupils"
    (card.data / "works").write_bytes(b"all the same")


def test_no_other_disk_is_touched_where_the_root_is_no_partition(tmp_path: Path) -> None:
    if (
        Path("/sys/dev/block")
        .joinpath(run("findmnt", "-no", "MAJ:MIN", "/").strip(), "partition")
        .exists()
    ):
        pytest.skip("this machine's root is a partition")
    card = Card("/dev/none", tmp_path)
    try:
        assert card.bring_up(CHASHMA_DISK="") == "absent"
        assert card.told("detail") == "no-disk"
    finally:
        card.take_down()


def test_it_is_started_once(card: Card) -> None:
    card.bring_up()
    (card.run / "state").write_text("kept\n")
    assert card.bring_up() == "kept"
    mounts = run("findmnt", "-rno", "TARGET").splitlines()
    assert mounts.count(str(card.data)) == 1


def test_the_program_says_how_it_is_used(card: Card) -> None:
    card.bring_up("format")
    assert card.code == 2
