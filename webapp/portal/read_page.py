# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of a page: its elements in the portal's own look."""

from urllib.parse import quote

from flask import abort

from appliance.content.item import Item
from appliance.content.page import FILE_NAME, read_page
from appliance.errors import RefusalError
from webapp.portal.library import Library
from webapp.portal.opening import Opening


def page(shelf: Library, item: Item, at: str) -> Opening:
    """A page, as its inspector made it."""
    try:
        nodes = read_page(shelf.store.path(item.id, FILE_NAME).read_bytes())
    except (OSError, RefusalError):
        abort(404)  # `chashma check` names what a bad card has damaged
    return Opening(
        "read/page.html", "", {"nodes": nodes, "files": f"/media/{quote(item.id)}/files"}
    )
