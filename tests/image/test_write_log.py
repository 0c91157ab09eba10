# SPDX-License-Identifier: GPL-3.0-or-later
"""The playing back of a disk's writes, over logs made by hand."""

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.image.write_log import Cut, WriteLogError, apply, cuts, read_log, surviving

_SECTOR = 512
_FLUSH, _FUA, _DISCARD, _MARK = 1, 2, 4, 8


def _log(
    file: Path, entries: Sequence[tuple[int, bytes, int]], *, count: int | None = None
) -> Path:
    """A log of (sector, bytes, flags); a discard's bytes only say how many they are."""
    parts = [struct.pack("<QQQI", 0x6A736677736872, 1, count or len(entries), _SECTOR)]
    for sector, data, flags in entries:
        mark = flags & _MARK
        head = struct.pack(
            "<QQQQ", sector, 0 if mark else len(data) // _SECTOR, flags, len(data) if mark else 0
        )
        parts += [head] if flags & _DISCARD else [head, data] if data else [head]
    file.write_bytes(
        b"".join(part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in parts)
    )
    return file


def _sector(letter: str, count: int = 1) -> bytes:
    return letter.encode() * _SECTOR * count


def _played(log: Path, disk: Path, cut: Cut, *, sectors: int = 4) -> str:
    """The first letter of each sector afterwards; '-' was never written, '0' is zeros."""
    disk.write_bytes(b"-" * _SECTOR * sectors)
    apply(log, surviving(read_log(log), cut), disk)
    held = disk.read_bytes()
    return "".join(
        chr(held[at]) if held[at] else "0" for at in range(0, sectors * _SECTOR, _SECTOR)
    )


def test_what_was_flushed_is_there_whatever_the_seed(tmp_path: Path) -> None:
    log = _log(
        tmp_path / "log",
        [(0, _sector("a", 2), 0), (3, _sector("b"), 0), (0, b"", _FLUSH), (2, _sector("c"), 0)],
    )

    held = {_played(log, tmp_path / "disk", Cut(at=4, seed=seed)) for seed in range(50)}

    assert held == {"aa-b", "aacb"}


def test_what_was_not_flushed_is_there_lost_or_torn(tmp_path: Path) -> None:
    log = _log(tmp_path / "log", [(0, _sector("a", 2), 0), (2, _sector("b"), 0)])

    held = {_played(log, tmp_path / "disk", Cut(at=2, seed=seed)) for seed in range(200)}

    assert held == {f"{a}{b}-" for a in ("--", "aa", "a-", "-a") for b in "-b"}


def test_a_durable_write_is_there_though_no_flush_follows(tmp_path: Path) -> None:
    log = _log(tmp_path / "log", [(0, _sector("a"), 0), (1, _sector("b"), _FUA)])

    held = {_played(log, tmp_path / "disk", Cut(at=2, seed=seed)) for seed in range(50)}

    assert held == {"-b--", "ab--"}


def test_later_writes_win(tmp_path: Path) -> None:
    log = _log(
        tmp_path / "log",
        [(0, _sector("a"), 0), (0, _sector("b"), 0), (0, b"", _FLUSH)],
    )

    assert _played(log, tmp_path / "disk", Cut(at=3, seed=0)) == "b---"


def test_discards_carry_no_bytes_and_marks_are_stepped_over(tmp_path: Path) -> None:
    log = _log(
        tmp_path / "log",
        [
            (0, _sector("a", 2), 0),
            (0, _sector("x"), _DISCARD),
            (0, b"a word", _MARK),
            (3, _sector("b"), _FLUSH),
            (0, b"", _FLUSH),
        ],
    )

    assert _played(log, tmp_path / "disk", Cut(at=5, seed=0)) == "0a-b"


def test_nothing_after_the_cut_counts(tmp_path: Path) -> None:
    log = _log(tmp_path / "log", [(0, _sector("a"), _FUA), (1, _sector("b"), _FUA)])

    assert _played(log, tmp_path / "disk", Cut(at=1, seed=0)) == "a---"


def test_instants_depend_on_the_seed_alone(tmp_path: Path) -> None:
    log = _log(tmp_path / "log", [(0, _sector("a"), 0)] * 100)
    writes = read_log(log)

    first = cuts(writes, 20, 7)

    assert first == cuts(writes, 20, 7)
    assert first != cuts(writes, 20, 8)
    assert all(1 <= cut.at <= 100 for cut in first)


@pytest.mark.parametrize("content", [b"", b"x" * 4096, struct.pack("<QQQI", 1, 1, 0, 512)])
def test_what_is_no_log_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log").write_bytes(content)

    with pytest.raises(WriteLogError):
        read_log(tmp_path / "log")


def test_a_log_that_ends_early_is_refused(tmp_path: Path) -> None:
    log = _log(tmp_path / "log", [(0, _sector("a"), 0)], count=2)

    with pytest.raises(WriteLogError):
        read_log(log)
