# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about one item, and its files for taking home."""

import mimetypes
from pathlib import PurePosixPath

import msgspec
from flask import Blueprint, Response, abort, render_template, request

from appliance.content.catalog import Order
from appliance.content.catalog_row import Card
from appliance.content.filters import Filters
from appliance.content.item import Item, Kind
from webapp.portal import take_home
from webapp.portal.answer import attachment, stored_file
from webapp.portal.interface import me
from webapp.portal.library import Library, library
from webapp.portal.places import place_in

bp = Blueprint("item", __name__, url_prefix="/item")

_NEIGHBOURS = 12
_ORIGINALS = "files/"
_LONGEST_NAME = 120

MIMES = {
    ".zim": "application/x-zim",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".zip": "application/zip",
    ".webp": "image/webp",
    ".apk": "application/vnd.android.package-archive",
    ".h5p": "application/zip",
}


class Download(msgspec.Struct, frozen=True):
    """A file of an item as it can be taken home.

    Attributes:
        path: in the item's folder.
        name: that the visitor's device shall give it.
        size: bytes.
    """

    path: str
    name: str
    size: int

    @property
    def mime(self) -> str:
        """Its media type, told from its name."""
        suffix = PurePosixPath(self.path).suffix.lower()
        return (
            MIMES.get(suffix) or mimetypes.guess_type(f"a{suffix}")[0] or "application/octet-stream"
        )


@bp.get("/<item_id>")
def show(item_id: str) -> str:
    """The page about an item."""
    shelf = library()
    item = shelf.item(item_id)
    return render_template(
        "item.html",
        item=item,
        at=place_in(item.id),
        downloads=downloads(item),
        as_zip=take_home.size(item) if take_home.several(item) else 0,
        neighbours=_neighbours(shelf, item),
    )


@bp.get("/<item_id>/take-home.zip")
def take_home_zip(item_id: str) -> Response:
    """All files of an item that has several, captions too."""
    shelf = library()
    item = shelf.item(item_id)
    if not take_home.several(item):
        abort(404)
    title = item.title_in(me.language)
    pieces = take_home.stream(item, shelf.store.path(item.id), title)
    response = Response(pieces, mimetype="application/zip")
    name = take_home.file_name(title, item.id)
    response.headers["Content-Disposition"] = attachment(name)
    return response


@bp.get("/<item_id>/download")
def download(item_id: str) -> Response:
    """The item's file; of several the one that the address numbers."""
    item = library().item(item_id)
    files = downloads(item)
    number = request.args.get("file", "0")
    if not number.isdecimal() or len(number) > 5 or int(number) >= len(files):  # noqa: PLR2004 - more than any album
        abort(404)
    file = files[int(number)]
    return stored_file(item.id, file.path, file.mime, download_name=file.name)


def downloads(item: Item) -> list[Download]:
    """The files that the item was made from, the main one first.

    A single file is named by the title, which says more than ``scan0001.pdf``.
    """
    if item.kind in take_home.STAYS:
        return []
    originals = [file for file in item.files if file.path.startswith(_ORIGINALS)]
    if item.kind is not Kind.ALBUM:
        originals.sort(key=lambda file: -file.size)
    title = item.title_in(me.language)[:_LONGEST_NAME]
    found = []
    for index, file in enumerate(originals):
        own = PurePosixPath(file.path).name
        renamed = index == 0 and item.kind is not Kind.ALBUM
        name = title + PurePosixPath(own).suffix.lower() if renamed else own
        found.append(Download(file.path, name, file.size))
    return found


def _neighbours(shelf: Library, item: Item) -> list[Card]:
    """Other items of its collection, else of its subject."""
    about = item.shown
    if about.collection:
        filters = Filters(collection=about.collection)
    elif about.subject:
        filters = Filters(subject=about.subject, languages=about.languages)
    else:
        return []
    cards = shelf.remembered(
        ("neighbours", filters),
        lambda: shelf.catalog.cards(filters, order=Order.TITLE, limit=_NEIGHBOURS + 1),
    )
    return [card for card in cards if card.id != item.id][:_NEIGHBOURS]
