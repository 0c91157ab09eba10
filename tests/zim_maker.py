# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small archives for tests, and runs the search process over them."""

import subprocess
import sys
import time
from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider


class Page(Item):
    def __init__(self, path, title, text):
        super().__init__()
        self._path, self._title, self._text = path, title, text

    def get_path(self):
        return self._path

    def get_title(self):
        return self._title

    def get_mimetype(self):
        return "text/html"

    def get_contentprovider(self):
        html = f"<html><head><title>{self._title}</title></head><body>{self._text}</body></html>"
        return StringProvider(html)

    def get_hints(self):
        return {Hint.FRONT_ARTICLE: True}


def make_zim(store: Path, item_id: str, pages: dict[str, tuple[str, str]], language="tgk") -> Path:
    """An archive of ``path: (title, HTML text)`` where a store has it; a language of ISO 639-3."""
    folder = store / "items" / item_id / "files"
    folder.mkdir(parents=True)
    file = folder / f"{item_id}.zim"
    with Creator(file).config_indexing(True, language) as creator:
        for path, (title, text) in pages.items():
            creator.add_item(Page(path, title, text))
        creator.add_metadata("Language", language)
    return file


def start_search(socket: Path, store: Path, *options: str) -> subprocess.Popen[bytes]:
    """The search process, once it listens."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "kiwix.search_server"),
            *("--socket", str(socket), "--store", str(store), *options),
        ],
        stderr=subprocess.DEVNULL,
    )
    while not socket.exists():
        if process.poll() is not None:
            raise AssertionError(f"search ended with {process.returncode}")
        time.sleep(0.01)
    return process
