# SPDX-License-Identifier: GPL-3.0-or-later
"""What readers tell of how far somebody has come: places become progress."""

from flask import Blueprint, request

from appliance.content.item import Item, Kind
from appliance.content.text import chapters
from appliance.learning.progress import NOTHING
from webapp.portal.learning import learning
from webapp.portal.library import Library, library
from webapp.portal.names import second
from webapp.portal.person import person
from webapp.portal.places import clean_place, place_in, places

bp = Blueprint("reading", __name__, url_prefix="/item")

_HEARD = 0.95
"""Of a film: who has come so far has seen it; what follows are names."""

_LONGEST_LOOK = 120.0
"""Seconds between two beacons; what is longer was a tablet that slept."""

SELF_TOLD = frozenset({"quiz", "h5p", "scorm"})
"""Kinds that tell by themselves when somebody is done."""


@bp.post("/<item_id>/seen")
def seen(item_id: str) -> tuple[str, int]:
    """The readers' script tells where somebody is; nothing depends on it."""
    if person() is not None:
        seconds = min(max(second(request.form.get("seconds", "")), 0.0), _LONGEST_LOOK)
        keep_place(library().item(item_id), clean_place(request.form.get("at", "")), seconds)
    return "", 204


def start_place(item: Item) -> str:
    """Where somebody goes on: on whatever device they stopped, else where this browser did."""
    who = person()
    kept = learning().record.resume(who.id, item.id) if who else ""
    return clean_place(kept) or place_in(item.id)


def keep_place(item: Item, at: str, seconds: float = 0.0) -> None:
    """Somebody of a class is at this place of an item; of guests nothing is kept here."""
    who = person()
    if who is None or item.kind in SELF_TOLD:
        return
    share = share_at(library(), item, at)
    learning().record.seen(
        who.id,
        item.id,
        share=share,
        seconds=seconds,
        resume=at,
        completed=is_end(item, share),
    )


def catch_up(items: list[Item]) -> None:
    """Take over places that the readers' script kept in this browser, where they are further on.

    Only of what this person has opened: the tablet may have been another's.
    """
    who = person()
    kept = {place.item: place.at for place in places()}
    read = [item for item in items if item.id in kept and item.kind not in SELF_TOLD]
    if who is None or not read:
        return
    known = learning().record.progress(who.id, [item.id for item in read])
    for item in read:
        share = share_at(library(), item, kept[item.id])
        if known[item.id] != NOTHING and (share or 0.0) > known[item.id].share:
            keep_place(item, kept[item.id])


def share_at(shelf: Library, item: Item, at: str) -> float | None:
    """How much of an item lies before a place, 0 to 1; nothing where that cannot be said."""
    if item.kind in (Kind.PDF, Kind.ALBUM):
        page = int(at) if at.isascii() and at.isdecimal() and len(at) < 8 else 0  # noqa: PLR2004 - more than any book
        return _part(page, item.details.pages)
    if item.kind in (Kind.VIDEO, Kind.AUDIO):
        return _part(second(at), item.details.seconds)
    if item.kind is Kind.EPUB:
        folder = shelf.store.path(item.id)
        order = shelf.remembered(("chapters", item.id), lambda: chapters(folder))
        chapter = at.partition("#")[0]
        return _part(order.index(chapter) + 1 if chapter in order else 0, len(order))
    return None


def is_end(item: Item, share: float | None) -> bool:
    """Whether somebody who has come so far has gone through it all.

    Whoever opens a picture, or a book of one page, has not read it yet.
    """
    if item.kind in (Kind.VIDEO, Kind.AUDIO):
        return (share or 0.0) >= _HEARD
    return share == 1.0 and item.details.pages > 1


def _part(done: float, of: float) -> float | None:
    return min(done / of, 1.0) if of > 0 else None
