# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers that show one picture at a time: PDF and album."""

from pathlib import PurePosixPath
from urllib.parse import quote

from flask import request

from appliance.content.item import Item
from appliance.content.page_image import WIDTHS
from appliance.content.text import text_at
from webapp.portal.library import Library
from webapp.portal.opening import Opening

_A4 = (595.0, 842.0)
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif", ".bmp"})


def pdf(shelf: Library, item: Item, at: str) -> Opening:
    """A page of a PDF as a picture and as text."""
    page = _number(at, item.details.pages)
    zoom = _number(request.args.get("zoom", ""), len(WIDTHS))
    width, height = item.details.width or _A4[0], item.details.height or _A4[1]
    return Opening(
        "read/pdf.html",
        str(page),
        {
            "page": page,
            "pages": max(1, item.details.pages),
            "zoom": zoom,
            "zooms": len(WIDTHS),
            "as_text": request.args.get("view") == "text",
            "text": text_at(shelf.store.path(item.id), str(page)),
            "width": WIDTHS[zoom - 1],
            "height": round(WIDTHS[zoom - 1] * height / width),
        },
    )


def album(shelf: Library, item: Item, at: str) -> Opening:
    """A picture of an album, with its name."""
    pictures = [
        file.path
        for file in item.files
        if file.path.startswith("files/") and PurePosixPath(file.path).suffix.lower() in _PICTURES
    ]
    page = _number(at, len(pictures))
    names = [title for title, _ in item.details.contents]
    path = pictures[page - 1] if pictures else ""
    own_name = PurePosixPath(path).stem.replace("_", " ")
    return Opening(
        "read/album.html",
        str(page),
        {
            "page": page,
            "pages": max(1, len(pictures)),
            "picture": f"/media/{item.id}/{quote(path)}",
            "following": f"/media/{item.id}/{quote(pictures[page])}"
            if page < len(pictures)
            else "",
            "name": names[page - 1] if page <= len(names) else own_name,
            "text": text_at(shelf.store.path(item.id), str(page)),
        },
    )


def _number(text: str, last: int) -> int:
    """A number from 1 to ``last`` that an address says, as near as can be."""
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004 - more than any book
    return min(max(wanted, 1), max(last, 1))
