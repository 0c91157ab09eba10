# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying from sources that lie."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.content.copy import copy_hashed, hash_files
from appliance.content.payload import LoosePayload
from appliance.errors import RefusalError

BIG = 5 * 1024 * 1024 + 17


def ignore(_: int) -> None:
    """Nobody watches."""


def test_parts_become_one_and_the_hash_is_of_what_was_written(tmp_path: Path) -> None:
    first, second, target = (tmp_path / name for name in ("a", "b", "target"))
    first.write_bytes(os.urandom(BIG))
    second.write_bytes(b"end")
    counted: list[int] = []
    digest = copy_hashed(LoosePayload([first, second]), target, counted.append)
    assert target.read_bytes() == first.read_bytes() + b"end"
    assert digest == hashlib.sha256(target.read_bytes()).hexdigest() == hash_files([target], ignore)
    assert sum(counted) == BIG + 3


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: os.truncate(path, BIG + 9), id="grows"),
        pytest.param(lambda path: os.truncate(path, 10), id="shrinks"),
        pytest.param(lambda path: os.utime(path, (1, 1)), id="is touched"),
    ],
)
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(BIG))
    with pytest.raises(RefusalError) as refusal:
        copy_hashed(LoosePayload([source]), tmp_path / "target", lambda _: change(source) and None)
    assert refusal.value.code == "changed-while-read"


def test_links_and_folders_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    for path in (tmp_path / "link", tmp_path):
        with pytest.raises(RefusalError) as refusal:
            hash_files([path], ignore)
        assert refusal.value.code == "not-a-file"


def test_a_drive_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(RefusalError) as refusal:
        hash_files([tmp_path / "nothing"], ignore)
    assert refusal.value.code == "drive-removed"


def test_a_drive_with_bad_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")

    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, "bad block")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(RefusalError) as refusal:
        hash_files([source], ignore)
    assert refusal.value.code == "unreadable"


def test_a_full_disk_is_no_refusal_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(OSError, match="full"):
        copy_hashed(LoosePayload([source]), tmp_path / "target", ignore)
