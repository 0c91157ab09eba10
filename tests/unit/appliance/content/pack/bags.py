# SPDX-License-Identifier: GPL-3.0-or-later
"""A bag as RFC 8493 describes it, read without anything of ours."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any


def files_of(pack: Path) -> dict[str, bytes]:
    """Every file of a pack by its path in the bag; volumes are put together."""
    if pack.is_dir():
        found = (path for path in pack.rglob("*") if path.is_file())
        return {path.relative_to(pack).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        named = [name.partition("/") for name in archive.namelist()]
        assert len({top for top, _, _ in named}) == 1
        return {rest: archive.read(f"{top}/{rest}") for top, _, rest in named}


def check_bag(pack: Path) -> dict[str, bytes]:
    """Fails unless every file is listed with its hash, and nothing else is; the files."""
    files = files_of(pack)
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = {name for name in files if name.startswith("data/")}
    assert _listed(files, "manifest-sha256.txt") == payload
    tags = _listed(files, "tagmanifest-sha256.txt")
    assert tags == {"bagit.txt", "bag-info.txt", "chashma-pack.json", "manifest-sha256.txt"}
    oxum = f"{sum(len(files[name]) for name in payload)}.{len(payload)}"
    assert f"Payload-Oxum: {oxum}\n" in files["bag-info.txt"].decode()
    return files


def feed_of(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The publications of the feed by the end of their identifier."""
    feed = json.loads(files["data/catalog.json"])
    assert feed["metadata"]["numberOfItems"] == len(feed["publications"])
    return {one["metadata"]["identifier"].split(":", 4)[4]: one for one in feed["publications"]}


def _listed(files: dict[str, bytes], manifest: str) -> set[str]:
    names = set()
    for line in files[manifest].decode().splitlines():
        sha256, _, name = line.partition("  ")
        assert hashlib.sha256(files[name]).hexdigest() == sha256, name
        assert "%" not in name
        names.add(name)
    return names
