# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives to measure with, made with libzim."""

from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider


def make_archive(path: Path, entries: dict[str, bytes], *, picture_entries: bool = False) -> None:
    """Write a ZIM of these entries; the first is its main page.

    Args:
        picture_entries: all but the first count as pictures, which are not compressed.
    """
    with Creator(path) as creator:
        creator.set_mainpath(next(iter(entries)))
        for number, (name, data) in enumerate(entries.items()):
            is_page = number == 0 or not picture_entries
            creator.add_item(_Entry(name, "text/html" if is_page else "image/jpeg", data))
        for key, value in (("Title", path.stem), ("Language", "tgk"), ("Name", path.stem)):
            creator.add_metadata(key, value)


class _Entry(Item):  # type: ignore[misc] # libzim's writer has no types
    def __init__(self, path: str, mimetype: str, data: bytes) -> None:
        super().__init__()
        self._path, self._mimetype, self._data = path, mimetype, data

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._path

    def get_mimetype(self) -> str:
        return self._mimetype

    def get_hints(self) -> dict[Hint, int]:
        is_page = self._mimetype == "text/html"
        return {Hint.FRONT_ARTICLE: is_page, Hint.COMPRESS: is_page}

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._data)
