# SPDX-License-Identifier: GPL-3.0-or-later
"""The beginning of the data partition is lost: what can be served is served, and it is told."""

from collections.abc import Iterator

import pytest

from tests.image.box import ADMIN, Box
from tests.image.conftest import work_folder
from tests.image.disk_image import DATA, DiskImage, run
from tests.image.virt import new_overlay, virt

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("damaged")]


@pytest.fixture(scope="module")
def damaged(image: DiskImage) -> Iterator[Box]:
    folder = work_folder("damaged")
    overlay = new_overlay(image, folder / "card.qcow2")
    # Not all of it: the copies of the superblock further on are whole.
    damage = f"write -P 0xa5 {image.partitions[DATA].start} 64k"
    run("qemu-io", "-f", "qcow2", "-c", damage, str(overlay))
    with virt(image, folder, overlay=overlay) as machine:
        box = Box(machine)
        box.wait_for_portal()
        yield box


def test_the_portal_is_there(damaged: Box) -> None:
    assert damaged.get("/")[0] == 200


def test_it_is_known(damaged: Box) -> None:
    assert damaged.machine.run("cat /run/chashma-data/state") in {"read-only", "absent"}


def test_the_panel_says_so(damaged: Box) -> None:
    def page() -> tuple[int, str]:
        return damaged.get("/setup/language", ADMIN, secure=True)

    damaged.machine.wait_for("the panel", lambda: page()[0] == 200)
    assert 'class="notice error"' in page()[1]


def test_nothing_else_failed(damaged: Box) -> None:
    assert damaged.failed_units() == ""
