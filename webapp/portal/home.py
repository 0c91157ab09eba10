# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page: go on reading, what is recommended, what is new, and the ways in."""

import msgspec
from flask import Blueprint, g, render_template, request

from appliance.content.catalog_row import Card
from appliance.content.filters import Filters
from appliance.content.item import PARTS, Audience, Item, Kind
from appliance.content.note import Phase, read_note
from appliance.errors import UnknownItemError
from webapp.portal.interface import me
from webapp.portal.library import Library, library
from webapp.portal.places import places

bp = Blueprint("home", __name__)

_BEGUN = "<!--begun-->"
"""Where the template wants the reader's own books: no escaped text can look like it."""

_WHO = "<!--who-->"
_NOTE, _REFRESH = "<!--note-->", "<!--refresh-->"
_AGAIN = '<noscript><meta http-equiv="refresh" content="15"></noscript>'

_CARDS_IN_ROW = 6
_GONE_ON = 4
_COLLECTIONS = 12
_WHOLE = tuple(kind for kind in Kind if kind not in PARTS)
_DOORS = (Audience.PRE_PRIMARY, Audience.TEACHER, Audience.PARENT)


@bp.get("/")
def show() -> str:
    """The home page; all but who it is and the own books is the same for all who want it alike."""
    shelf = library()
    looks = (g.settings, me.language, me.text, me.theme, me.spacing, me.content)
    # The page names the address that it was asked by, so that only the plain one is kept.
    plain = not request.query_string
    page = shelf.remembered(("home", looks), lambda: _page(shelf)) if plain else _page(shelf)
    begun = _begun(shelf)
    page = page.replace(_BEGUN, render_template("_begun.html", begun=begun) if begun else "")
    page = page.replace(_WHO, render_template("_who.html"))
    return _with_note(page, shelf)


@bp.get("/note")
def note() -> str:
    """What is going on with a stick, for the script that keeps it fresh; empty where nothing is."""
    found = read_note(library().config.run)
    return render_template("_note.html", note=found) if found else ""


def _with_note(page: str, shelf: Library) -> str:
    """Staff who stand beside the box with a phone see here how far it is."""
    found = read_note(shelf.config.run)
    if found is None:
        return page.replace(_NOTE, "").replace(_REFRESH, "")
    text = render_template("_note.html", note=found)
    refresh = _AGAIN if found.phase is Phase.WORKING else ""
    return page.replace(_NOTE, f'<div data-note="/note">{text}</div>').replace(_REFRESH, refresh)


def _page(shelf: Library) -> str:
    filters = Filters(languages=me.content)
    facets = shelf.facets(filters)
    return render_template(
        "home.html",
        facets=facets,
        kinds=sorted(facets.kinds, key=lambda kind: kind in PARTS),
        all_languages=shelf.facets(Filters()).languages,
        doors=[door for door in _DOORS if door in facets.audiences],
        collections=list(facets.collections.items())[:_COLLECTIONS],
        featured=_featured(shelf),
        newest=shelf.remembered(("newest", filters), lambda: _newest(shelf, filters)),
        empty=not facets.kinds,
        everything_hidden=not facets.kinds and bool(me.content),
    )


def _newest(shelf: Library, filters: Filters) -> list[Card]:
    """What came last, without the dozens of pages and quizzes that each course brings."""
    whole = msgspec.structs.replace(filters, kinds=_WHOLE)
    return shelf.catalog.cards(whole, limit=_CARDS_IN_ROW) or shelf.catalog.cards(
        filters, limit=_CARDS_IN_ROW
    )


def _featured(shelf: Library) -> object:
    filters = Filters(languages=me.content, featured=True)
    return shelf.remembered(
        ("featured", filters), lambda: shelf.catalog.cards(filters, limit=_CARDS_IN_ROW)
    )


def _begun(shelf: Library) -> list[tuple[Item, str]]:
    """The items that this browser read last, and where it stopped."""
    begun: list[tuple[Item, str]] = []
    for place in places():
        try:
            begun.append((shelf.item(place.item), place.at))
        except UnknownItemError:
            continue  # taken off the shelf since
        if len(begun) == _GONE_ON:
            break
    return begun
