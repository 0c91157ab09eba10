# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inspector tells of the files that it was shown."""

import msgspec

from appliance.content.item import Details, Kind, Metadata
from appliance.content.result import Notice

TEXT_FILE = "text.jsonl"
"""Beside the item's files: one ``Passage`` as JSON a line, in reading order."""

COVER_FILE = "cover.webp"
"""Likewise: its picture for the shelf."""

DRAWN_COVER_FILE = "cover.png"
"""Likewise, where no picture came with it: a card with its title."""


class Inspection(msgspec.Struct, frozen=True):
    """The outcome for files that may go on the shelf.

    Attributes:
        metadata: what the files themselves say; the title may be empty.
        cover: name of the cover picture that was written into the folder, or empty.
        warnings: codes of ``appliance.reasons`` for what is odd but no reason to refuse.
        notices: likewise, where the sentence needs more than its code.
        kind: what the files turned out to be, where names cannot tell.
    """

    metadata: Metadata
    details: Details
    cover: str = ""
    warnings: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    kind: Kind | None = None
