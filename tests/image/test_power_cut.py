# SPDX-License-Identifier: GPL-3.0-or-later
"""Power fails at random instants while the box writes: each disk is checked, some are started."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.shelf import Shelf
from tests.image.box import Box
from tests.image.conftest import WORK, work_folder
from tests.image.disk_image import FIRMWARE, SLOT_A, SLOT_B, DiskImage
from tests.image.power_cut import (
    NO_BATTERY,
    Recording,
    broken_databases,
    brought_up,
    last_known_time,
    load,
    recorded,
    recording,
    time_at_start,
)
from tests.image.tools_disk import packed
from tests.image.virt import new_overlay, virt
from tests.image.write_log import Cut, cuts

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("power-cut")]

# The slow run asks for 200 and 30.
CUTS = int(os.environ.get("CHASHMA_CUTS", "20"))
BOOTS = int(os.environ.get("CHASHMA_CUT_BOOTS", "3"))
SEED = int(os.environ.get("CHASHMA_SEED", str(random.randrange(10**6))))
_LOADED_ITEMS = 3


@pytest.fixture(scope="module")
def outage(image: DiskImage, sample: Path) -> Iterator[Recording]:
    """A box that was written to from its first start on until its plug was pulled."""
    print(f"\n{CUTS} cuts, {BOOTS} of them started, seed {SEED}")
    folder = work_folder("power-cut")
    disks = {"sample": packed(sample, WORK / "sample-cut.ext4")}
    with recorded(image, folder, disks) as box:
        box.machine.wait_until("mountpoint -q /data && test -e /data/catalog.db")
        load(box)
        box.wait_for_portal()
        box.machine.wait_until(f"test $(grep -c '^$' /run/load.log) -ge {_LOADED_ITEMS}")
    yield recording(image, folder)
    for big in ("writes", "card.qcow2", "state.img"):
        (folder / big).unlink(missing_ok=True)


@pytest.fixture(scope="module")
def instants(outage: Recording) -> list[Cut]:
    """When power fails."""
    found = cuts(outage.writes, CUTS, SEED)
    print(f"{len(outage.writes)} writes; cut after {[cut.at for cut in found]}")
    return found


@pytest.fixture(scope="module")
def disk() -> Path:
    """The place for one state of the card after the other."""
    return WORK / "power-cut" / "state.img"


def test_only_data_and_the_boot_state_are_written(image: DiskImage, outage: Recording) -> None:
    fixed = [image.partitions[number] for number in (FIRMWARE, SLOT_A, SLOT_B)]

    assert [
        write
        for write in outage.writes
        for part in fixed
        if write.offset < part.start + part.size and part.start < write.offset + write.size
    ] == []


@pytest.mark.parametrize("number", range(CUTS))
def test_the_disk_after_a_cut(
    outage: Recording, instants: list[Cut], disk: Path, tmp_path: Path, number: int
) -> None:
    print(instants[number])
    outage.state(instants[number], disk)

    state = brought_up(disk, tmp_path)

    assert broken_databases(state) == {}
    shelf = Shelf(Config(state=state))
    shelf.repair(thorough=True)
    assert list(check(shelf)) == []


@pytest.mark.parametrize("number", range(BOOTS))
def test_the_start_after_a_cut(
    image: DiskImage,
    outage: Recording,
    instants: list[Cut],
    disk: Path,
    tmp_path: Path,
    number: int,
) -> None:
    cut = instants[(number * CUTS + CUTS // 2) // BOOTS]
    print(cut)
    outage.state(cut, disk)
    known = last_known_time(brought_up(disk, tmp_path))
    # Not the mended one: what must start is the disk as it was left.
    outage.state(cut, disk)
    folder = work_folder("after-cut")
    overlay = new_overlay(DiskImage(disk, folder), folder / "card.qcow2")

    with virt(image, folder, overlay=overlay, hardware=NO_BATTERY) as machine:
        box = Box(machine)
        box.wait_for_portal()
        assert time_at_start(box) >= known
        assert machine.run("cat /run/chashma-data/state") == "good"
        machine.run("systemctl is-system-running --wait || true")
        assert box.failed_units() == ""
    overlay.unlink()
