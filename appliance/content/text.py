# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of an item as its inspector wrote it, read back for the readers."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.content.inspect.inspection import TEXT_FILE
from appliance.content.item import Passage

_DECODER = msgspec.json.Decoder(Passage)


def passages(folder: Path) -> Iterator[Passage]:
    """The passages of the item in ``folder``, in reading order; none where it has no text."""
    try:
        lines = (folder / TEXT_FILE).open("rb")
    except FileNotFoundError:
        return
    with lines:
        for line in lines:
            if line.strip():
                yield _DECODER.decode(line)


def text_at(folder: Path, place: str) -> str:
    """All text of one place."""
    return "\n".join(passage.text for passage in passages(folder) if passage.place == place)


def chapters(folder: Path) -> list[str]:
    """The places of an item's text without their fragments, each once, in reading order."""
    return list(dict.fromkeys(passage.place.partition("#")[0] for passage in passages(folder)))
