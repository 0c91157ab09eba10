# SPDX-License-Identifier: GPL-3.0-or-later
"""Something that a run brings, before its turn has come."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.content.bring import SMALL
from appliance.content.delivery import Delivery
from appliance.content.item import Kind
from appliance.content.outcome import outcome
from appliance.content.result import IngestResult
from appliance.content.shelf import Shelf

Done = TypeVar("Done")


class Arrival(msgspec.Struct, frozen=True):
    """One thing whose turn will come.

    Attributes:
        source: what people know it by.
        kind: what it is meant to be; None: nothing that can be shown.
        place: where it lies: gone, if the drive is.
        size: bytes.
        prepare: looks at it when its turn has come: what shall be brought, or the result if there
            is nothing to bring. May raise ``RefusalError`` or, for our own disk, ``OSError``.
        title: of one that is refused.
    """

    source: str
    kind: Kind | None
    place: Path
    size: int
    prepare: Callable[[], Delivery | IngestResult]
    title: str = ""

    @property
    def is_small(self) -> bool:
        """Whether it can come in a batch.

        An archive gives way slowly, and a course is made of what became of those before it: these
        come alone.
        """
        return self.size < SMALL and self.kind not in (Kind.ZIM, Kind.COURSE)

    def outcome(self, shelf: Shelf, do: Callable[[], Done]) -> Done | IngestResult:
        """Do something for it; what goes wrong becomes its result.

        Raises:
            RefusalError: ``drive-removed``: the whole drive is gone.
        """
        done = outcome(self.source, self.kind, self.place, self.size, shelf, do)
        if isinstance(done, IngestResult) and done.code:
            return msgspec.structs.replace(done, title=self.title, size=self.size)
        return done
