# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers that play: exercises and lessons of others, in a frame of a host of their own."""

from appliance.content.item import Item
from appliance.content.scorm import Sco, read_scorm
from webapp.portal.library import Library
from webapp.portal.opening import Opening


def h5p(shelf: Library, item: Item, at: str) -> Opening:
    """An exercise."""
    return _opening(shelf, item, "h5p.html", "", ())


def scorm(shelf: Library, item: Item, at: str) -> Opening:
    """A package of lessons, at the one that the place means."""
    package = read_scorm(shelf.store.path(item.id))
    return _opening(shelf, item, "scorm.html", package.at(at).href, package.scos)


def _opening(shelf: Library, item: Item, player: str, at: str, scos: tuple[Sco, ...]) -> Opening:
    origin = shelf.config.item_url(item.id)
    return Opening("read/play.html", at, {"source": f"{origin}/reader/{player}", "scos": scos})
