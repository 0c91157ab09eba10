# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of an item, written down for search."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from appliance.content.inspect.inspection import TEXT_FILE
from appliance.content.inspect.plain import TITLE_LIMIT, shortened, visible
from appliance.content.item import Passage

_PIECE = 20_000
_TOTAL_LIMIT = 20_000_000


class PassageWriter:
    """Writes ``text.jsonl``, up to a limit that no book reaches but a bomb would.

    Attributes:
        written: how many passages there are.
        cut: whether something did not fit.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / TEXT_FILE
        self._file: BinaryIO | None = None
        self._left = _TOTAL_LIMIT
        self.written = 0
        self.cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, place: str, text: str, title: str = "") -> None:
        """Write a passage, a long one in pieces, an empty one not at all."""
        shown = visible(text[: self._left])
        self.cut = self.cut or len(text) > self._left
        heading = shortened(visible(title), TITLE_LIMIT)
        while shown:
            piece, shown = _split(shown)
            passage = Passage(place=place, text=piece, title=heading)
            if self._file is None:  # most of what is not read has no text at all
                self._file = self._path.open("wb")
            self._file.write(msgspec.json.encode(passage) + b"\n")
            self._left = max(0, self._left - len(piece))
            self.written += 1


def _split(text: str) -> tuple[str, str]:
    """A piece that ends between words, and what follows it."""
    if len(text) <= _PIECE:
        return text, ""
    end = text.rfind(" ", _PIECE // 2, _PIECE)
    end = end if end > 0 else _PIECE
    return text[:end], text[end:].lstrip()
