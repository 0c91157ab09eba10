# SPDX-License-Identifier: GPL-3.0-or-later
"""The old PC in the corner: both its firmwares start slot A, to a portal that answers."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.image.box import Box
from tests.image.conftest import built_image, work_folder
from tests.image.disk_image import DATA, FIRMWARE, SLOT_A, DiskImage, partitions, run
from tests.image.pc import pc

pytestmark = [
    pytest.mark.root,
    pytest.mark.image,
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.xdist_group("pc"),
]


class Story(msgspec.Struct, frozen=True):
    """What is known of a PC after its first start: ``states`` are those of the boot loader."""

    page: str
    console: str
    states: list[str]
    disk: Path


@pytest.fixture(scope="module")
def pc_image() -> DiskImage:
    """What ``make image ARCH=amd64`` has built; CHASHMA_PC_IMAGE names another."""
    return DiskImage(built_image("amd64", "CHASHMA_PC_IMAGE"), work_folder("pc-image"))


@pytest.fixture(scope="module", params=["bios", "uefi"])
def story(request: pytest.FixtureRequest, pc_image: DiskImage) -> Iterator[Story]:
    folder = work_folder(f"pc-{request.param}")
    with pc(pc_image, folder, uefi=request.param == "uefi") as (machine, disk):
        states = [_state(disk)]
        machine.wait_for_console("Chashma: slot A")
        states.append(_state(disk))
        box = Box(machine)
        box.wait_for_portal()
        page = box.get("/")[1]
        machine.wait_for("the slot to be good", lambda: "A_TRY=0" in _state(disk))
        states.append(_state(disk))
        told = Story(page=page, console=machine.said(), states=states, disk=disk)
    yield told
    disk.unlink()


def test_the_portal_is_there(story: Story) -> None:
    assert "<html" in story.page


def test_the_slot_is_tried_once_and_then_good(story: Story) -> None:
    before, trying, good = story.states
    assert "A_TRY=0" in before
    assert "A_TRY=1" in trying
    assert {"ORDER=A B", "A_OK=1", "A_TRY=0", "B_OK=1", "B_TRY=0"} <= set(good.splitlines())


def test_nothing_failed(story: Story) -> None:
    for words in ("FAILED", "Failed to start", "Kernel panic", "emergency mode", "error:"):
        assert words not in story.console


def test_the_file_systems_are_whole(story: Story, tmp_path: Path) -> None:
    parts = partitions(story.disk)
    run("e2fsck", "-f", "-n", parts[SLOT_A].in_file(story.disk))
    firmware = tmp_path / "fat"
    with story.disk.open("rb") as source, firmware.open("wb") as out:
        source.seek(parts[FIRMWARE].start)
        out.write(source.read(parts[FIRMWARE].size))
    run("fsck.fat", "-n", str(firmware))


def test_the_data_partition_fills_the_disk(story: Story) -> None:
    parts = partitions(story.disk)
    assert parts[DATA].start + parts[DATA].size > story.disk.stat().st_size * 0.99


def _state(disk: Path) -> str:
    """What GRUB keeps; read anew from the disk, as mtools reads it."""
    start = partitions(disk)[FIRMWARE].start
    return run("mtype", "-i", f"{disk}@@{start}", "::grub/state")
