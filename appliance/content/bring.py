# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing one thing onto the shelf: copy and hash, inspect in a child process, put.

Whether it lies in a folder or in a pack makes no difference here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.content.delivery import Delivery
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.item import Item
from appliance.content.loaded import load
from appliance.content.partial import Partial
from appliance.content.result import NOT_ITS_FAULT, IngestResult, Notice, Status
from appliance.content.shelf import Shelf
from appliance.content.store import FILES
from appliance.content.work import Work
from appliance.durable import flushing
from appliance.errors import RefusalError, StoreError

SMALL = 1024 * 1024
"""Bytes; less than this is quicker copied again than looked after."""


def bring(delivery: Delivery, work: Work) -> IngestResult:
    """Bring it onto the shelf, or find that it is there.

    Raises:
        RefusalError: it may not go there; the code says why.
        OSError: the disk is full or failing; nothing was added.
        Stopped: the run was cancelled; what was copied is kept.
    """
    shelf = work.shelf
    with _staged(delivery, shelf) as (folder, partial):
        loaded = load(delivery, folder, partial, work)
        if shelf.store.is_whole(loaded.id):
            return already(delivery, loaded.id, shelf)
        with flushing(folder / FILES / loaded.files[0]):
            inspection = inspect(
                delivery.kind,
                folder,
                loaded.files,
                loaded.companions,
                source=loaded.source,
                progress=work.progress.check,
            )
        return put(delivery, folder, loaded.item(inspection), inspection, work)


def put(
    delivery: Delivery, folder: Path, item: Item, inspection: Inspection, work: Work
) -> IngestResult:
    """Put what was staged in the folder on the shelf, alone.

    Raises:
        OSError: the disk is full or failing; nothing was added.
    """
    try:
        older = work.shelf.add(folder, item, work.before)
    except StoreError:  # another process brought the same meanwhile
        return already(delivery, item.id, work.shelf)
    return installed(delivery, item, inspection, older)


def installed(
    delivery: Delivery, item: Item, inspection: Inspection, older: tuple[Item, ...]
) -> IngestResult:
    """The result for an item that has come, and that these gave way to."""
    return msgspec.structs.replace(
        IngestResult.of(delivery.source, Status.INSTALLED, item),
        replaced=tuple(old.shown.title for old in older),
        notices=(*map(Notice, inspection.warnings), *inspection.notices),
    )


def already(delivery: Delivery, item_id: str, shelf: Shelf) -> IngestResult:
    """It is there; but what the sheet or the feed says of it now counts."""
    item = shelf.store.read(item_id)
    item = shelf.change(
        item_id,
        metadata=item.metadata.overlaid(delivery.said),
        edition=delivery.edition,
        titles=delivery.titles or None,
    )
    return IngestResult.of(delivery.source, Status.ALREADY, item)


@contextmanager
def _staged(delivery: Delivery, shelf: Shelf) -> Iterator[tuple[Path, Partial | None]]:
    """A folder to build the item in: that of an earlier try, if there is one."""
    if delivery.size < SMALL:
        with shelf.store.stage() as staged:
            yield staged, None
        return
    with shelf.store.partials.take(delivery.mark) as partial:
        if partial is None:  # somebody else is bringing the same
            with shelf.store.stage() as staged:
                yield staged, None
            return
        try:
            yield partial.folder, partial
        except RefusalError as exc:
            if exc.code not in NOT_ITS_FAULT:
                shelf.store.partials.drop(delivery.mark)
            raise
