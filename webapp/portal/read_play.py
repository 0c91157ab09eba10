# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers that play: exercises and lessons of others, in a frame of a host of their own."""

from flask import request

from appliance.content.item import Item
from appliance.content.scorm import read_scorm
from webapp.portal.library import Library
from webapp.portal.opening import Opening


def h5p(shelf: Library, item: Item, at: str) -> Opening:
    """An exercise."""
    return _opening(shelf, item, "h5p.html", "")


def scorm(shelf: Library, item: Item, at: str) -> Opening:
    """A package of lessons, at the one that the address means, else where they stopped."""
    # Where they stopped is in the player's state; a place counts where somebody asked for it.
    asked = request.args.get("at", "")
    package = read_scorm(shelf.store.path(item.id))
    return _opening(shelf, item, "scorm.html", package.at(asked).href if asked else "")


def _opening(shelf: Library, item: Item, player: str, at: str) -> Opening:
    source = f"{shelf.config.item_url(item.id)}/reader/{player}"
    return Opening("read/play.html", at, {"source": source})
