# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a program: there is nothing to read, only a file to take."""

from appliance.content.item import Item
from webapp.portal.library import Library
from webapp.portal.opening import Opening


def app(shelf: Library, item: Item, at: str) -> Opening:
    """A program for Android."""
    return Opening("read/app.html", "", {})
