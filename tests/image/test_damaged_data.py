# SPDX-License-Identifier: GPL-3.0-or-later
"""The beginning of the data partition is lost: what can be served is served, and it is told."""

from collections.abc import Iterator

import pytest

from tests.image.box import ADMIN, Box
from tests.image.conftest import work_folder
from tests.image.disk_image import DATA, DiskImage
from tests.image.virt import new_overlay, virt

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("damaged")]


@pytest.fixture(scope="module")
def damaged(image: DiskImage) -> Iterator[Box]:
    folder = work_folder("damaged")
    card = image.copy(folder / "damaged.img")
    data = image.partitions[DATA]
    with card.open("r+b") as file:
        # Not all of it: the copies of the superblock further on are whole.
        file.seek(data.start)
        file.write(b"\xa5" * 65536)
    overlay = new_overlay(DiskImage(card, folder), folder / "card.qcow2")
    with virt(image, folder, overlay=overlay) as machine:
        box = Box(machine)
        box.wait_for_portal()
        yield box
    card.unlink()


def test_the_portal_is_there(damaged: Box) -> None:
    assert damaged.get("/")[0] == 200


def test_it_is_known(damaged: Box) -> None:
    assert damaged.machine.run("cat /run/chashma-data/state") in {"read-only", "absent"}


def test_the_panel_says_so(damaged: Box) -> None:
    status, page = damaged.get("/setup/language", ADMIN, secure=True)
    assert status == 200
    assert 'class="notice error"' in page


def test_nothing_else_failed(damaged: Box) -> None:
    assert damaged.failed_units() == ""
