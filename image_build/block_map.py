# SPDX-License-Identifier: GPL-3.0-or-later
"""The block map: which blocks of an image must be written, for ``bmaptool copy``."""

import json
import subprocess
from pathlib import Path

_SECTOR = 512
_PIECE = 1 << 20
# The root is read-only and has no journal: what mke2fs did not write there is never read. On the
# others even zeros mean something (tables of FAT, the journal of ext4), and a card that was used
# before holds something else in their place.
_ALL_OF_IT = (0, 3)  # indexes of the partitions: firmware, data


def make_block_map(raw_image: Path, block_map: Path) -> None:
    """Write the block map of a raw image; of the image, only holes are filled."""
    table = json.loads(_output("sfdisk", "--json", str(raw_image)))["partitiontable"]
    parts = table["partitions"]
    _fill(raw_image, 0, parts[0]["start"] * _SECTOR)
    for index in _ALL_OF_IT:
        _fill(raw_image, parts[index]["start"] * _SECTOR, parts[index]["size"] * _SECTOR)
    subprocess.run(["bmaptool", "--quiet", "create", "--output", block_map, raw_image], check=True)


def _fill(image: Path, start: int, length: int) -> None:
    """Give every block between a place on the disk, by writing what it reads as."""
    with image.open("r+b") as stream:
        for offset in range(start, start + length, _PIECE):
            stream.seek(offset)
            piece = stream.read(min(_PIECE, start + length - offset))
            stream.seek(offset)
            stream.write(piece)


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
