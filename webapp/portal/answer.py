# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that many pages give: files that nginx sends, and pages that say what went wrong."""

from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from appliance.errors import UnknownItemError
from webapp.portal.interface import ngettext
from webapp.portal.library import library

_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Give errors the portal's look."""
    app.register_error_handler(UnknownItemError, _unknown_item)
    app.register_error_handler(HTTPException, _error_page)


def stored_file(item_id: str, path: str, mime: str, *, download_name: str = "") -> Response:
    """A file of the store, which nginx sends in our place (with ranges)."""
    response = Response(mimetype=mime)
    response.headers["X-Accel-Redirect"] = quote(f"/_store/{item_id}/{path}")
    if download_name:
        response.headers["Content-Disposition"] = attachment(download_name)
    return response


def cached_file(path: str, mime: str) -> Response:
    """A file of the cache, which nginx sends in our place; browsers may keep it for a year."""
    response = Response(mimetype=mime)
    response.headers["X-Accel-Redirect"] = quote(f"/_cache/{path}")
    response.headers["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return response


def attachment(name: str) -> str:
    """A ``Content-Disposition`` with a name in any letters (RFC 6266, RFC 8187).

    Old browsers read ``filename``, which may hold ASCII only; all others ``filename*``.
    """
    kept = "".join(" " if not c.isprintable() or c in '/\\"' else c for c in name).strip(" .")
    ascii_name = "".join(c if c.isascii() and c not in "%;" else "_" for c in kept)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(kept, safe='')}"


def remember(response: BaseResponse, name: str, value: str) -> None:
    """Set a cookie of ours that says nothing of who somebody is, and that scripts may read."""
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax")


def remember_secret(response: BaseResponse, name: str, value: str) -> None:
    """Set a cookie of ours that is only the box's business."""
    response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="Strict")


def wait_words(seconds: int) -> str:
    """What is said to somebody who guessed wrong too often."""
    return ngettext(
        "That was wrong too often. Wait %(seconds)s second, then try again.",
        "That was wrong too often. Wait %(seconds)s seconds, then try again.",
        seconds,
    ) % {"seconds": seconds}


def _unknown_item(error: UnknownItemError) -> ResponseReturnValue:
    item_id = str(error)
    heir = error.heir or library().catalog.heir(item_id)
    if heir:
        # What a form has sent goes along: that a lesson is done counts for its new edition.
        code = 302 if request.method in ("GET", "HEAD") else 307
        return redirect(request.full_path.rstrip("?").replace(item_id, heir, 1), code=code)
    return render_template("error.html", code=404), 404


def _error_page(error: HTTPException) -> tuple[str, int]:
    code = error.code or InternalServerError.code
    return render_template("error.html", code=code), code
