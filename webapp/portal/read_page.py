# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of a page: its elements in the portal's own look, and their words for a voice."""

from urllib.parse import quote

import msgspec
from flask import abort

from appliance.content.item import Item
from appliance.content.page import FILE_NAME, Element, Page, read_page, words
from appliance.content.voice import pieces
from appliance.errors import RefusalError
from webapp.portal.aloud import Aloud
from webapp.portal.library import Library
from webapp.portal.opening import Opening


class Block(msgspec.Struct, frozen=True):
    """What stands on its own in a page: a paragraph, a list, a picture.

    Attributes:
        nodes: its elements.
        pieces: what is said of it, one after the other.
        first: the number of the first of these in the page.
        narration: it is a recording of somebody who reads the page out, and the name of its
            language where there are several.
    """

    nodes: Page
    pieces: tuple[str, ...]
    first: int
    narration: Element | None = None

    @property
    def numbers(self) -> str:
        """The numbers of its pieces, as the script reads them."""
        return " ".join(str(self.first + place) for place in range(len(self.pieces)))


def page(shelf: Library, item: Item, at: str) -> Opening:
    """A page, as its inspector made it."""
    about = item.shown.languages
    return Opening(
        "read/page.html",
        "",
        {
            "blocks": blocks(shelf, item),
            "files": f"/media/{quote(item.id)}/files",
            "aloud": Aloud(shelf, f"/item/{item.id}", about[0] if about else ""),
        },
    )


def blocks(shelf: Library, item: Item) -> list[Block]:
    """The blocks of a page; it is not found if its file is damaged."""
    try:
        nodes = read_page(shelf.store.path(item.id, FILE_NAME).read_bytes())
    except (OSError, RefusalError):
        abort(404)  # `chashma check` names what a bad card has damaged
    found: list[Block] = []
    number = 0
    for node in nodes:
        # A sound that stands alone is a narration; those of the text are in its paragraphs.
        recorded = node if isinstance(node, Element) and node.tag == "audio" else None
        said = () if recorded else pieces(words((node,)))
        found.append(Block((node,), said, number, recorded))
        number += len(said)
    return found
