# SPDX-License-Identifier: GPL-3.0-or-later
"""Flushing beside other work."""

import errno
import os
from pathlib import Path

import pytest

from appliance.durable import flushing


def test_a_file_that_cannot_be_flushed_is_told_when_the_work_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "the card is failing")

    (tmp_path / "film").write_bytes(b"film")
    monkeypatch.setattr(os, "fsync", fail)
    done = []
    with pytest.raises(OSError, match="failing"), flushing(tmp_path / "film"):
        done.append(True)
    assert done


def test_what_the_work_says_comes_first(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"film")
    with pytest.raises(ValueError, match="no film"), flushing(tmp_path / "film"):
        raise ValueError("no film")
