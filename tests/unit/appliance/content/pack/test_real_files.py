# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs of real books, films and archives come out of a pack as they went in."""

from pathlib import Path

import bagit
import pytest

from tests.pack_maker import Entry, make_pack
from tests.unit.appliance.content.pack.refusal import contents, read_whole

_LARGEST = 3_000_000


@pytest.mark.data
@pytest.mark.parametrize("form", ["folder", "zip", "deflated", "volumes"])
def test_real_files_come_out_as_they_went_in(data: Path, tmp_path: Path, form: str) -> None:
    folders = ("pdf", "epub", "zim", "h5p", "text")
    found = [path for name in folders for path in sorted((data / name).rglob("*"))]
    files = [path for path in found if path.is_file() and path.stat().st_size < _LARGEST][:40]
    entries = [
        Entry(f"e{number}", {f"{number}{path.suffix}": path}, part=500_000)
        for number, path in enumerate(files)
    ]
    path = make_pack(tmp_path, entries, form=form, volume=3_000_000)
    if form == "folder":
        bagit.Bag(str(path)).validate()
    expected = {f"{number}{path.suffix}": path.read_bytes() for number, path in enumerate(files)}
    assert contents(read_whole(path).pack) == expected
