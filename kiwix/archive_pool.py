# SPDX-License-Identifier: GPL-3.0-or-later
"""The archives that the search process has open, a few at a time."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiwix.open_archive import OpenArchive
from kiwix.set_aside import SetAside, Touched

MOST_OPEN = 8


class UnsearchableError(Exception):
    """An archive cannot be searched."""


class ArchivePool:
    """Opens archives by the id of their item and keeps those that were used last."""

    def __init__(self, store: Path, set_aside: SetAside, most_open: int = MOST_OPEN) -> None:
        """Look for archives in a store as ``<store>/items/<id>/files/<id>.zim``."""
        self._store = store
        self._set_aside = set_aside
        self._most_open = most_open
        self._open: OrderedDict[Touched, OpenArchive] = OrderedDict()
        self._unreadable: set[Touched] = set()

    def __contains__(self, item_id: str) -> bool:
        return any(touched.id == item_id for touched in self._open)

    @contextmanager
    def archive(self, item_id: str) -> Iterator[OpenArchive]:
        """An open archive; what libzim or the archive does wrong inside becomes an error.

        Raises:
            UnsearchableError: it is not there, cannot be read, or killed a process before.
        """
        touched = self._touched(item_id)
        if touched in self._set_aside or touched in self._unreadable:
            raise UnsearchableError(item_id)
        with self._set_aside.touching(touched):
            try:
                yield self._opened(touched)
            except (RuntimeError, LookupError, ValueError) as exc:  # what libzim's errors become
                raise UnsearchableError(item_id) from exc

    def _touched(self, item_id: str) -> Touched:
        """The archive as it is on disk now, which may not be what was opened before."""
        if not item_id.replace("-", "").isalnum():
            raise UnsearchableError(item_id)
        try:
            stat = self._path(item_id).stat()
        except OSError as exc:
            raise UnsearchableError(item_id) from exc
        touched = Touched(item_id, stat.st_size, stat.st_mtime_ns)
        for old in [old for old in self._open if old.id == item_id and old != touched]:
            del self._open[old]
        return touched

    def _path(self, item_id: str) -> Path:
        return self._store / "items" / item_id / "files" / f"{item_id}.zim"

    def _opened(self, touched: Touched) -> OpenArchive:
        if touched not in self._open:
            try:
                self._open[touched] = OpenArchive(self._path(touched.id))
            except RuntimeError:
                self._unreadable.add(touched)
                raise
            if len(self._open) > self._most_open:
                self._open.popitem(last=False)
        self._open.move_to_end(touched)
        return self._open[touched]
