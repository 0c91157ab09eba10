# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the pages of a PDF, drawn by poppler when somebody wants to see them, and kept."""

from pathlib import Path

from appliance.content.item import Item
from appliance.content.made_files import MadeFiles
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


class PageImageError(ApplianceError):
    """The page cannot be drawn."""


class PageImages:
    """The pictures of one process."""

    def __init__(
        self, store: ContentStore, cache: Path, *, waiting: int = 3, patience_s: float = 15
    ) -> None:
        """Keep the pictures below ``cache``; the limits are those of ``MadeFiles``."""
        self._store = store
        self._files = MadeFiles(
            cache, FOLDER, kept_bytes=_KEPT_BYTES, waiting=waiting, patience_s=patience_s
        )

    def picture(self, item: Item, page: int, width: int) -> str:
        """The JPEG of a page, as a path below the cache; drawn first if need be.

        Args:
            item: a PDF of the shelf.
            page: counted from 1.
            width: one of ``WIDTHS``.

        Raises:
            PageImageError: there is no such page or size, or poppler cannot draw it.
            MadeBusyError: too many wait already.
        """
        if not 1 <= page <= item.details.pages or width not in WIDTHS:
            raise PageImageError(f"no page {page} of {width} pixels")
        name = f"{item.id}/{page}-{width}.jpg"
        return self._files.path(name, lambda: self._drawn(item, page, width))

    def _drawn(self, item: Item, page: int, width: int) -> bytes:
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
        return drawn
