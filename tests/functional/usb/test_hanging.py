# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick that stops answering, for the real kernel: nobody else waits for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.usb.hanging import HangingFile
from tests.functional.usb.loop import Sticks, make_ext4

pytestmark = pytest.mark.root


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[HangingFile]:
    made = HangingFile(make_ext4(tmp_path / "hangs", "Hangs"), tmp_path / "fuse")
    yield made
    made.end()


@pytest.fixture
def sticks(tmp_path: Path, hanging: HangingFile) -> Iterator[Sticks]:
    made = Sticks(tmp_path, patience_s=1.0, pulse_s=0.1)
    yield made
    hanging.end_waiting()
    made.clear()


def test_a_mount_that_hangs_is_told_and_others_come(
    sticks: Sticks, hanging: HangingFile, tmp_path: Path
) -> None:
    name = sticks.plug_in(hanging.path)
    hanging.answering.clear()
    sticks.settle(lambda listed: [one.problem for one in listed] == ["not-answering"])
    sticks.plug_in(make_ext4(tmp_path / "good", "Good"))
    good = sticks.settle(lambda listed: [one.problem for one in listed] == ["not-answering", ""])[1]
    assert (sticks.drives / good.id / "Китоб.txt").read_text("utf-8").startswith("Донишнома")
    hanging.end_waiting()
    sticks.pull(name)
    sticks.settle(lambda listed: [one.label for one in listed] == ["Good"])


def test_what_hangs_after_it_was_mounted_is_told_until_it_answers_or_is_pulled(
    sticks: Sticks, hanging: HangingFile
) -> None:
    name = sticks.plug_in(hanging.path)
    sticks.settle(lambda listed: [one.problem for one in listed] == [""])
    for _ in range(2):
        hanging.answering.clear()
        sticks.settle(lambda listed: [one.problem for one in listed] == ["not-answering"])
        hanging.answering.set()
        sticks.settle(lambda listed: [one.problem for one in listed] == [""])
    hanging.answering.clear()
    sticks.settle(lambda listed: [one.problem for one in listed] == ["not-answering"])
    hanging.end_waiting()
    sticks.pull(name)
    sticks.seen(0)
    assert [one for one in sticks.drives.iterdir() if one.is_dir()] == []
