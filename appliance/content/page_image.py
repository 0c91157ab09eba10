# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the pages of a PDF, drawn by poppler when somebody wants to see them, and kept."""

import contextlib
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from appliance.content.item import Item
from appliance.content.store import ContentStore
from appliance.errors import ApplianceError
from appliance.process import ProcessError, run_limited

WIDTHS = (900, 1400, 2000)
"""Pixels; few sizes, so that a class that reads the same page shares one picture."""

FOLDER = "pages"

_TIMEOUT_S = 20
_MEMORY_BYTES = 400 * 1024 * 1024
_PICTURE_BYTES = 8 * 1024 * 1024
_KEPT_BYTES = 512 * 1024 * 1024
_TRIM_EVERY = 100


class PageImageError(ApplianceError):
    """The page cannot be drawn."""


class PageBusyError(ApplianceError):
    """Too many readers wait for a picture already; asking again in a moment helps."""


class PageImages:
    """The pictures of one process; it draws one at a time, so that a class cannot stop the box."""

    def __init__(
        self, store: ContentStore, cache: Path, *, waiting: int = 3, patience_s: float = 15
    ) -> None:
        """Keep the pictures below ``cache``.

        Args:
            store: where the PDFs lie.
            cache: whose folder ``pages`` holds the pictures.
            waiting: how many threads may be drawing or waiting to draw; each keeps a student's
                request open, and the others must still get their pages.
            patience_s: how long each of them waits for its turn.
        """
        self._store = store
        self._folder = cache / FOLDER
        self._turn = threading.Semaphore(1)
        self._room = threading.BoundedSemaphore(waiting)
        self._patience_s = patience_s
        self._drawn = 0

    def picture(self, item: Item, page: int, width: int) -> str:
        """The JPEG of a page, as a path below the cache; drawn first if need be.

        Args:
            item: a PDF of the shelf.
            page: counted from 1.
            width: one of ``WIDTHS``.

        Raises:
            PageImageError: there is no such page or size, or poppler cannot draw it.
            PageBusyError: too many wait already.
        """
        if not 1 <= page <= item.details.pages or width not in WIDTHS:
            raise PageImageError(f"no page {page} of {width} pixels")
        target = self._folder / item.id / f"{page}-{width}.jpg"
        if not target.exists():
            with self._queue():
                if not target.exists():  # the one before in the queue may have wanted the same
                    self._draw(item, page, width, target)
        return f"{FOLDER}/{item.id}/{target.name}"

    @contextlib.contextmanager
    def _queue(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise PageBusyError
        try:
            if not self._turn.acquire(timeout=self._patience_s):
                raise PageBusyError
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._room.release()

    def _draw(self, item: Item, page: int, width: int, target: Path) -> None:
        source = next((file.path for file in item.files if file.path.lower().endswith(".pdf")), "")
        if not source:
            raise PageImageError(f"{item.id} has no PDF")
        try:
            drawn = run_limited(
                [
                    *("pdftoppm", "-jpeg", "-jpegopt", "quality=78,optimize=y", "-singlefile"),
                    *("-f", str(page), "-l", str(page)),
                    *("-scale-to-x", str(width), "-scale-to-y", "-1"),
                    self._store.path(item.id, source),
                ],
                timeout_s=_TIMEOUT_S,
                memory_bytes=_MEMORY_BYTES,
                output_limit=_PICTURE_BYTES,
            ).stdout
        except ProcessError as exc:
            raise PageImageError(f"page {page} of {item.id}: {exc}") from exc
        if not drawn.startswith(b"\xff\xd8"):
            raise PageImageError(f"page {page} of {item.id}: poppler drew nothing")
        _write(target, drawn)
        self._drawn += 1
        if self._drawn % _TRIM_EVERY == 0:
            _trim(self._folder)


def _write(target: Path, content: bytes) -> None:
    """Write a file that appears whole; another process may write the same at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{secrets.token_hex(6)}")
    fresh.write_bytes(content)
    fresh.replace(target)


def _trim(folder: Path) -> None:
    """Delete the pictures that nobody has asked for longest, until the rest has room."""
    found = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            state = path.stat()
            found.append((max(state.st_atime, state.st_mtime), state.st_size, path))
    too_much = sum(size for _, size, _ in found) - _KEPT_BYTES
    for _, size, path in sorted(found, key=lambda entry: entry[0]):
        if too_much <= 0:
            return
        path.unlink(missing_ok=True)
        too_much -= size
