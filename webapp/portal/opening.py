# SPDX-License-Identifier: GPL-3.0-or-later
"""An item opened at a place."""

import msgspec


class Opening(msgspec.Struct, frozen=True):
    """What a reader's page shows.

    Attributes:
        at: the place as it really is, for the next time.
        facts: what the template needs beside the item and the place.
    """

    template: str
    at: str
    facts: dict[str, object]
