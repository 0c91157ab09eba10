# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``make image`` publishes, opened by tools that are not ours."""

import os
from pathlib import Path

import pytest

from tests.image.disk_image import DATA, FIRMWARE, SLOT_A, DiskImage, partitions, run

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("artifacts")]


@pytest.fixture(scope="module")
def packed_image(image: DiskImage) -> Path:
    """The file for download."""
    folder = Path(os.environ.get("CHASHMA_DIST", Path(__file__).parents[2] / "dist"))
    return folder / f"{image.file.name}.xz"


def test_xz(packed_image: Path) -> None:
    run("xz", "--test", str(packed_image))


def test_its_hash(packed_image: Path) -> None:
    (sums,) = packed_image.parent.glob(f"{packed_image.name.removesuffix('.img.xz')}*sha256*")
    said = run("sh", "-c", 'cd "$1" && sha256sum --check "$2"', "-", str(sums.parent), sums.name)
    assert f"{packed_image.name}: OK" in said


def test_bmaptool_writes_a_card(packed_image: Path, image: DiskImage, tmp_path: Path) -> None:
    """What is published is what the other tests boot."""
    card = tmp_path / "card"
    map_file = packed_image.with_suffix("").with_suffix(".bmap")
    run("bmaptool", "copy", "--bmap", str(map_file), str(packed_image), str(card))
    run("cmp", str(card), str(image.file))
    card.unlink()


def test_it_is_small(packed_image: Path) -> None:
    assert packed_image.stat().st_size <= 700_000_000


def test_partition_table(image: DiskImage) -> None:
    run("sfdisk", "--verify", str(image.file))
    assert sorted(partitions(image.file)) == [1, 2, 3, 4]


def test_fat(image: DiskImage, tmp_path: Path) -> None:
    part = image.partitions[FIRMWARE]
    run("fsck.fat", "-n", str(_cut_out(image, part.start, part.size, tmp_path / "fat")))


@pytest.mark.parametrize("number", [SLOT_A, DATA])
def test_ext4(image: DiskImage, number: int) -> None:
    run("e2fsck", "-f", "-n", image.partitions[number].in_file(image.file))


def _cut_out(image: DiskImage, start: int, size: int, target: Path) -> Path:
    with image.file.open("rb") as source, target.open("wb") as out:
        source.seek(start)
        out.write(source.read(size))
    return target
