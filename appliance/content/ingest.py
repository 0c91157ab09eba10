# SPDX-License-Identifier: GPL-3.0-or-later
"""Ingest: the way of every file from stick to shelf.

``discover → copy and hash → inspect in a child process → put on the shelf``, one candidate after
the other; what is wrong with one stops no other.
"""

import errno
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from appliance.content.copy import copy_hashed, hash_files
from appliance.content.discover import Candidate
from appliance.content.file_name import safe_names
from appliance.content.fingerprint import content_id, fingerprint
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.item import Item, Kind, Metadata, StoredFile
from appliance.content.progress import Progress, Stopped, size_of
from appliance.content.result import IngestResult, Notice, Status
from appliance.content.sheets import Sheets
from appliance.content.shelf import Shelf
from appliance.content.store import FILES
from appliance.errors import RefusalError, StoreError
from appliance.timestamp import utc_now

log = logging.getLogger(__name__)

# Unpacking needs room beside the file itself.
_ROOM_FACTOR = {Kind.EPUB: 3, Kind.HTML: 4}


def ingest(
    candidates: Sequence[Candidate], shelf: Shelf, progress: Progress
) -> Iterator[IngestResult]:
    """Bring each candidate onto the shelf, or say why not; first what is wrong in the sheets.

    A run that is stopped ends after the results so far.
    """
    sheets = Sheets(candidates)
    yield from sheets.results()
    try:
        sizes = [size_of(candidate) for candidate in candidates]
        progress.begin(sum(sizes), len(sizes))
        for candidate, size in zip(candidates, sizes, strict=True):
            progress.start(candidate.source, size)
            yield _result(candidate, shelf, sheets.metadata(candidate), progress)
            progress.finish()
    except Stopped:
        return


def _result(candidate: Candidate, shelf: Shelf, said: Metadata, progress: Progress) -> IngestResult:
    try:
        return _bring(candidate, shelf, said, progress)
    except RefusalError as exc:
        refusal = exc
    except OSError as exc:
        log.exception("%s", candidate.source)
        refusal = _as_refusal(exc, candidate, shelf)
    log.info("%s: refused: %s %s", candidate.source, refusal.code, refusal.details)
    return IngestResult.rejected(candidate.source, refusal, candidate.kind)


def _bring(candidate: Candidate, shelf: Shelf, said: Metadata, progress: Progress) -> IngestResult:
    if candidate.kind is None or candidate.problem:
        raise RefusalError(candidate.problem, path=candidate.missing or candidate.source)
    known = _known(candidate, shelf, progress)
    if known:
        return _already(candidate, known, said, shelf)
    _check_room(candidate, shelf)
    with shelf.store.stage() as staged:
        names, hashes = _copy(candidate, staged, progress)
        item_id = content_id(hashes)
        if shelf.store.is_whole(item_id):
            return _already(candidate, item_id, said, shelf)
        if candidate.kind is Kind.ZIM:
            names[0] = f"{item_id}.zim"
            (staged / FILES / _WHOLE).rename(staged / FILES / names[0])
        inspection = _inspect(candidate, candidate.kind, staged, names, progress)
        files = _stored_files(staged, dict(zip(names, hashes, strict=True)))
        item = _item(item_id, candidate, candidate.kind, inspection, said, files)
        return _put(item, candidate, inspection, staged, shelf)


def _known(candidate: Candidate, shelf: Shelf, progress: Progress) -> str:
    """The id that a candidate has on the shelf; empty if it is new.

    Where the fingerprint says "perhaps", everything is read once, but nothing is copied.
    """
    known = shelf.catalog.by_fingerprint(_fingerprint(candidate))
    if not known:
        return ""
    hashes = [hash_files(unit, progress.advance) for unit in _units(candidate)]
    item_id = content_id(hashes)
    return item_id if item_id in known and shelf.store.is_whole(item_id) else ""


def _fingerprint(candidate: Candidate) -> str:
    try:
        return fingerprint(candidate.all_files)
    except FileNotFoundError as exc:
        raise RefusalError("drive-removed") from exc
    except OSError as exc:
        raise RefusalError("unreadable") from exc


def _units(candidate: Candidate) -> list[tuple[Path, ...]]:
    """The files as they are stored: the parts of an archive become one."""
    if candidate.kind is Kind.ZIM:
        companions = candidate.all_files[len(candidate.files) :]
        return [candidate.files, *((path,) for path in companions)]
    return [(path,) for path in candidate.all_files]


_WHOLE = "archive.zim"


def _copy(candidate: Candidate, staged: Path, progress: Progress) -> tuple[list[str], list[str]]:
    """Copy everything into the staged folder; the names there, and the hashes."""
    units = _units(candidate)
    names = safe_names([unit[0].name for unit in units])
    if candidate.kind is Kind.ZIM:
        names[0] = _WHOLE
    hashes = [
        copy_hashed(unit, staged / FILES / name, progress.advance)
        for unit, name in zip(units, names, strict=True)
    ]
    return names, hashes


def _inspect(
    candidate: Candidate, kind: Kind, staged: Path, names: list[str], progress: Progress
) -> Inspection:
    main = 1 if kind is Kind.ZIM else len(candidate.files)
    return inspect(
        kind,
        staged,
        names[:main],
        names[main:],
        source=Path(candidate.source).name,
        progress=progress.check,
    )


def _item(
    item_id: str,
    candidate: Candidate,
    kind: Kind,
    inspection: Inspection,
    said: Metadata,
    files: tuple[StoredFile, ...],
) -> Item:
    metadata = inspection.metadata.overlaid(said)
    if not metadata.title:
        metadata = msgspec.structs.replace(metadata, title=Path(candidate.source).stem)
    return Item(
        id=item_id,
        kind=kind,
        metadata=metadata,
        files=files,
        added=utc_now(),
        source=candidate.source,
        details=inspection.details,
        fingerprint=_fingerprint(candidate),
        cover=inspection.cover,
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
    item: Item, candidate: Candidate, inspection: Inspection, staged: Path, shelf: Shelf
) -> IngestResult:
    try:
        replaced = shelf.add(staged, item)
    except StoreError:  # another process brought the same meanwhile
        return IngestResult.of(candidate.source, Status.ALREADY, shelf.store.read(item.id))
    return msgspec.structs.replace(
        IngestResult.of(candidate.source, Status.INSTALLED, item),
        replaced=tuple(old.shown.title for old in replaced),
        notices=tuple(Notice(code) for code in inspection.warnings),
    )


def _already(candidate: Candidate, item_id: str, said: Metadata, shelf: Shelf) -> IngestResult:
    """It is there; but what the sheet says of it now counts."""
    item = shelf.store.read(item_id)
    item = shelf.change(item_id, metadata=item.metadata.overlaid(said))
    return IngestResult.of(candidate.source, Status.ALREADY, item)


def _check_room(candidate: Candidate, shelf: Shelf) -> None:
    """Say that the disk is too small before anything is copied."""
    factor = _ROOM_FACTOR.get(candidate.kind, 1) if candidate.kind else 1
    needed = size_of(candidate) * factor
    free = shelf.make_room(needed)
    if needed > free:
        raise RefusalError("no-space", needed=needed, free=free)


def _as_refusal(exc: OSError, candidate: Candidate, shelf: Shelf) -> RefusalError:
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return RefusalError("no-space", needed=size_of(candidate), free=shelf.free_bytes())
    return RefusalError("internal-error")
