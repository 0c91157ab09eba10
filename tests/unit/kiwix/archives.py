# SPDX-License-Identifier: GPL-3.0-or-later
"""Small ZIM files made for tests."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider

_MD5_SIZE = 16


class _Page(Item):
    def __init__(self, path: str, content: str) -> None:
        super().__init__()
        self._path, self._content = path, content

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._path

    def get_mimetype(self) -> str:
        return "text/html"

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: True}


def make_archive(
    path: Path, pages: Mapping[str, str], metadata: Mapping[str, str], main: str = ""
) -> Path:
    """Write a ZIM file with the pages, indexed for search."""
    creator = Creator(path).config_indexing(True, "rus")
    if main:
        creator.set_mainpath(main)
    with creator:
        for name, value in metadata.items():
            creator.add_metadata(name, value)
        for page, content in pages.items():
            creator.add_item(_Page(page, content))
    return path


def with_right_checksum(raw: bytes) -> bytes:
    """The same bytes, their checksum made to fit: damage on purpose."""
    body = raw[:-_MD5_SIZE]
    return body + hashlib.md5(body, usedforsecurity=False).digest()
