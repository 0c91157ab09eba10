# SPDX-License-Identifier: GPL-3.0-or-later
"""Small real files, made on the spot."""

import struct
import wave
from pathlib import Path

from PIL import Image

from appliance.content.item import Item, Kind, Metadata, StoredFile


def make_picture(path: Path, colour: tuple[int, int, int] = (40, 120, 160)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (32, 24), colour).save(path)
    return path


def make_sound(path: Path, tone: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<h", tone) * 800)
    return path


def make_item(item_id: str = "a" * 16, title: str = "Чашма", **values: object) -> Item:
    defaults: dict[str, object] = {
        "kind": Kind.PDF,
        "metadata": Metadata(title=title, languages=("tg",)),
        "files": (StoredFile("files/book.pdf", 3, "0" * 64),),
        "added": "2026-01-01T00:00:00Z",
        "source": "book.pdf",
    }
    return Item(id=item_id, **(defaults | values))  # type: ignore[arg-type] # a test's shorthand
