# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a pack beside the shelf: what would come, what would go, and who stands for it."""

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePath

from appliance.content.catalog import Catalog
from appliance.content.course.course import FILE_NAME
from appliance.content.drive_view import SHOWN, LineState, PackLine, PackView, Tally
from appliance.content.fingerprint import content_id
from appliance.content.folder_names import SEVERAL_FILES, kind_of
from appliance.content.installed import read_installed
from appliance.content.item import Item, Kind
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import Pack, read_pack
from appliance.content.pack.publication import Publication
from appliance.content.pack.verify import Standing, VerifiedPack, verify_pack
from appliance.content.policy import FromSticks, StickPolicy
from appliance.errors import RefusalError


def publication_id(publication: Publication) -> str:
    """The id that its item will have: the same as if the files came loose."""
    return content_id(file.sha256 for file in publication.all_files)


def publication_kind(publication: Publication) -> Kind | None:
    """What it is meant to be, by the name of its first file; nothing if that cannot be shown."""
    if not publication.files:
        return None
    name = publication.files[0].name
    kind = Kind.COURSE if name == FILE_NAME else kind_of(name)
    return kind if len(publication.files) == 1 or kind in SEVERAL_FILES else None


def publication_title(publication: Publication) -> str:
    """What to call it before it is on the shelf."""
    return publication.metadata.title or PurePath(publication.identifier).name


def older_editions(publication: Publication, item_id: str, catalog: Catalog) -> list[Item]:
    """What stands on the shelf of the same publication with other content."""
    return [item for item in catalog.by_identifier(publication.lasting) if item.id != item_id]


def retiring(info: PackInfo, catalog: Catalog) -> list[Item]:
    """What a pack takes off the shelf: what came with its series and is named."""
    return [
        item
        for identifier in info.retires
        for item in catalog.by_identifier(identifier)
        if item.edition and item.edition.pack == info.id
    ]


def judge(
    publication: Publication, version: int, catalog: Catalog, is_there: Callable[[str], bool]
) -> PackLine:
    """What a publication is to this shelf; only what the pack says is looked at.

    Args:
        publication: of a pack of this ``version``.
        version: of the pack.
        catalog: of the shelf.
        is_there: whether an item of this id is on the shelf.
    """
    item_id, kind = publication_id(publication), publication_kind(publication)
    others, same = older_editions(publication, item_id, catalog), is_there(item_id)
    version = publication.edition.version if publication.edition else version
    older = any(item.edition and item.edition.version > version for item in others)
    if kind is None:
        state = LineState.BROKEN
    elif same:
        state = LineState.SAME
    elif others:
        state = LineState.OLDER if older else LineState.NEWER
    else:
        state = LineState.NEW
    return PackLine(
        identifier=publication.identifier,
        state=state,
        title=publication_title(publication),
        kind=kind,
        titles=publication.titles,
        size=publication.size,
        on_shelf=item_id if same else others[-1].id if others else "",
        replaces=others[-1].shown.title if others and not same else "",
        code="" if kind else "unsupported-kind",
    )


def look_at_pack(
    path: Path,
    drive: Path,
    catalog: Catalog,
    store: Path,
    policy: StickPolicy,
    today: datetime.date | None,
) -> PackView:
    """Everything that a person should know before saying yes; never fails for a bad pack.

    Args:
        path: of the pack; ``drive`` is the folder above it.
        drive: see ``path``.
        catalog: of the shelf.
        store: ``Config.store``.
        policy: the keys and what may come.
        today: nothing where the box does not know the date.
    """
    name = path.relative_to(drive).as_posix()
    pack: Pack | None = None
    try:
        pack = read_pack(path)
        return _view(name, verify_pack(pack, policy, today), catalog, store, policy)
    except RefusalError as exc:
        return PackView(
            path=name,
            info=pack.info if pack else None,
            digest=pack.digest if pack else "",
            size=pack.size if pack else 0,
            code=exc.code,
            details=exc.details,
        )


def _view(
    name: str, verified: VerifiedPack, catalog: Catalog, store: Path, policy: StickPolicy
) -> PackView:
    pack = verified.pack
    counts: Counter[LineState] = Counter()
    sizes: Counter[LineState] = Counter()
    lines: list[PackLine] = []
    for publication in pack.publications:
        line = judge(publication, pack.info.version, catalog, catalog.has)
        counts[line.state] += 1
        sizes[line.state] += line.size
        if len(lines) < SHOWN:
            lines.append(line)
    installed = read_installed(store, pack.info.id)
    trusted = verified.standing is Standing.TRUSTED
    newer = installed is None or pack.info.version > installed.version
    return PackView(
        path=name,
        info=pack.info,
        digest=pack.digest,
        standing=verified.standing,
        key=verified.fingerprint,
        key_name=verified.key.name if verified.key else "",
        installed=installed.version if installed else 0,
        may_install=may_install(policy, trusted=trusted),
        by_itself=trusted and newer and policy.from_sticks is not FromSticks.NOTHING,
        lines=tuple(lines),
        tally={state: Tally(counts[state], sizes[state]) for state in counts},
        retires=tuple(item.shown.title for item in retiring(pack.info, catalog)),
        needed=sizes[LineState.NEW] + sizes[LineState.NEWER],
        size=pack.size,
    )


def may_install(policy: StickPolicy, *, trusted: bool) -> bool:
    """Whether a signed-in person may have it, by the policy."""
    if policy.from_sticks is FromSticks.NOTHING:
        return False
    return trusted or policy.from_sticks is FromSticks.ASK
