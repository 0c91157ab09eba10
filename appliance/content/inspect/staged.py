# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of one item on its way to the shelf, as an inspector sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from appliance.content.inspect.plain import plain
from appliance.language import language_of_filename

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
_CAPTIONS = frozenset({".vtt", ".srt"})
FILES = "files"
PAGES = "pages"


@dataclass(frozen=True)
class Staged:
    """A private copy of files: nothing changes it but the inspector.

    Attributes:
        folder: where the inspector may write; the files lie in ``files`` below it.
        files: names of the files to inspect, in order, never empty.
        companions: names of captions and a cover picture.
        source: the name by which people know it.
        progress: told how much of the work is done, 0 to 1.
    """

    folder: Path
    files: tuple[str, ...]
    companions: tuple[str, ...]
    source: str
    progress: Callable[[float], None]

    @property
    def main(self) -> Path:
        """The first file, for most kinds the only one."""
        return self.path(self.files[0])

    @property
    def pages(self) -> Path:
        """Where an unpacked book or site goes."""
        return self.folder / PAGES

    def path(self, name: str) -> Path:
        """Where a file or companion lies."""
        return self.folder / FILES / name

    @property
    def captions(self) -> tuple[str, ...]:
        """Names of the captions that came with the file."""
        return tuple(n for n in self.companions if PurePath(n).suffix.lower() in _CAPTIONS)

    @property
    def picture(self) -> Path | None:
        """The picture that came with the file to be its cover."""
        names = (n for n in self.companions if PurePath(n).suffix.lower() in _PICTURES)
        return next((self.path(name) for name in names), None)

    @property
    def title(self) -> str:
        """A title made of the name, without a language at its end: the last resort."""
        stem = PurePath(self.source or self.files[0]).stem
        name, _, last = stem.rpartition(".")
        if name and language_of_filename(f"x.{last}.x"):
            stem = name
        return plain(stem.replace("_", " "), 200) or plain(self.files[0], 200)
