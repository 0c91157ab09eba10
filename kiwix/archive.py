# SPDX-License-Identifier: GPL-3.0-or-later
"""A ZIM archive opened with libzim: what it says of itself, and whether it can be used.

Only a child process with limits may call this on an archive that is not on the shelf yet: libzim
can be crashed by what it reads.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

from kiwix.errors import DamagedError

ILLUSTRATION_SIZE = 48
_ENOUGH_BYTES = 48_000_000
_RESULTS = 10
# What libzim raises for an archive that contradicts itself.
_LIBZIM_ERRORS = (RuntimeError, KeyError, IndexError, ValueError)


@contextmanager
def _libzim_errors() -> Iterator[None]:
    try:
        yield
    except _LIBZIM_ERRORS as exc:
        raise DamagedError(str(exc)) from exc


class ZimArchive:
    """An open archive."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            DamagedError: libzim cannot.
        """
        with _libzim_errors():
            self._archive = Archive(path)

    def metadata(self, name: str) -> str:
        """A metadata entry as text, empty where there is none."""
        try:
            value: bytes = self._archive.get_metadata(name)
        except _LIBZIM_ERRORS:
            return ""
        return value.decode("utf-8", "replace")

    @property
    def illustration(self) -> bytes:
        """The picture of the archive, empty where there is none."""
        try:
            if self._archive.has_illustration(ILLUSTRATION_SIZE):
                return bytes(self._archive.get_illustration_item(ILLUSTRATION_SIZE).content)
        except _LIBZIM_ERRORS:
            pass  # many archives declare a picture that they do not hold
        return b""

    @property
    def main_path(self) -> str:
        """Path of the page to open first, empty where the archive names none."""
        try:
            if self._archive.has_main_entry:
                return str(self._archive.main_entry.get_item().path)
        except _LIBZIM_ERRORS:
            pass  # it names one that it does not hold
        return ""

    @property
    def uuid(self) -> str:
        """Its identity, in the dashed form."""
        return str(self._archive.uuid)

    @property
    def article_count(self) -> int:
        """Pages for people."""
        return int(self._archive.article_count)

    @property
    def has_search_index(self) -> bool:
        """Whether full-text search works in it."""
        return bool(self._archive.has_fulltext_index)

    @property
    def new_namespaces(self) -> bool:
        """Whether paths are given without the letter of a namespace."""
        return bool(self._archive.has_new_namespace_scheme)

    def read(self, paths: Iterable[str]) -> list[str]:
        """Read entries to the last byte, as readers will, until it is enough; their titles.

        Raises:
            DamagedError: one cannot be read.
        """
        titles = []
        left = _ENOUGH_BYTES
        with _libzim_errors():
            for path in paths:
                entry = self._archive.get_entry_by_path(path)
                titles.append(str(entry.title))
                item = entry.get_item()
                if item.size <= left:
                    left -= len(bytes(item.content))
        return titles

    def search(self, words: Iterable[str]) -> None:
        """Look for words in the full text and among the titles, as readers will.

        Raises:
            DamagedError: the index cannot be read.
        """
        with _libzim_errors():
            suggester = SuggestionSearcher(self._archive)
            searcher = Searcher(self._archive) if self.has_search_index else None
            for word in words:
                list(suggester.suggest(word).getResults(0, _RESULTS))
                if searcher:
                    list(searcher.search(Query().set_query(word)).getResults(0, _RESULTS))
