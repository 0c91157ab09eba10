# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers as JPEG, for reading apps that know no WebP; made when one asks, and kept."""

import io
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.content.item import Item, Kind
from appliance.content.store import ContentStore
from appliance.late_module import LateModule

if TYPE_CHECKING:
    from PIL import Image
else:
    # Only reading apps ask for these covers.
    Image = LateModule("PIL.Image")

FOLDER = "covers"

_QUALITY = 80
_EMPTY = (300, 400)
# The colours of the drawn covers on the pages.
_COLOURS = {
    **dict.fromkeys((Kind.ZIM, Kind.HTML, Kind.SCORM), "#bfe0dd"),
    **dict.fromkeys((Kind.VIDEO, Kind.AUDIO), "#d3caec"),
}
_COLOUR = "#f9d3a4"


class CoverImages:
    """The JPEG covers below a cache folder."""

    def __init__(self, store: ContentStore, cache: Path) -> None:
        self._store = store
        self._folder = cache / FOLDER

    def jpeg(self, item: Item) -> str:
        """The cover of an item, plainly coloured where it has none, as a path below the cache."""
        target = self._folder / f"{item.id}.jpg"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{secrets.token_hex(6)}")
            fresh.write_bytes(self._made(item))
            fresh.replace(target)
        return f"{FOLDER}/{target.name}"

    def _made(self, item: Item) -> bytes:
        made = io.BytesIO()
        self._picture(item).save(made, "JPEG", quality=_QUALITY)
        return made.getvalue()

    def _picture(self, item: Item) -> "Image.Image":
        if item.cover:
            try:
                # An inspector wrote it, from whatever it was given: no stranger's file is read.
                with Image.open(
                    self._store.path(item.id, item.cover), formats=["WEBP", "PNG"]
                ) as image:
                    picture: Image.Image = image.convert("RGB")
                    return picture
            except OSError:
                pass  # it is gone or damaged: as if there were none
        return Image.new("RGB", _EMPTY, _COLOURS.get(item.kind, _COLOUR))
