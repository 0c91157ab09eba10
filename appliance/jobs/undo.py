# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back what a job did, as far as the trash still has what left."""

from collections.abc import Iterator, Sequence

import msgspec

from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.errors import UnknownItemError
from appliance.jobs.job import Change, Left


def undo(shelf: Shelf, changes: Sequence[Change]) -> Iterator[IngestResult]:
    """Make the shelf as it was before these changes, the last one first.

    A new edition stays if nothing of what it replaced can be brought back: something is better than
    an empty place. Who reads it is led to the one that came back, as after a replacement.
    """
    for change in reversed(changes):
        results = [_bring_back(shelf, left) for left in change.left]
        yield from (result for result in results if result)
        lost = bool(results) and all(r and r.status is Status.REJECTED for r in results)
        if change.item and not lost:
            yield from _take_away(shelf, change)


def _bring_back(shelf: Shelf, left: Left) -> IngestResult | None:
    """What became of it; nothing if it stands on the shelf anyway."""
    if shelf.store.has(left.id):
        return None
    try:
        item = shelf.restore(left.id)
    except UnknownItemError:
        return IngestResult(
            left.title, Status.REJECTED, id=left.id, title=left.title, code="undo-gone"
        )
    return IngestResult.of(item.source, Status.RESTORED, item)


def _take_away(shelf: Shelf, change: Change) -> Iterator[IngestResult]:
    try:
        item = shelf.store.read(change.item)
        back = next((left.id for left in change.left if shelf.store.has(left.id)), "")
        if back:
            shelf.lead(change.item, back)
        shelf.remove(change.item)
    except UnknownItemError:
        return  # it is gone already
    yield msgspec.structs.replace(
        IngestResult.of(item.source, Status.REMOVED, item), title=change.title
    )
