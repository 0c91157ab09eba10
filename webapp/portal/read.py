# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers: one page for each kind of item, which remembers where somebody stopped."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from appliance.content.item import Item, Kind
from appliance.content.made_files import MadeBusyError
from appliance.content.page_image import WIDTHS, PageImageError
from webapp.portal import (
    read_app,
    read_frame,
    read_media,
    read_page,
    read_pages,
    read_play,
)
from webapp.portal.answer import cached_file
from webapp.portal.library import Library, library
from webapp.portal.opening import Opening
from webapp.portal.places import Place, clean_place, keep
from webapp.portal.reading import catch_up, keep_place, start_place

bp = Blueprint("read", __name__, url_prefix="/item")

_BUSY_SECONDS = "2"

READERS: dict[Kind, Callable[[Library, Item, str], Opening]] = {
    Kind.ZIM: read_frame.zim,
    Kind.HTML: read_frame.html,
    Kind.EPUB: read_frame.epub,
    Kind.PDF: read_pages.pdf,
    Kind.ALBUM: read_pages.album,
    Kind.VIDEO: read_media.video,
    Kind.AUDIO: read_media.audio,
    Kind.APP: read_app.app,
    Kind.PAGE: read_page.page,
    Kind.H5P: read_play.h5p,
    Kind.SCORM: read_play.scorm,
}

DOORS = {Kind.COURSE: "course", Kind.QUIZ: "quiz"}
"""Kinds that have pages of their own."""


@bp.get("/<item_id>/read")
def show(item_id: str) -> BaseResponse:
    """An item at the place that the address names, else where this browser stopped."""
    item = library().item(item_id)
    if item.kind in DOORS:
        return redirect(f"/{DOORS[item.kind]}/{item.id}")
    catch_up([item])
    asked = request.args.get("at")
    at = start_place(item) if asked is None else clean_place(asked)
    opening = READERS[item.kind](library(), item, at)
    keep_place(item, opening.at)
    response = make_response(
        render_template(opening.template, item=item, at=opening.at, **opening.facts)
    )
    keep(response, Place(item.id, opening.at))
    return response


@bp.get("/<item_id>/page/<int:page>.jpg")
def page_picture(item_id: str, page: int) -> Response:
    """The picture of a page of a PDF."""
    item = library().item(item_id)
    width = request.args.get("w", str(WIDTHS[0]))
    if item.kind is not Kind.PDF or width not in map(str, WIDTHS):
        abort(404)
    try:
        picture = library().pages.picture(item, page, int(width))
    except PageImageError:
        abort(404)
    except MadeBusyError:
        # The page's script asks again; without script the browser's own reload does.
        return Response(status=503, headers={"Retry-After": _BUSY_SECONDS})
    return cached_file(picture, "image/jpeg")
