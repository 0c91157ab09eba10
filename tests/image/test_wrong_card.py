# SPDX-License-Identifier: GPL-3.0-or-later
"""Half of the lines of ``chashma.toml`` are wrong, and the clock says 1970."""

from collections.abc import Iterator

import pytest

from tests.image.box import Box
from tests.image.conftest import work_folder
from tests.image.disk_image import DiskImage, run
from tests.image.virt import new_overlay, virt

_WRONG_CARD = """school_name = "Мактаби №7"
hotspot_name = "Maktabi 7"
hotspot_password = "qwe7xz"
channel = 99
country = "ZZ"
"""


pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("wrong-card")]


@pytest.fixture(scope="module")
def odd(image: DiskImage) -> Iterator[Box]:
    folder = work_folder("wrong-card")
    card = image.copy(folder / "wrong.img")
    (folder / "chashma.toml").write_text(_WRONG_CARD, "utf-8")
    firmware = DiskImage(card, folder).firmware_option()
    run("mcopy", "-n", "-o", *firmware, str(folder / "chashma.toml"), "::chashma.toml")
    overlay = new_overlay(DiskImage(card, folder), folder / "card.qcow2")
    with virt(image, folder, overlay=overlay, hardware=("-rtc", "base=1970-01-02")) as machine:
        machine.run("modprobe mac80211_hwsim radios=1")
        box = Box(machine)
        box.wait_for_portal()
        yield box
    card.unlink()


def test_the_portal_is_there(odd: Box) -> None:
    assert odd.get("/")[0] == 200


def test_the_right_lines_count(odd: Box) -> None:
    radio = odd.access_point
    odd.machine.wait_until(f"iw dev {radio} info | grep -Fx '\tssid Maktabi 7'")


def test_the_wrong_lines_are_told_beside_the_file(odd: Box) -> None:
    report = odd.machine.wait_until("cat /boot/firmware/chashma-report.txt")

    for key in ("hotspot_password", "channel", "country"):
        assert key in report
    assert "qwe7xz" not in report
    assert "hotspot_name" not in report
    options = odd.machine.run("findmnt --noheadings --output OPTIONS /boot/firmware")
    assert "ro" in options.split(",")


def test_the_console_says_so(odd: Box) -> None:
    odd.machine.wait_for_console("chashma.toml")


def test_the_clock_is_not_before_the_image(odd: Box) -> None:
    year = int(odd.machine.run("date +%Y"))
    assert year >= 2026


def test_nothing_failed(odd: Box) -> None:
    assert odd.failed_units() == ""
