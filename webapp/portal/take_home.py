# SPDX-License-Identifier: GPL-3.0-or-later
"""An item of several files as one: a ZIP that is made while it is sent, and kept nowhere.

Its entries are stored, not compressed: pictures, films and sound are so already. nginx takes it
from us as fast as the disk reads and lets slow phones wait, so no thread of ours does.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from appliance.content.item import Item, Kind

CAPTIONS = "captions/"
ORIGINALS = "files/"
STAYS = frozenset({Kind.QUIZ, Kind.COURSE})
"""Kinds without a file for people: one of a quiz says which answers are right, and that of a course
is a list of ids."""

_CHUNK = 256 * 1024
_LONGEST_NAME = 120
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP can name: the box's clock is nobody's business here."""


class _Basket(io.RawIOBase):
    """What the writer of the ZIP has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload] # a buffer, as RawIOBase says
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def several(item: Item) -> bool:
    """Whether the item is more than one file to whoever takes it home."""
    return len(_paths(item)) > 1


def size(item: Item) -> int:
    """Bytes of what is taken home, but for a little that the ZIP adds."""
    wanted = set(_paths(item))
    return sum(file.size for file in item.files if file.path in wanted)


def stream(item: Item, folder: Path, title: str) -> Iterator[bytes]:
    """The ZIP in pieces.

    Args:
        item: whose files and captions it holds.
        folder: of the item in the store.
        title: that the folder inside shall have.
    """
    basket = _Basket()
    within = _plain(title) or item.id
    with zipfile.ZipFile(basket, "w", zipfile.ZIP_STORED) as archive:
        for path in _paths(item):
            entry = zipfile.ZipInfo(f"{within}/{_inside(path)}", _BEGINNING)
            with (
                (folder / path).open("rb") as source,
                archive.open(entry, "w", force_zip64=True) as out,
            ):
                while piece := source.read(_CHUNK):
                    out.write(piece)
                    yield basket.take()
    yield basket.take()


def _paths(item: Item) -> Sequence[str]:
    if item.kind in STAYS:
        return []
    return [file.path for file in item.files if file.path.startswith((ORIGINALS, CAPTIONS))]


def _inside(path: str) -> str:
    """Original files lie at the top, captions in a folder of their own."""
    return path.removeprefix(ORIGINALS)


def _plain(title: str) -> str:
    """The title as a folder's name that every system can make."""
    kept = "".join(" " if not c.isprintable() or c in '/\\:*?"<>|' else c for c in title)
    return " ".join(kept.split())[:_LONGEST_NAME].strip(". ")


def file_name(title: str, item_id: str, suffix: str = ".zip") -> str:
    """What a phone shall call the file."""
    return f"{PurePosixPath(_plain(title)).name or item_id}{suffix}"
