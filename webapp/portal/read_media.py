# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers for films and sound, with captions and what is said as text."""

import re
from urllib.parse import quote

import msgspec
from flask import request

from appliance.content.item import Item, Kind
from webapp.portal.interface import me
from webapp.portal.item import downloads
from webapp.portal.library import Library
from webapp.portal.names import second
from webapp.portal.opening import Opening

_TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)\.(\d\d\d) +-->")
_TAGS = re.compile(r"<[^>]*>")
_LONGEST_CAPTIONS = 2_000_000
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""))


class Line(msgspec.Struct, frozen=True):
    """A caption: when, in seconds, and what is said."""

    second: float
    text: str


def video(shelf: Library, item: Item, at: str) -> Opening:
    """A film."""
    return _media(shelf, item, at)


def audio(shelf: Library, item: Item, at: str) -> Opening:
    """A recording."""
    return _media(shelf, item, at)


def _media(shelf: Library, item: Item, at: str) -> Opening:
    start = second(at)
    if item.details.seconds and start >= item.details.seconds - 1:
        start = 0.0  # it was heard to its end
    main = downloads(item)[:1]
    spoken = _spoken(item)
    return Opening(
        "read/media.html",
        f"{start:g}",
        {
            "source": f"/media/{item.id}/{quote(main[0].path)}#t={start:g}" if main else "",
            "mime": main[0].mime if main else "",
            "start": start,
            "film": item.kind is Kind.VIDEO,
            "spoken": spoken,
            "lines": lines(shelf, item, spoken) if spoken else [],
        },
    )


def _spoken(item: Item) -> str:
    """The language of the captions to begin with: asked for, the interface's, the film's own."""
    wanted = (request.args.get("captions", ""), me.language, *item.shown.languages)
    known = item.details.captions
    return next((code for code in wanted if code in known), known[0] if known else "")


def lines(shelf: Library, item: Item, language: str) -> list[Line]:
    """The captions as text, without repetitions of what stays on the screen."""
    path = shelf.store.path(item.id, f"captions/{language}.vtt")
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            content = file.read(_LONGEST_CAPTIONS)
    except FileNotFoundError:
        return []
    return parse(content)


def parse(captions: str) -> list[Line]:
    """The cues of a WebVTT file (https://www.w3.org/TR/webvtt1/) in plain text."""
    found: list[Line] = []
    for block in re.split(r"\n\s*\n", captions.replace("\r\n", "\n").replace("\r", "\n")):
        times = _TIMES.search(block)
        if not times:
            continue
        hours, minutes, seconds, thousandths = (int(part or 0) for part in times.groups())
        said = _TAGS.sub("", block[times.end() :].partition("\n")[2])
        for entity, character in _ENTITIES:
            said = said.replace(entity, character)
        text = " ".join(said.replace("&amp;", "&").split())
        if text and (not found or found[-1].text != text):
            found.append(Line(hours * 3600 + minutes * 60 + seconds + thousandths / 1000, text))
    return found
