# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing one thing onto the shelf: copy and hash, inspect in a child process, put.

Whether it lies in a folder or in a pack makes no difference here.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.content.copy import Copy, hash_files
from appliance.content.file_name import safe_names
from appliance.content.fingerprint import content_id, fingerprint
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.item import Edition, Item, Kind, Lesson, Metadata, StoredFile
from appliance.content.partial import Partial
from appliance.content.payload import Payload
from appliance.content.progress import Progress
from appliance.content.result import IngestResult, Notice, Status
from appliance.content.room import Reserve
from appliance.content.shelf import Before, Shelf
from appliance.content.store import FILES
from appliance.errors import RefusalError, StoreError
from appliance.timestamp import utc_now

_WHOLE = "archive.zim"
_WORTH_KEEPING = 1024 * 1024
"""Bytes; less than this is quicker copied again than looked after."""

_NOT_ITS_FAULT = frozenset(("drive-removed", "unreadable", "changed-while-read", "no-space"))
"""Refusals that say nothing of what was copied so far."""

# Unpacking needs room beside the file itself.
ROOM_FACTOR = {Kind.EPUB: 3, Kind.HTML: 4, Kind.H5P: 4}


class Delivery(msgspec.Struct, frozen=True):
    """What shall become one item.

    Attributes:
        source: what people know it by.
        files: as ``Candidate.files``, but the parts of an archive are one.
        companions: captions and a cover.
        said: what a sheet or a feed says; wins over what the files say.
        mark: tells the same content from other content before it is read, for going on with a
            copy that was broken off: 16 to 64 characters of ``a-z0-9``.
        fingerprint: of the source; empty: it is made of the copy.
    """

    source: str
    kind: Kind
    files: tuple[Payload, ...]
    companions: tuple[Payload, ...]
    size: int
    mark: str
    said: Metadata = Metadata()
    titles: dict[str, str] = {}
    edition: Edition | None = None
    lesson: Lesson | None = None
    fingerprint: str = ""

    @property
    def payloads(self) -> tuple[Payload, ...]:
        """All files."""
        return (*self.files, *self.companions)

    @property
    def room(self) -> int:
        """Bytes that it may need on the disk."""
        return self.size * ROOM_FACTOR.get(self.kind, 1)


class Work(msgspec.Struct, frozen=True):
    """What a run works with.

    Attributes:
        before: told what is about to change.
    """

    shelf: Shelf
    progress: Progress
    reserve: Reserve
    before: Before


def bring(delivery: Delivery, work: Work) -> IngestResult:
    """Bring it onto the shelf, or find that it is there.

    Raises:
        RefusalError: it may not go there; the code says why.
        OSError: the disk is full or failing; nothing was added.
        Stopped: the run was cancelled; what was copied is kept.
    """
    shelf = work.shelf
    with _staged(delivery, shelf) as (staged, partial):
        names, hashes = _copy(delivery, staged, partial, work)
        item_id = content_id(hashes)
        if shelf.store.is_whole(item_id):
            return already(delivery, item_id, shelf)
        main = len(delivery.files)
        inspection = inspect(
            delivery.kind,
            staged,
            names[:main],
            names[main:],
            source=Path(delivery.source).name,
            progress=work.progress.check,
        )
        if delivery.kind is Kind.ZIM:
            names[0] = f"{item_id}.zim"
            (staged / FILES / _WHOLE).rename(staged / FILES / names[0])
        copied = dict(zip(names, hashes, strict=True))
        item = _item(item_id, delivery, inspection, staged, copied)
        return _put(item, delivery, inspection, staged, work)


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
    if delivery.size < _WORTH_KEEPING:
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
            if exc.code not in _NOT_ITS_FAULT:
                shelf.store.partials.drop(delivery.mark)
            raise


def _copy(
    delivery: Delivery, staged: Path, partial: Partial | None, work: Work
) -> tuple[list[str], list[str]]:
    """Copy everything into the staged folder; the names there, and the hashes."""
    names = safe_names([payload.name for payload in delivery.payloads])
    if delivery.kind is Kind.ZIM:
        names[0] = _WHOLE
    hashes = [
        _copy_one(payload, staged / FILES / name, partial, work)
        for payload, name in zip(delivery.payloads, names, strict=True)
    ]
    return names, hashes


def _copy_one(payload: Payload, target: Path, partial: Partial | None, work: Work) -> str:
    kept = partial.kept(target.name) if partial else 0
    while True:
        copy = Copy(
            payload,
            target,
            kept=kept,
            spend=work.reserve.spend,
            mark=(lambda flushed: partial.mark(target.name, flushed)) if partial else None,
        )
        if partial:
            partial.begin(target.name, copy.kept)
        sha256 = copy.run(work.progress.advance, work.progress.skip)
        if not payload.sha256 or sha256 == payload.sha256:
            return sha256
        if not copy.kept:
            raise RefusalError("pack-file-damaged", path=payload.name)
        # Perhaps only the part that lay here was damaged.
        work.progress.skip(-payload.size)
        kept = 0


def _item(
    item_id: str,
    delivery: Delivery,
    inspection: Inspection,
    staged: Path,
    copied: dict[str, str],
) -> Item:
    metadata = inspection.metadata.overlaid(delivery.said)
    if not metadata.title:
        metadata = msgspec.structs.replace(metadata, title=Path(delivery.source).stem)
    mark = delivery.fingerprint
    if not mark:
        present = [staged / FILES / name for name in copied]
        mark = fingerprint([path for path in present if path.exists()])
    return Item(
        id=item_id,
        kind=inspection.kind or delivery.kind,
        metadata=metadata,
        files=_stored_files(staged, copied),
        added=utc_now(),
        source=delivery.source,
        details=inspection.details,
        fingerprint=mark,
        cover=inspection.cover,
        edition=delivery.edition,
        titles=delivery.titles,
        lesson=delivery.lesson,
    )


def _stored_files(staged: Path, copied: dict[str, str]) -> tuple[StoredFile, ...]:
    """All files of the item: those that were copied, in their order, and what was made of them.

    An inspector may have left out a picture that cannot be read.
    """
    brought = {staged / FILES / name: sha256 for name, sha256 in copied.items()}
    made = (path for path in sorted(staged.rglob("*")) if path.is_file() and path not in brought)

    def stored(path: Path, sha256: str) -> StoredFile:
        return StoredFile(str(path.relative_to(staged)), path.stat().st_size, sha256)

    return (
        *(stored(path, sha256) for path, sha256 in brought.items() if path.exists()),
        *(stored(path, hash_files([path], lambda _: None)) for path in made),
    )


def _put(
    item: Item, delivery: Delivery, inspection: Inspection, staged: Path, work: Work
) -> IngestResult:
    try:
        replaced = work.shelf.add(staged, item, work.before)
    except StoreError:  # another process brought the same meanwhile
        return IngestResult.of(delivery.source, Status.ALREADY, work.shelf.store.read(item.id))
    return msgspec.structs.replace(
        IngestResult.of(delivery.source, Status.INSTALLED, item),
        replaced=tuple(old.shown.title for old in replaced),
        notices=(*map(Notice, inspection.warnings), *inspection.notices),
    )


def mark_of(*parts: str) -> str:
    """A mark of a delivery that promises no hash."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
