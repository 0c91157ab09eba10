# SPDX-License-Identifier: GPL-3.0-or-later
"""What was tried by itself already: the same stick fifty times does nothing fifty times."""

from pathlib import Path

import msgspec

from appliance.durable import write_file

_KEPT = 500


class Tried(msgspec.Struct, frozen=True):
    """A pack on a drive that needs no second try.

    Attributes:
        digest: of the pack: another pack of the same name is another try.
    """

    drive: str
    pack: str
    version: int
    digest: str


class Memory:
    """A short list on the disk; whoever loses it tries once more, and finds everything there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._tried = msgspec.json.decode(path.read_bytes(), type=list[Tried])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            self._tried = []

    def has(self, tried: Tried) -> bool:
        """Whether this was tried."""
        return tried in self._tried

    def add(self, tried: Tried) -> None:
        """This was tried, and came to an end.

        Raises:
            OSError: the disk is full or failing.
        """
        if tried not in self._tried:
            self._tried = [*self._tried, tried][-_KEPT:]
            write_file(self._path, msgspec.json.encode(self._tried))
