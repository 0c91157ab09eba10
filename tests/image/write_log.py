# SPDX-License-Identifier: GPL-3.0-or-later
"""What a disk holds when its power fails: QEMU's log of its writes, played back up to any point.

QEMU's ``blklogwrites`` writes the format of Linux's dm-log-writes
(https://docs.kernel.org/admin-guide/device-mapper/log-writes.html; structures in
drivers/md/dm-log-writes.c and QEMU's block/blklogwrites.c): one sector with the head, then each
entry in a sector of its own, followed by the bytes that were written. All numbers little-endian.
"""

import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

_MAGIC = 0x6A736677736872
_VERSION = 1
_HEAD = struct.Struct("<QQQI")
_ENTRY = struct.Struct("<QQQQ")
_FLUSH, _FUA, _DISCARD, _MARK = 1, 2, 4, 8
_PIECE = 1 << 20


class WriteLogError(Exception):
    """This is not such a log, or it is torn."""


class Write(msgspec.Struct, frozen=True):
    """An entry; all in bytes.

    Attributes:
        offset: on the disk.
        size: how much was written or discarded; 0 for a flush alone.
        data: where in the log the bytes lie.
        flush: all that came before is now on the medium.
        durable: it is itself on the medium as soon as it is done.
        discard: its bytes are given up; they may be zeros or what they were.
    """

    offset: int
    size: int
    data: int
    flush: bool = False
    durable: bool = False
    discard: bool = False


def read_log(file: Path) -> list[Write]:
    """All entries in the order in which they were made.

    Raises:
        WriteLogError: ``file`` is no such log, or ends within an entry.
    """
    with file.open("rb") as log:
        head = log.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise WriteLogError(f"{file} is too short")
        magic, version, count, sector = _HEAD.unpack(head)
        if magic != _MAGIC or version != _VERSION or sector < _HEAD.size:
            raise WriteLogError(f"{file} is no log of writes")
        return list(_entries(log, count, sector))


def _entries(log: BinaryIO, count: int, sector: int) -> Iterator[Write]:
    position = sector
    for _ in range(count):
        log.seek(position)
        entry = log.read(_ENTRY.size)
        if len(entry) < _ENTRY.size:
            raise WriteLogError("the log ends before its last entry")
        first, sectors, flags, extra = _ENTRY.unpack(entry)
        position += sector
        discard = bool(flags & _DISCARD)
        yield Write(
            offset=first * sector,
            size=0 if flags & _MARK else sectors * sector,
            data=position,
            flush=bool(flags & _FLUSH),
            durable=bool(flags & _FUA),
            discard=discard,
        )
        if flags & _MARK:
            position += -(-extra // sector) * sector
        elif not discard:
            position += sectors * sector


class Cut(msgspec.Struct, frozen=True):
    """An instant at which power fails.

    Attributes:
        at: the number of entries that were made before it.
        seed: decides which of the unflushed writes reached the medium.
    """

    at: int
    seed: int


def cuts(writes: list[Write], count: int, seed: int) -> list[Cut]:
    """``count`` instants spread at random over the whole log, in their order."""
    chance = random.Random(seed)
    points = sorted(chance.randint(1, len(writes)) for _ in range(count))
    return [Cut(at=point, seed=chance.getrandbits(32)) for point in points]


def surviving(writes: list[Write], cut: Cut) -> Iterator[Write]:
    """The writes that are on the medium after a cut, in the order to apply them.

    All before the last flush are. Of each later one, any sectors may be: a card writes when it
    likes, but a sector whole or not at all.
    """
    chance = random.Random(cut.seed)
    before = writes[: cut.at]
    flushed = max((index for index, write in enumerate(before) if write.flush), default=0)
    yield from (write for write in before[:flushed] if write.size)
    for write in before[flushed:]:
        if write.durable or write.discard:
            if write.size and (write.durable or chance.random() < 0.5):
                yield write
        elif write.size:
            yield from _some_sectors(write, chance)


def _some_sectors(write: Write, chance: random.Random, sector: int = 512) -> Iterator[Write]:
    fate = chance.choice(("whole", "lost", "torn"))
    if fate == "whole":
        yield write
    elif fate == "torn":
        for start in range(0, write.size, sector):
            if chance.random() < 0.5:
                yield Write(offset=write.offset + start, size=sector, data=write.data + start)


def apply(log: Path, writes: Iterator[Write], disk: Path) -> None:
    """Write them to the copy of a disk."""
    with log.open("rb") as source, disk.open("r+b") as target:
        for write in writes:
            target.seek(write.offset)
            source.seek(write.data)
            left = write.size
            while left:
                piece = min(left, _PIECE)
                target.write(bytes(piece) if write.discard else source.read(piece))
                left -= piece
