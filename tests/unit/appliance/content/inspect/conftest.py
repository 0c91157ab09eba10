# SPDX-License-Identifier: GPL-3.0-or-later
"""A staged folder, as ingest makes one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from appliance.content.inspect.inspection import TEXT_FILE, Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.item import Kind, Passage
from appliance.errors import RefusalError


@dataclass(frozen=True)
class Bench:
    """Puts files into a staged folder and has them inspected."""

    folder: Path

    def put(self, source: Path | bytes, name: str = "") -> str:
        """Stage a file; its name."""
        files = self.folder / "files"
        files.mkdir(exist_ok=True)
        if isinstance(source, bytes):
            (files / name).write_bytes(source)
            return name
        name = name or source.name
        shutil.copyfile(source, files / name)
        return name

    def inspect(self, kind: Kind, *files: str, companions: tuple[str, ...] = ()) -> Inspection:
        """Inspect staged files."""
        return inspect(kind, self.folder, files, companions)

    def refusal(self, kind: Kind, *files: str) -> RefusalError:
        """The refusal of staged files; fails if they are accepted."""
        with pytest.raises(RefusalError) as caught:
            self.inspect(kind, *files)
        return caught.value

    def passages(self) -> list[Passage]:
        """What was written for search."""
        path = self.folder / TEXT_FILE
        lines = path.read_bytes().splitlines() if path.exists() else []
        return [msgspec.json.decode(line, type=Passage) for line in lines]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def new_bench(tmp_path: Path) -> Callable[[str], Bench]:
    """A bench of its own for each of several files."""

    def make(name: str) -> Bench:
        folder = tmp_path / name
        folder.mkdir()
        return Bench(folder)

    return make
