# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing a pack: each publication becomes an item, or stays away with a reason."""

from collections.abc import Iterator

import msgspec

from appliance.content.arrival import Arrival
from appliance.content.bring import already
from appliance.content.bring_all import bring_all
from appliance.content.delivery import Delivery, room_of
from appliance.content.drive_view import LineState
from appliance.content.exchange import Before
from appliance.content.installed import InstalledPack, read_installed, write_installed
from appliance.content.item import Edition, Kind
from appliance.content.look import (
    judge,
    publication_id,
    publication_kind,
    publication_title,
    retiring,
)
from appliance.content.pack.pack import Pack
from appliance.content.pack.publication import Publication
from appliance.content.pack.verify import VerifiedPack
from appliance.content.pack_payload import PackPayload
from appliance.content.progress import Progress, Stopped
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.content.work import Work
from appliance.errors import RefusalError, UnknownItemError
from appliance.timestamp import utc_now


class Wanted(msgspec.Struct, frozen=True):
    """What was asked of a pack; as in ``InstallPack``."""

    identifiers: frozenset[str] = frozenset()
    back: bool = False

    def has(self, publication: Publication) -> bool:
        """Whether it was asked for."""
        return not self.identifiers or publication.identifier in self.identifiers


def install(
    verified: VerifiedPack,
    wanted: Wanted,
    shelf: Shelf,
    progress: Progress,
    before: Before = lambda _: None,
) -> Iterator[IngestResult]:
    """Bring what was asked of a pack onto the shelf, then take off what it retires.

    What the shelf has already is not read. Nothing that is copied counts before its hash is the
    one that the manifest promised. A run that is stopped ends after the results so far.

    Args:
        verified: the pack; whether it may be installed at all was decided before.
        wanted: what was asked of it.
        shelf: where to.
        progress: told how far it is.
        before: told what is about to come and to go.

    Raises:
        RefusalError: the whole pack stays away (``pack-older``, ``no-space``), or the drive was
            taken out (``drive-removed``); the results so far hold.
    """
    pack = verified.pack
    installed = read_installed(shelf.config.store, pack.info.id)
    if installed and pack.info.version < installed.version and not wanted.back:
        raise RefusalError("pack-older", version=pack.info.version, installed=installed.version)
    try:
        total, count, needed, kept = _ahead(pack, wanted, shelf)
        progress.begin(total, count)
        with shelf.reserved(needed, keep=kept) as reserve:
            work = Work(shelf, progress, reserve, before)
            chosen = filter(wanted.has, pack.publications)
            yield from bring_all((_arrival(pack, one, wanted, work) for one in chosen), work)
        if not wanted.identifiers:
            yield from _retire(pack, shelf, before)
    except Stopped:
        return
    title, digest = pack.info.title, pack.digest
    write_installed(
        shelf.config.store,
        InstalledPack(pack.info.id, pack.info.version, title, digest, utc_now()),
    )


def _ahead(pack: Pack, wanted: Wanted, shelf: Shelf) -> tuple[int, int, int, set[str]]:
    """Bytes and publications that were asked for, room needed, and copies that can go on."""
    catalog, waiting = shelf.catalog, set(shelf.store.partials.oldest_first())
    total = count = needed = 0
    kept = set()
    for publication in filter(wanted.has, pack.publications):
        total += publication.size
        count += 1
        line = judge(publication, pack.info.version, catalog, catalog.has)
        if line.kind is None or line.state is LineState.SAME:
            continue
        needed += room_of(line.kind, publication.size)
        mark = publication_id(publication) if waiting else ""
        if mark in waiting:
            needed -= shelf.store.partials.kept(mark)
            kept.add(mark)
    return total, count, max(0, needed), kept


def _arrival(pack: Pack, publication: Publication, wanted: Wanted, work: Work) -> Arrival:
    def prepare() -> Delivery | IngestResult:
        shelf = work.shelf
        line = judge(publication, pack.info.version, shelf.catalog, shelf.store.is_whole)
        if line.kind is None:
            raise RefusalError(line.code)
        if line.state is LineState.OLDER and not wanted.back:
            raise RefusalError("pack-older", version=pack.info.version, installed=0)
        delivery = _delivery(pack, publication, line.kind)
        if line.state is LineState.SAME:
            return already(delivery, line.on_shelf, shelf)
        return delivery

    return Arrival(
        source=_name(publication),
        kind=publication_kind(publication),
        place=pack.path,
        size=publication.size,
        prepare=prepare,
        title=publication_title(publication),
    )


def _delivery(pack: Pack, publication: Publication, kind: Kind) -> Delivery:
    payloads = tuple(PackPayload(pack, file) for file in publication.all_files)
    main = len(publication.files)
    return Delivery(
        source=_name(publication),
        kind=kind,
        files=payloads[:main],
        companions=payloads[main:],
        size=publication.size,
        mark=publication_id(publication),
        said=publication.metadata,
        titles=publication.titles,
        lesson=publication.lesson,
        edition=publication.edition
        or Edition(pack.info.id, pack.info.version, publication.identifier),
    )


def _name(publication: Publication) -> str:
    return publication.files[0].name if publication.files else publication.identifier


def _retire(pack: Pack, shelf: Shelf, before: Before) -> Iterator[IngestResult]:
    """Take off what the pack says shall go, if it came with this series."""
    for item in retiring(pack.info, shelf.catalog):
        before([(None, (item,))])
        try:
            shelf.remove(item.id)
        except UnknownItemError:
            continue  # somebody was faster
        yield IngestResult.of(item.source, Status.RETIRED, item)
