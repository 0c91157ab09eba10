# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run of bringing works with."""

import msgspec

from appliance.content.exchange import Before
from appliance.content.progress import Progress
from appliance.content.room import Reserve
from appliance.content.shelf import Shelf


class Work(msgspec.Struct, frozen=True):
    """What a run works with.

    Attributes:
        before: told what is about to change.
    """

    shelf: Shelf
    progress: Progress
    reserve: Reserve
    before: Before
