# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers that show others' pages: always in a frame of the read host, never in ours."""

from urllib.parse import quote, urlencode

from appliance.content.item import Item
from appliance.content.text import chapters
from webapp.portal.interface import gettext, me
from webapp.portal.library import Library
from webapp.portal.opening import Opening

_SAFE = "/-_.!~*'()@:+,;=$"
"""What may stay as it is in a path (RFC 3986 ``pchar``), as browsers leave it too."""


def zim(shelf: Library, item: Item, at: str) -> Opening:
    """An archive, at the entry whose path is the place."""
    entry = at or item.details.entry
    base = f"{shelf.config.read_url}/zim/{item.id}/"
    return Opening(
        "read/frame.html",
        entry,
        {
            "base": base,
            # The name of an entry may hold a "#": it is never a fragment here.
            "source": base + quote(entry, safe=_SAFE),
            "home": item.details.entry,
        },
    )


def html(shelf: Library, item: Item, at: str) -> Opening:
    """Unpacked pages, at the file that is the place."""
    page = _inside(at) or item.details.entry
    base = f"{shelf.config.read_url}/pages/{item.id}/"
    return Opening(
        "read/frame.html",
        page,
        {"base": base, "source": base + _address(page), "home": item.details.entry},
    )


def epub(shelf: Library, item: Item, at: str) -> Opening:
    """A book: our reader in the frame, and without script one chapter at a time."""
    folder = shelf.store.path(item.id)
    spine = shelf.remembered(("chapters", item.id), lambda: chapters(folder))
    titles = {place.partition("#")[0]: title for title, place in reversed(item.details.contents)}
    order = spine or list(
        dict.fromkeys(place.partition("#")[0] for _, place in item.details.contents)
    )
    chapter = _inside(at).partition("#")[0]
    index = order.index(chapter) if chapter in order else 0
    base = f"{shelf.config.read_url}/pages/{item.id}/"
    place = _inside(at)
    return Opening(
        "read/epub.html",
        place,
        {
            "base": base,
            "reader": f"{shelf.config.read_url}/reader/epub.html#{_wishes(item, place)}",
            "chapter": base + _address(order[index]) if order else "",
            "chapter_title": titles.get(order[index], "") if order else "",
            "before": order[index - 1] if index else "",
            "after": order[index + 1] if index + 1 < len(order) else "",
        },
    )


def _wishes(item: Item, place: str) -> str:
    """What our reader of books is told: the book, the place, the looks and the words."""
    return urlencode(
        {
            "book": f"/pages/{item.id}/{_address(item.details.entry)}",
            "title": item.title_in(me.language),
            "at": place,
            "text": me.text,
            "theme": me.theme,
            "language": me.language,
            "back": gettext("Back"),
            "further": gettext("Further"),
            "smaller": gettext("Smaller letters"),
            "larger": gettext("Larger letters"),
            "trouble": gettext("This book cannot be opened here. Download it instead."),
        },
        quote_via=quote,
    )


def _address(place: str) -> str:
    """A place as the end of an address; a fragment stays one."""
    path, mark, fragment = place.partition("#")
    return quote(path, safe=_SAFE) + mark + quote(fragment, safe=_SAFE)


def _inside(place: str) -> str:
    """A path that stays inside the item's pages, or empty."""
    path = place.partition("#")[0]
    escapes = path.startswith("/") or "\\" in path or ".." in path.split("/")
    return "" if escapes else place
