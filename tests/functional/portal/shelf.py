# SPDX-License-Identifier: GPL-3.0-or-later
"""A small shelf, filled through the store and the catalogue themselves."""

import base64
import hashlib
import json
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.item import Details, Item, Kind, Metadata, StoredFile
from appliance.content.shelf import Shelf as RealShelf

COVER = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")

NO_DETAILS = Details()


class Shelf:
    """Puts items on the shelf of a configuration."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.real = RealShelf(config)
        self.store, self.catalog = self.real.store, self.real.catalog

    def id_of(self, title: str, kind: Kind) -> str:
        """The id that an item of this title and kind gets."""
        digest = hashlib.sha256(f"{title}{kind}".encode()).digest()
        return base64.b32encode(digest)[:16].decode().lower()

    def put(
        self,
        title: str,
        kind: Kind = Kind.PDF,
        *,
        files: dict[str, bytes] | None = None,
        details: Details = NO_DETAILS,
        cover: bool = False,
        **changes: object,
    ) -> Item:
        """Put an item on the shelf; ``changes`` are fields of ``Metadata`` or ``Item``."""
        content = dict(files if files is not None else {"files/a.pdf": b"%PDF-1.4"})
        if cover:
            content["cover.webp"] = COVER
        about = {k: v for k, v in changes.items() if k in Metadata.__struct_fields__}
        rest = {k: v for k, v in changes.items() if k not in about}
        number = len(self.catalog.ids())
        item = msgspec.structs.replace(
            Item(
                id=self.id_of(title, kind),
                kind=kind,
                metadata=Metadata(title=title, **about),
                files=tuple(
                    StoredFile(name, len(data), hashlib.sha256(data).hexdigest())
                    for name, data in content.items()
                ),
                added=f"2026-11-01T10:{number // 60:02}:{number % 60:02}Z",
                source="test",
                details=details,
                cover="cover.webp" if cover else "",
            ),
            **rest,
        )
        with self.store.stage() as staged:
            for name, data in content.items():
                target = staged / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            self.real.add(staged, item)
        return item


def passages(*texts: tuple[str, str]) -> bytes:
    """The file of an item's text: (place, text) a line."""
    lines = (json.dumps({"place": place, "text": text}) for place, text in texts)
    return "\n".join(lines).encode() + b"\n"


def shelf_in(folder: Path) -> Shelf:
    """An empty shelf in a state folder."""
    return Shelf(Config(state=folder))
