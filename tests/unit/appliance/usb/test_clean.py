# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a file system was put away properly."""

import subprocess
from pathlib import Path

import pytest

from appliance.usb.clean import is_clean


def _made(folder: Path, *words: str, mib: int) -> Path:
    file = folder / "device"
    with file.open("wb") as opened:
        opened.truncate(mib << 20)
    subprocess.run([*words, str(file)], check=True, capture_output=True, env={"PATH": "/usr/sbin"})
    return file


def _spoil(file: Path, place: int, bit: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        before = opened.read(1)[0]
        opened.seek(place)
        opened.write(bytes([before | bit]))


@pytest.mark.root
@pytest.mark.parametrize(
    ("words", "mib", "kind", "place", "bit"),
    [
        (("mkfs.vfat", "-F", "12"), 4, "vfat", 0x25, 1),
        (("mkfs.vfat", "-F", "16"), 16, "vfat", 0x25, 1),
        (("mkfs.vfat", "-F", "32"), 64, "vfat", 0x41, 1),
        (("mkfs.exfat",), 16, "exfat", 106, 2),
    ],
    ids=["FAT12", "FAT16", "FAT32", "exFAT"],
)
def test_one_bit_tells(
    tmp_path: Path, words: tuple[str, ...], mib: int, kind: str, place: int, bit: int
) -> None:
    file = _made(tmp_path, *words, mib=mib)
    assert is_clean(file, kind)
    _spoil(file, place, bit)
    assert not is_clean(file, kind)


def test_others_are_the_kernels_to_judge(tmp_path: Path) -> None:
    assert is_clean(tmp_path / "nothing", "ntfs")


def test_what_is_too_short_is_not_clean(tmp_path: Path) -> None:
    (tmp_path / "device").write_bytes(b"short")
    assert not is_clean(tmp_path / "device", "vfat")
