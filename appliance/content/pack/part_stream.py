# SPDX-License-Identifier: GPL-3.0-or-later
"""A payload file as one stream, however many parts it lies in."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from appliance.content.pack.carrier import Carrier, skip
from appliance.errors import RefusalError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PartStream(io.RawIOBase):
    """Reads just as many bytes as were announced, or says that the file changed.

    One part is open at a time, and none at the end.
    """

    def __init__(self, carrier: Carrier, parts: Sequence[str], size: int, offset: int = 0) -> None:
        """Open the part that the offset lies in.

        Args:
            carrier: what the parts lie in.
            parts: their paths in the bag, in order.
            size: bytes of all.
            offset: where to begin.

        Raises:
            RefusalError: as ``Carrier.open``.
        """
        super().__init__()
        self._carrier = carrier
        self._waiting = list(reversed(parts))
        self._left = size - offset
        self._part: io.RawIOBase | None = None
        skipped = offset
        while self._waiting and self._part is None and self._left > 0:
            part, part_size = carrier.open(self._waiting.pop())
            if part_size <= skipped:
                part.close()
                skipped -= part_size
            else:
                self._part = part
                skip(part, skipped)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer, or a part of it; 0 at the end.

        Raises:
            RefusalError: changed-while-read, or as ``Carrier.open``.
        """
        view = memoryview(buffer).cast("B")
        while view:
            count = (self._part.readinto(view) or 0) if self._part else 0
            if count:
                self._left -= count
                if self._left < 0:
                    raise RefusalError("changed-while-read")
                return count
            if not self._next():
                break
        if view and self._left:
            raise RefusalError("changed-while-read")
        return 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Let the open part go."""
        if self._part:
            self._part.close()
        super().close()

    def _next(self) -> bool:
        if self._part:
            self._part.close()
            self._part = None
        if self._waiting and self._left > 0:
            self._part, _ = self._carrier.open(self._waiting.pop())
        return self._part is not None
