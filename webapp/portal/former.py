# SPDX-License-Identifier: GPL-3.0-or-later
"""Editions that are gone: who still asks for one is led to what took its place."""

from urllib.parse import quote

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from webapp.portal.library import library

bp = Blueprint("former", __name__)

_LED = "led"


@bp.get("/former/zim/<item_id>/<path:entry>")
def archive(item_id: str, entry: str) -> ResponseReturnValue:
    """A page of an archive; nginx asks this for the read host where the archive is gone.

    Nobody is led twice: while an undo goes on, each edition is the other's heir.
    """
    heir = library().catalog.heir(item_id)
    if not heir or _LED in request.args:
        raise NotFound
    return redirect(f"/zim/{heir}/{quote(entry)}?{_LED}=1")
