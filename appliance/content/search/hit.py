# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search answers."""

from urllib.parse import quote

import msgspec

from appliance.content.item import Kind
from kiwix.snippet import Segments


def reading_url(item_id: str, place: str = "") -> str:
    """The portal's address of a place in an item; of the item's own page where there is none."""
    if not place:
        return f"/item/{item_id}"
    return f"/item/{item_id}/read?at={quote(place, safe='/')}"


class Hit(msgspec.Struct, frozen=True):
    """One result.

    Attributes:
        id: of the item.
        title: of the item; ``titles`` by language code where it has several.
        languages: of the item, main one first.
        place: what to open in it, as in ``Passage.place``, or the path of a ZIM's entry; empty
            where the item itself is the result.
        place_title: the chapter's or article's, or empty.
        segments: the text around the match in pieces, each with whether it matches; plain text.
    """

    id: str
    kind: Kind
    title: str
    languages: tuple[str, ...] = ()
    place: str = ""
    place_title: str = ""
    segments: Segments = ()
    titles: dict[str, str] = {}

    def title_in(self, language: str) -> str:
        """As ``Item.title_in``."""
        return self.titles.get(language) or self.title

    @property
    def url(self) -> str:
        """The portal's address of this result."""
        return reading_url(self.id, self.place)

    @property
    def snippet(self) -> str:
        """The text around the match, without marks."""
        return "".join(text for text, _ in self.segments)


class Results(msgspec.Struct, frozen=True):
    """A page of results.

    Attributes:
        hits: best first.
        total_estimate: how many there are on all pages; archives only estimate theirs.
        did_you_mean: a query that would find something, where this one found nothing; or empty.
        partial: an archive could not be searched in time.
    """

    hits: tuple[Hit, ...] = ()
    total_estimate: int = 0
    did_you_mean: str = ""
    partial: bool = False


class Suggestion(msgspec.Struct, frozen=True):
    """A title that fits what is being typed; the fields mean what they mean in ``Hit``."""

    title: str
    id: str
    place: str = ""

    @property
    def url(self) -> str:
        """The portal's address of what has this title."""
        return reading_url(self.id, self.place)
