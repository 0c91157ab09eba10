# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of one thing that is brought: it comes, it is refused, or all has to end."""

import errno
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from appliance.content.item import Kind
from appliance.content.result import IngestResult
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError

Done = TypeVar("Done")
log = logging.getLogger(__name__)
_GOING_S = 3.0
"""A stick that was pulled out gives errors before it is seen to be gone."""


def outcome(
    source: str,
    kind: Kind | None,
    place: Path,
    size: int,
    shelf: Shelf,
    do: Callable[[], Done],
) -> Done | IngestResult:
    """Do it; what is wrong with this one stops no other, and becomes its result.

    Args:
        source: what people know it by.
        kind: what it is meant to be.
        place: where it lies: gone, if the drive is.
        size: bytes that it needs.
        shelf: where to.
        do: what shall be done for it; may raise ``RefusalError`` or, for our own disk, ``OSError``.

    Raises:
        RefusalError: ``drive-removed``: the whole drive is gone, not just a file on it.
    """
    try:
        return do()
    except RefusalError as exc:
        refusal = exc
    except OSError as exc:
        log.exception("%s", source)
        refusal = _as_refusal(exc, size, shelf)
    _stop_if_gone(refusal, place)
    log.info("%s: refused: %s %s", source, refusal.code, refusal.details)
    return IngestResult.rejected(source, refusal, kind)


def _as_refusal(exc: OSError, needed: int, shelf: Shelf) -> RefusalError:
    """What an error of our own disk means for whoever brought the content."""
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return RefusalError("no-space", needed=needed, free=shelf.free_bytes())
    return RefusalError("internal-error")


def _stop_if_gone(refusal: RefusalError, place: Path) -> None:
    if refusal.code not in ("drive-removed", "unreadable"):
        return
    deadline = time.monotonic() + _GOING_S
    while not (gone := _is_gone(place)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if gone:
        raise RefusalError("drive-removed") from refusal


def _is_gone(place: Path) -> bool:
    try:
        if not place.is_dir():
            place.lstat()
            return False
        with os.scandir(place) as entries:
            next(entries, None)
    except OSError:
        return True
    return False
