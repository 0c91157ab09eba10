# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a pack of a folder: ``discover → ask as the box would → copy and hash → seal``."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from appliance.content.course.desk import Outlines
from appliance.content.discover import Candidate, discover
from appliance.content.pack.bag_writer import BagWriter
from appliance.content.pack.course_draft import CourseDrafts
from appliance.content.pack.draft import Draft, identifier, pack_urn
from appliance.content.pack.earlier import Earlier
from appliance.content.pack.examine import examine
from appliance.content.pack.info import PackInfo
from appliance.content.pack.secret_key import SecretKey
from appliance.content.pack.target import EACH_FILE, MOST_BYTES, open_target
from appliance.content.progress import Progress, size_of
from appliance.content.result import IngestResult
from appliance.content.sheets import Sheets
from appliance.errors import ApplianceError, RefusalError


class PackError(ApplianceError):
    """The pack cannot be made as it was asked for; the text says why, in English."""


class RefusedError(ApplianceError):
    """A box would not take everything of the folder.

    Attributes:
        results: what is wrong, one for each file or row of a sheet.
    """

    def __init__(self, results: Sequence[IngestResult]) -> None:
        super().__init__(f"{len(results)} refused")
        self.results = tuple(results)


class NoRoomError(ApplianceError):
    """The disk is too small; nothing was written. ``needed`` and ``free`` are bytes."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(f"{needed} bytes needed, {free} free")
        self.needed = needed
        self.free = free


class PackOrder(msgspec.Struct, frozen=True):
    """What is asked for.

    Attributes:
        folder: what is in it becomes the pack; or nothing, for a pack that only retires.
        target: ``….chashma`` for a folder, ``….chashma.zip`` for a zip.
        info: its identity; ``since`` and ``retires`` are filled in here.
        key: what signs it; None: unsigned.
        since: older packs of the series, whose content is left out.
        retire: names or identifiers of publications that shall leave the shelf.
        retire_missing: likewise all that the older packs have and the folder has not.
        most_bytes: of a file on the disk; 0: any.
    """

    folder: Path
    target: Path
    info: PackInfo
    key: SecretKey | None = None
    since: tuple[Path, ...] = ()
    retire: tuple[str, ...] = ()
    retire_missing: bool = False
    most_bytes: int = MOST_BYTES


class Made(msgspec.Struct, frozen=True):
    """A pack that was made.

    Attributes:
        info: as it stands in the pack.
        written: publications in it; ``unchanged``: those that were left out.
        size: bytes of the payload.
    """

    info: PackInfo
    written: int
    unchanged: int
    size: int


def create_pack(order: PackOrder, checking: Progress, writing: Progress) -> Made:
    """Make a pack of a folder.

    Args:
        order: what is asked for.
        checking: hears how far the look at the files is.
        writing: hears how far the copying is.

    Raises:
        RefusedError: a box would refuse some of it; nothing was written.
        PackError: it is asked for in a way that cannot be.
        PackExistsError: there is something of this name already.
        NoRoomError: the disk is too small.
        TooManyError: there is more in the folder than a box takes in one pack.
        RefusalError: an older pack cannot be read, or a file changed while it was copied.
        Stopped: somebody stopped it; nothing is left behind.
        OSError: the disk cannot be written.
    """
    earlier = Earlier(order.since)
    _check_series(order.info, earlier)
    with ExitStack() as keep:
        drafts = _drafts(order, checking, keep)
        return _write(order, earlier, drafts, writing)


def _write(
    order: PackOrder, earlier: Earlier, drafts: Sequence[tuple[str, Draft]], writing: Progress
) -> Made:
    info = _complete(order, earlier, [draft.identifier for _, draft in drafts])
    if not drafts and not info.retires:
        raise PackError("there is nothing in the folder that could go into a pack")
    _check_room(order, [draft for _, draft in drafts], earlier)
    with BagWriter(
        open_target(order.target, most_bytes=order.most_bytes), writing.advance
    ) as writer:
        unchanged = 0
        writing.begin(sum(draft.size for _, draft in drafts), len(drafts))
        for source, draft in drafts:
            writing.start(source, draft.size)
            if earlier.is_new(draft, lambda _: None):
                writer.add(draft)
            else:
                unchanged += 1
            writing.finish()
        writer.seal(info, order.key)
    return Made(info, writer.count, unchanged, writer.size)


def _drafts(order: PackOrder, checking: Progress, keep: ExitStack) -> list[tuple[str, Draft]]:
    candidates = [one for one in discover([order.folder]) if not _is_of_a_pack(one)]
    sheets = Sheets(candidates)
    outlines = Outlines(candidates)
    courses = CourseDrafts(order.info.id, outlines)
    keep.callback(courses.close)
    refused = [*sheets.results(), *outlines.results()]
    drafts: list[tuple[str, Draft]] = []
    checking.begin(sum(map(size_of, candidates)), len(candidates))
    for candidate in candidates:
        checking.start(candidate.source, size_of(candidate))
        try:
            draft = _draft(order, candidate, sheets, courses, checking)
            courses.heard(candidate, draft)
            drafts.append((candidate.source, draft))
        except RefusalError as exc:
            refused.append(IngestResult.rejected(candidate.source, exc, candidate.kind))
        checking.finish()
    if refused:
        raise RefusedError(refused)
    _check_identifiers(draft for _, draft in drafts)
    return drafts


def _draft(
    order: PackOrder,
    candidate: Candidate,
    sheets: Sheets,
    courses: CourseDrafts,
    checking: Progress,
) -> Draft:
    if candidate.course:
        draft = courses.draft(candidate, checking.check)
    else:
        draft = examine(candidate, checking.check)
    said = sheets.said(candidate)
    name = said.id or candidate.id or candidate.source
    return msgspec.structs.replace(
        draft,
        identifier=identifier(order.info.id, name),
        metadata=draft.metadata.overlaid(said.metadata),
        titles=said.titles or draft.titles,
    )


def _is_of_a_pack(candidate: Candidate) -> bool:
    """Whether it lies in a pack, as the older ones in the same folder do."""
    parts = Path(candidate.source).parts
    return any(part.endswith(".chashma") or ".chashma.zip" in part for part in parts)


def _check_series(info: PackInfo, earlier: Earlier) -> None:
    for old in earlier.packs:
        if old.id != info.id:
            raise PackError(f"the older pack belongs to the series {old.id}, not to {info.id}")
        if old.version >= info.version:
            raise PackError(f"version {info.version} is not newer than {old.version}")


def _check_identifiers(drafts: Iterable[Draft]) -> None:
    seen: set[str] = set()
    for draft in drafts:
        if draft.identifier in seen:
            raise PackError(f"two files have the identifier {draft.identifier}")
        seen.add(draft.identifier)


def _complete(order: PackOrder, earlier: Earlier, present: Sequence[str]) -> PackInfo:
    """The identity with what follows from the older packs."""
    urn = pack_urn(order.info.id)
    retires = {
        name if name.startswith(f"{urn}:") else identifier(order.info.id, name)
        for name in order.retire
    }
    if both := sorted(retires.intersection(present)):
        raise PackError(f"{both[0]} shall be retired, but is in the folder")
    if order.retire_missing:
        retires |= earlier.identifiers.difference(present)
    since = earlier.packs[-1].version if earlier.packs else 0
    return msgspec.structs.replace(order.info, since=since, retires=tuple(sorted(retires)))


def _check_room(order: PackOrder, drafts: Sequence[Draft], earlier: Earlier) -> None:
    """Say that the disk is too small before anything is copied.

    What may turn out to be unchanged is not counted.
    """
    files = [
        file
        for draft in drafts
        if draft.identifier not in earlier.identifiers
        for file in draft.all_files
    ]
    needed = sum(file.size + EACH_FILE for file in files)
    free = shutil.disk_usage(order.target.absolute().parent).free
    if needed > free:
        raise NoRoomError(needed, free)
