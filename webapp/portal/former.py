# SPDX-License-Identifier: GPL-3.0-or-later
"""Editions that are gone: who still asks for one is led to what took its place."""

from urllib.parse import quote

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from appliance.errors import UnknownItemError
from webapp.portal.library import library

bp = Blueprint("former", __name__)


@bp.get("/former/zim/<item_id>/<path:entry>")
def archive(item_id: str, entry: str) -> ResponseReturnValue:
    """A page of an archive; nginx asks this for the read host where the archive is gone."""
    heir = library().catalog.heir(item_id)
    if not heir:
        raise UnknownItemError(item_id)
    return redirect(f"/zim/{heir}/{quote(entry)}")
