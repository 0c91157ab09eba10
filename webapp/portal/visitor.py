# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looks at the page: nobody that we know, only what a few cookies say, and those may lie."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import msgspec

from appliance.language import DEFAULT, UI_LANGUAGES

TEXT_SIZES = ("normal", "large", "largest")
THEMES = ("light", "dark", "contrast")
SPACINGS = ("normal", "wide")

PLACES_KEPT = 20
COOKIE_BYTES = 3600
"""Browsers promise 4096 bytes a cookie, name and attributes included."""
PLACE_BYTES = 1000

_ID = re.compile(r"[a-z2-7]{16}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CONTENT_LANGUAGES_KEPT = 12


class Place(msgspec.Struct, frozen=True):
    """Where somebody stopped in an item; what ``at`` means depends on the item's kind."""

    item: str
    at: str


class Visitor(msgspec.Struct, frozen=True):
    """How this browser wants its pages.

    Attributes:
        language: of the interface; one of ``UI_LANGUAGES``.
        text: one of ``TEXT_SIZES``.
        theme: one of ``THEMES``.
        spacing: of letters, words and lines; one of ``SPACINGS``.
        content: languages of the content that shall be listed; empty means all.
        places: where the reader stopped, the latest first.
    """

    language: str = DEFAULT
    text: str = TEXT_SIZES[0]
    theme: str = THEMES[0]
    spacing: str = SPACINGS[0]
    content: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def is_easy(self) -> bool:
        """Whether everything is as it is easier to read."""
        return self.text != TEXT_SIZES[0] and self.spacing != SPACINGS[0]

    def place(self, item: str) -> str:
        """Where this browser stopped in an item, or empty."""
        return next((place.at for place in self.places if place.item == item), "")


def visitor(cookies: Mapping[str, str], default_language: str) -> Visitor:
    """The visitor that cookies describe; whatever they say amiss is left out."""
    return Visitor(
        language=_one_of(cookies.get("language", ""), UI_LANGUAGES, default_language),
        text=_one_of(cookies.get("text", ""), TEXT_SIZES, TEXT_SIZES[0]),
        theme=_one_of(cookies.get("theme", ""), THEMES, THEMES[0]),
        spacing=_one_of(cookies.get("spacing", ""), SPACINGS, SPACINGS[0]),
        content=content_languages(cookies.get("content", "").split(".")),
        places=read_places(cookies.get("places", "")),
    )


def content_languages(codes: list[str]) -> tuple[str, ...]:
    """The language codes among some strings, each once."""
    known = dict.fromkeys(code for code in codes if _LANGUAGE.fullmatch(code))
    return tuple(known)[:_CONTENT_LANGUAGES_KEPT]


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


def _one_of(value: str, choices: tuple[str, ...], default: str) -> str:
    return value if value in choices else default
