# SPDX-License-Identifier: GPL-3.0-or-later
"""Ingest: the way of loose files from a folder to the shelf.

``discover → copy and hash → inspect in a child process → put on the shelf``; what is wrong with one
candidate stops no other.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from appliance.content.arrival import Arrival
from appliance.content.bring import already
from appliance.content.bring_all import bring_all
from appliance.content.copy import hash_files
from appliance.content.course.desk import Desk
from appliance.content.delivery import Delivery, mark_of
from appliance.content.discover import Candidate
from appliance.content.exchange import Before
from appliance.content.fingerprint import content_id, fingerprint
from appliance.content.item import Kind
from appliance.content.payload import LoosePayload
from appliance.content.progress import Progress, Stopped, size_of
from appliance.content.result import IngestResult
from appliance.content.sheets import Sheets
from appliance.content.shelf import Shelf
from appliance.content.spreadsheet import NOTHING, SheetRow
from appliance.content.work import Work
from appliance.errors import RefusalError


def ingest(
    candidates: Sequence[Candidate],
    shelf: Shelf,
    progress: Progress,
    before: Before = lambda _: None,
) -> Iterator[IngestResult]:
    """Bring each candidate onto the shelf, or say why not; first what is wrong in the sheets.

    A run that is stopped ends after the results so far. What was copied of a candidate that broke
    off is kept; bringing it again goes on there.

    Args:
        candidates: what shall come.
        shelf: where to.
        progress: told how far it is.
        before: told what is about to come and to go.

    Raises:
        RefusalError: the drive was taken out (``drive-removed``); the results so far hold.
    """
    sheets = Sheets(candidates)
    yield from sheets.results()
    desk = Desk(candidates, shelf.catalog)
    yield from desk.results()
    try:
        sizes, needed, kept = _ahead(candidates, shelf, progress)
        progress.begin(sum(sizes), len(sizes))
        with shelf.reserved(needed, keep=kept) as reserve:
            work = Work(shelf, progress, reserve, before)
            pairs = zip(candidates, sizes, strict=True)
            arrivals = (_arrival(*pair, sheets, desk, work) for pair in pairs)
            for result, candidate in zip(bring_all(arrivals, work), candidates, strict=True):
                desk.heard(candidate, result)
                yield result
        yield from desk.unlinked()
    except Stopped:
        return
    except RefusalError as exc:
        if exc.code != "no-space":
            raise
        for candidate in candidates:
            yield IngestResult.rejected(candidate.source, exc, candidate.kind)


def _ahead(
    candidates: Sequence[Candidate], shelf: Shelf, progress: Progress
) -> tuple[list[int], int, set[str]]:
    """Bytes of each, bytes that a run may need, and the broken-off copies that it goes on with."""
    partials = shelf.store.partials
    waiting = set(partials.oldest_first())
    needed, kept, sizes = 0, set(), []
    for number, candidate in enumerate(candidates):
        progress.look(number, len(candidates))
        size = size_of(candidate)
        sizes.append(size)
        if candidate.kind is None or candidate.problem:
            continue
        try:
            mark = _fingerprint(candidate)
        except RefusalError:
            continue  # it is refused in its turn
        if shelf.catalog.by_fingerprint(mark):
            continue  # most probably it is there; else its room is looked at in its turn
        delivery = _delivery(candidate, candidate.kind, size, mark, NOTHING)
        needed += delivery.room
        if delivery.mark in waiting:
            needed -= partials.kept(delivery.mark)
            kept.add(delivery.mark)
    return sizes, max(0, needed), kept


def _arrival(candidate: Candidate, size: int, sheets: Sheets, desk: Desk, work: Work) -> Arrival:
    def prepare() -> Delivery | IngestResult:
        if candidate.kind is None or candidate.problem:
            raise RefusalError(candidate.problem, path=candidate.missing or candidate.source)
        said = sheets.said(candidate)
        if candidate.course:
            return desk.delivery(candidate, candidate.course, said)
        mark = _fingerprint(candidate)
        delivery = _delivery(candidate, candidate.kind, size, mark, said)
        known = _known(candidate, mark, work)
        return already(delivery, known, work.shelf) if known else delivery

    return Arrival(candidate.source, candidate.kind, candidate.folder, size, prepare)


def _delivery(candidate: Candidate, kind: Kind, size: int, mark: str, said: SheetRow) -> Delivery:
    units = _units(candidate)
    called = candidate.names or ("",) * len(units)
    payloads = tuple(map(LoosePayload, units, called))
    main = 1 if kind is Kind.ZIM else len(candidate.files)
    names = (path.name for path in candidate.all_files)
    return Delivery(
        source=candidate.source,
        kind=kind,
        files=payloads[:main],
        companions=payloads[main:],
        size=size,
        mark=mark_of(mark, str(size), *names),
        said=candidate.said.overlaid(said.metadata),
        titles=said.titles,
        lesson=candidate.lesson,
        fingerprint=mark,
    )


def _known(candidate: Candidate, mark: str, work: Work) -> str:
    """The id that a candidate has on the shelf; empty if it is new.

    Where the fingerprint says "perhaps", everything is read once, but nothing is copied.
    """
    known = work.shelf.catalog.by_fingerprint(mark)
    if not known:
        return ""
    hashes = [hash_files(unit, work.progress.advance) for unit in _units(candidate)]
    item_id = content_id(hashes)
    return item_id if item_id in known and work.shelf.store.is_whole(item_id) else ""


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
