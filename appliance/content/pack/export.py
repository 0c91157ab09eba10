# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a pack of what stands on the shelf, for another school."""

import errno
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from appliance.content.course.choice import with_stored_lessons
from appliance.content.folder_names import CAPTIONS, KINDS, SEVERAL_FILES
from appliance.content.item import Item, Kind, StoredFile
from appliance.content.pack.bag_writer import BagWriter
from appliance.content.pack.create import Made
from appliance.content.pack.draft import Draft, DraftFile, identifier, pack_names
from appliance.content.pack.info import PackInfo
from appliance.content.pack.series import title_language
from appliance.content.pack.target import EACH_FILE, MOST_BYTES, PackExistsError, open_target
from appliance.content.progress import Progress
from appliance.content.shelf import Shelf
from appliance.content.store import FILES, ContentStore
from appliance.errors import RefusalError
from appliance.timestamp import utc_now

_FULL = (errno.ENOSPC, errno.EDQUOT)


def export_items(
    shelf: Shelf,
    item_ids: Sequence[str],
    target: Path,
    title: str,
    progress: Progress,
    *,
    publisher: str = "",
    most_bytes: int = MOST_BYTES,
) -> Made:
    """Write items of the shelf as a pack that is not signed.

    Every file is compared with its hash while it is copied. What staff made of the metadata goes
    along. The pack is a series of its own; what once came with a pack of the district says which
    edition it is, so that the district's next one takes its place at the other school too. Until
    the pack is whole it lies under another name; if the work ends before, that is removed, or by
    the next export of this name.

    Args:
        shelf: where they stand.
        item_ids: which ones, in this order; a course's lessons come along before it.
        target: ``….chashma`` for a folder, ``….chashma.zip`` for a zip.
        title: what people call the pack.
        progress: hears how far it is; may stop it.
        publisher: the name of the school.
        most_bytes: of a file on the drive; larger ones are split.

    Raises:
        UnknownItemError: an item is not on the shelf.
        RefusalError: drive-full, drive-unwritable, pack-exists or item-damaged.
        Stopped: somebody stopped it.
    """
    series = f"shelf-{secrets.token_hex(4)}"
    store = shelf.store
    items = [store.read(item_id) for item_id in with_stored_lessons(shelf, item_ids)]
    version = int("".join(char for char in utc_now() if char.isdecimal())[:12])
    info = PackInfo(series, version, {title_language(title): title}, publisher, utc_now())
    with _drive_errors(target, sum(map(_size, items))):
        _check_room(items, target)
        with BagWriter(open_target(target, most_bytes=most_bytes), progress.advance) as writer:
            progress.begin(sum(map(_size, items)), len(items))
            for item in items:
                progress.start(item.shown.title, _size(item))
                _add(writer, _draft(item, series, store), item)
                progress.finish()
            writer.seal(info)
    return Made(info, writer.count, 0, writer.size)


def _add(writer: BagWriter, draft: Draft, item: Item) -> None:
    try:
        writer.add(draft)
    except RefusalError as exc:
        raise RefusalError("item-damaged", title=item.shown.title) from exc


def _draft(item: Item, series: str, store: ContentStore) -> Draft:
    stored = _originals(item)
    names = pack_names([_name(item, file) for file in stored])
    files = {
        file: DraftFile(name, (store.path(item.id, file.path),), file.sha256)
        for file, name in zip(stored, names, strict=True)
    }
    captions = tuple(files.pop(file) for file in stored if _suffix(file) in CAPTIONS)
    pictures = [file for file in files if KINDS.get(_suffix(file)) is Kind.ALBUM]
    has_own = item.kind in SEVERAL_FILES
    cover = files.pop(pictures[0]) if pictures and not has_own else None
    return Draft(
        identifier=identifier(series, item.id),
        files=tuple(files.values()),
        captions=captions,
        cover=cover,
        metadata=item.shown,
        titles=_titles(item),
        lesson=item.lesson,
        edition=item.edition,
    )


def _titles(item: Item) -> dict[str, str]:
    """The titles by language, unless staff call it something else."""
    return item.titles if item.shown.title == item.metadata.title else {}


def _originals(item: Item) -> list[StoredFile]:
    """What was brought; what was made of it here, any box makes again."""
    return [file for file in item.files if file.path.startswith(f"{FILES}/")]


def _name(item: Item, file: StoredFile) -> str:
    """As it was called when it came; the store calls an archive by the item's id."""
    own = PurePath(file.path)
    if item.kind is Kind.ZIM and own.stem == item.id:
        return f"{PurePath(item.source).stem or item.id}.zim"
    return own.name


def _suffix(file: StoredFile) -> str:
    return PurePath(file.path).suffix.lower()


def _size(item: Item) -> int:
    return sum(file.size for file in _originals(item))


def _check_room(items: Sequence[Item], target: Path) -> None:
    needed = sum(_size(item) + EACH_FILE * len(_originals(item)) for item in items)
    free = shutil.disk_usage(target.parent).free
    if needed > free:
        raise RefusalError("drive-full", needed=needed, free=free)


@contextmanager
def _drive_errors(target: Path, needed: int) -> Iterator[None]:
    """What can go wrong with the drive, as reasons."""
    try:
        yield
    except PackExistsError as exc:
        raise RefusalError("pack-exists", path=target.name) from exc
    except OSError as exc:
        if exc.errno in _FULL:
            raise RefusalError("drive-full", needed=needed, free=0) from exc
        raise RefusalError("drive-unwritable") from exc
