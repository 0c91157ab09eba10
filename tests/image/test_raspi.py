# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way of the real one: card, U-Boot, kernel, portal; judged from outside alone.

Nobody can get into an unchanged box. So it is asked over its cable, its console is read, and in the
end its card is opened.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from image_build.layout import STATE_OFFSET, STATE_SIZE
from tests.image.box import Box
from tests.image.conftest import work_folder
from tests.image.disk_image import (
    DATA,
    FIRMWARE,
    SLOT_A,
    SLOT_B,
    DiskImage,
    Partition,
    partitions,
    run,
)
from tests.image.raspi import raspi
from tests.image.virt import DISK_BYTES

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("raspi")]
_PIECE = 1 << 24


class Story(msgspec.Struct, frozen=True):
    """What is known of a box after its first start."""

    page: str
    console: str
    card: Path


@pytest.fixture(scope="module")
def story(image: DiskImage) -> Iterator[Story]:
    folder = work_folder("raspi")
    with raspi(image, folder) as (machine, card):
        box = Box(machine)
        box.wait_for_portal()
        page = box.get("/")[1]
        machine.wait_for("the slot's tries", lambda: b"BOOT_A_LEFT=3" in _boot_state(card))
        told = Story(page=page, console=machine.said(), card=card)
    yield told
    card.unlink()


def test_u_boot_started_slot_a(story: Story) -> None:
    assert "Chashma: slot A" in story.console


def test_the_portal_is_there(story: Story) -> None:
    assert "<html" in story.page


def test_the_slot_has_its_tries_again(story: Story) -> None:
    """U-Boot took one, and the box gave it back once it served pages."""
    assert b"BOOT_A_LEFT=3" in _boot_state(story.card)


def test_nothing_failed(story: Story) -> None:
    for words in ("FAILED", "Failed to start", "Kernel panic", "emergency mode", "Oops"):
        assert words not in story.console


@pytest.mark.parametrize("number", [FIRMWARE, SLOT_A, SLOT_B])
def test_what_is_read_only_was_not_written(image: DiskImage, story: Story, number: int) -> None:
    part = image.partitions[number]

    assert _first_difference(image.file, story.card, part) is None


def test_the_data_partition_grew(story: Story) -> None:
    part = partitions(story.card)[DATA]
    assert part.start + part.size > DISK_BYTES * 0.99
    said = run("dumpe2fs", "-h", part.in_file(story.card))
    facts = dict(line.split(":", 1) for line in said.splitlines() if ":" in line)
    held = int(facts["Block count"]) * int(facts["Block size"])
    assert held > part.size * 0.99


def _boot_state(card: Path) -> bytes:
    with card.open("rb") as source:
        source.seek(STATE_OFFSET)
        return source.read(STATE_SIZE)


def _first_difference(left: Path, right: Path, part: Partition) -> int | None:
    """Where a piece of two disks begins that is not the same in both, in bytes."""
    with left.open("rb") as one, right.open("rb") as other:
        one.seek(part.start)
        other.seek(part.start)
        for offset in range(part.start, part.start + part.size, _PIECE):
            size = min(_PIECE, part.start + part.size - offset)
            if one.read(size) != other.read(size):
                return offset
    return None
