# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying the library, or a part of it, to a stick for another school."""

import msgspec
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.content.catalog import Order
from appliance.content.drives import Drive, plugged_in
from appliance.content.filters import Filters
from appliance.errors import UnknownItemError
from appliance.jobs.job import ExportPack
from appliance.language import N_
from appliance.school.activity import Action
from webapp.admin import stick
from webapp.admin.answer import tell
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office

bp = Blueprint("export", __name__, url_prefix="/export")

FOUND = 30
"""So many titles are offered for each search."""

_MOST = 5000
_LONGEST_TITLE = 100
_ALL, _COLLECTION, _PICKED = "all", "collection", "picked"
_NO_DRIVE = N_("Choose a stick. If there is none, plug one in and look again.")
_NOTHING = N_("Nothing was chosen that could be copied.")
_NO_ROOM = N_("This does not fit on the stick. Choose less, or take a larger stick.")
_LIBRARY = N_("School library")


class Wish(msgspec.Struct, frozen=True):
    """What the form says so far.

    Attributes:
        what: one of ``all``, ``collection``, ``picked``.
        words: of the search for single items.
        picked: their ids.
    """

    what: str
    collection: str
    words: str
    picked: tuple[str, ...]
    title: str
    drive: str


class Thing(msgspec.Struct, frozen=True):
    """An item, as far as this page needs it."""

    id: str
    title: str
    size: int


@bp.route("", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Choose what to copy and where to; everything chosen stays in the form."""
    wish = _wish()
    if request.method == "POST" and "start" in request.form:
        problem = _start(wish)
        if not isinstance(problem, str):
            return problem
        tell(problem, "warning")
        # What was said is shown on this very page.
    filters = Filters(words=wish.words)
    found = _things(filters, FOUND) if wish.words else []
    picked = _picked(wish.picked)
    return render_template(
        "export.html",
        wish=wish,
        collections=office().catalog.facets(Filters()).collections,
        count=office().catalog.count(Filters()),
        picked=picked,
        picked_size=sum(thing.size for thing in picked),
        found=[thing for thing in found if thing.id not in wish.picked],
        drives=_drives(),
    )


def _wish() -> Wish:
    sent = request.form if request.method == "POST" else request.args
    picked = tuple(dict.fromkeys(sent.getlist("item")))[:_MOST]
    what = sent.get("what", _PICKED if picked else _ALL)
    return Wish(
        what=what if what in (_ALL, _COLLECTION, _PICKED) else _ALL,
        collection=sent.get("collection", ""),
        words=sent.get("q", "").strip()[:_LONGEST_TITLE],
        picked=picked,
        title=" ".join(sent.get("title", "").split())[:_LONGEST_TITLE],
        drive=sent.get("drive", ""),
    )


def _start(wish: Wish) -> ResponseReturnValue | str:
    """Begin, or say what is missing."""
    drive = next((one for one in _drives() if one.id == wish.drive), None)
    if drive is None:
        return _NO_DRIVE
    things = _wanted(wish)
    if not things:
        return _NOTHING
    if sum(thing.size for thing in things) > drive.free:
        return _NO_ROOM
    named = wish.collection if wish.what == _COLLECTION else g.settings.school_name
    title = wish.title or named or gettext(_LIBRARY)
    items = () if wish.what == _ALL else tuple(thing.id for thing in things)
    member = signed_in()
    number = office().jobs.submit(ExportPack(drive.id, items, title), member.name)
    office().activity.note(member, Action.PACK_EXPORTED, title=title, drive=drive.label, job=number)
    return redirect(url_for("jobs.show", number=number))


def _wanted(wish: Wish) -> list[Thing]:
    if wish.what == _PICKED:
        return _picked(wish.picked)
    if wish.what == _COLLECTION and not wish.collection:
        return []
    filters = Filters(collection=wish.collection) if wish.what == _COLLECTION else Filters()
    return _things(filters, _MOST)


def _things(filters: Filters, most: int) -> list[Thing]:
    cards = office().catalog.cards(filters, order=Order.TITLE, limit=most)
    return [Thing(card.id, card.title_in(g.language), card.size) for card in cards]


def _picked(ids: tuple[str, ...]) -> list[Thing]:
    """The items of these ids that students can see."""
    things: list[Thing] = []
    for item_id in ids:
        try:
            item = office().catalog.get(item_id)
        except UnknownItemError:
            continue  # removed meanwhile
        if not item.hidden:
            things.append(Thing(item.id, item.title_in(g.language), item.size))
    return things


def _drives() -> list[Drive]:
    return [one for one in plugged_in(office().config) if stick.writable(one)]
