# SPDX-License-Identifier: GPL-3.0-or-later
"""Where whoever sits at this browser stopped, which a cookie keeps.

A guest and a phone of one's own have the cookie ``places``, for a year. On a shared device each
session has one of its own, which ends with it: nobody sees what the one before them has read.
"""

import hashlib
import re
from typing import cast
from urllib.parse import quote, unquote

import msgspec
from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.portal.answer import remember
from webapp.portal.library import library
from webapp.portal.person import COOKIE as PERSON
from webapp.portal.person import person

COOKIE = "places"
"""Of a guest, or of a phone that nobody else uses."""
_OF_SESSION = "places-"
"""What the cookies of shared devices begin with; ``read.js`` writes them too."""

PLACES_KEPT = 20
COOKIE_BYTES = 3600
"""Browsers promise 4096 bytes a cookie, name and attributes included."""
PLACE_BYTES = 1000

_ID = re.compile(r"[a-z2-7]{16}")


class Place(msgspec.Struct, frozen=True):
    """Where somebody stopped in an item; what ``at`` means depends on the item's kind."""

    item: str
    at: str


def places() -> tuple[Place, ...]:
    """Where whoever asks stopped in this browser, the latest first."""
    return read_places(request.cookies.get(places_cookie(), ""))


def place_in(item: str) -> str:
    """Where whoever asks stopped in an item, or empty."""
    return next((place.at for place in places() if place.item == item), "")


def keep(response: BaseResponse, latest: Place) -> None:
    """Remember in this browser where somebody is now."""
    name = places_cookie()
    kept = write_places(places(), latest)
    if name == COOKIE:
        remember(response, name, kept)
    else:
        response.set_cookie(name, kept, samesite="Lax")


def forget(response: BaseResponse) -> None:
    """Forget where anybody stopped in this browser."""
    for name in request.cookies:
        if name == COOKIE or name.startswith(_OF_SESSION):
            response.delete_cookie(name, samesite="Lax")


def places_cookie() -> str:
    """The name of the cookie of whoever asks."""
    if "places_cookie" not in g:
        token = request.cookies.get(PERSON, "")
        shared = person() is not None and not library().sessions.is_own(token)
        tag = hashlib.sha256(f"places {token}".encode()).hexdigest()[:12]
        g.places_cookie = f"{_OF_SESSION}{tag}" if shared else COOKIE
    return cast(str, g.places_cookie)


def install(app: Flask) -> None:
    """Give templates the cookie's name, and throw away what is left of sessions that are over."""
    app.jinja_env.globals["places_cookie"] = places_cookie
    app.after_request(_forget_others)


def _forget_others(response: Response) -> Response:
    """Those who had this tablet before left no more than room that requests need."""
    of_sessions = [name for name in request.cookies if name.startswith(_OF_SESSION)]
    # A page that reports an error may not know who is asking.
    if of_sessions and response.status_code < 500:  # noqa: PLR2004 - the server's own errors
        for name in of_sessions:
            if name != places_cookie():
                response.delete_cookie(name, samesite="Lax")
    return response


def read_places(cookie: str) -> tuple[Place, ...]:
    """The places that a cookie holds, the latest first: ``id:place|id:place``.

    Each place is percent-encoded as JavaScript's ``encodeURIComponent`` does it, so that neither
    of the two separators can occur inside.
    """
    places: dict[str, Place] = {}
    for part in cookie[:COOKIE_BYTES].split("|")[:PLACES_KEPT]:
        item, _, at = part.partition(":")
        if _ID.fullmatch(item) and item not in places:
            places[item] = Place(item, clean_place(unquote(at)))
    return tuple(places.values())


def write_places(places: tuple[Place, ...], latest: Place) -> str:
    """The cookie in which ``latest`` comes first; the oldest fall out where there is no room."""
    others = [place for place in places if place.item != latest.item]
    parts: list[str] = []
    room = COOKIE_BYTES
    for place in [latest, *others][:PLACES_KEPT]:
        part = f"{place.item}:{quote(place.at, safe='-_.!~*()')}"
        room -= len(part) + 1
        if room < 0:
            break
        parts.append(part)
    return "|".join(parts)


def clean_place(at: str) -> str:
    """A place as it may be kept: one short line without control characters, or empty."""
    at = at.strip()
    return at if at.isprintable() and len(quote(at)) <= PLACE_BYTES else ""
