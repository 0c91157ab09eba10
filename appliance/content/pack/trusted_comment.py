# SPDX-License-Identifier: GPL-3.0-or-later
"""What a signature says in its trusted comment: over which pack it is, and until when."""

import datetime
import re

import msgspec

from appliance.content.pack.info import PackInfo
from appliance.errors import RefusalError

_FORM = re.compile(
    r"chashma pack ([a-z0-9-]{1,64}) version ([0-9]{1,16}) made (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r"(?: until (\d{4}-\d\d-\d\d))?",
    re.ASCII,
)


class PackComment(msgspec.Struct, frozen=True):
    """A trusted comment over a pack.

    Attributes:
        id: of the series, with ``version`` and ``made`` as in ``PackInfo``.
        until: last day on which the signature counts; None: it has no end.
    """

    id: str
    version: int
    made: str
    until: datetime.date | None = None

    @property
    def text(self) -> str:
        """As it is signed."""
        end = f" until {self.until.isoformat()}" if self.until else ""
        return f"chashma pack {self.id} version {self.version} made {self.made}{end}"


def comment_for(info: PackInfo, until: datetime.date | None = None) -> PackComment:
    """The comment that belongs to a pack."""
    return PackComment(info.id, info.version, info.made, until)


def read_comment(text: str) -> PackComment:
    """Take a trusted comment apart.

    Raises:
        RefusalError: signature-other-pack: it speaks of something else.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise RefusalError("signature-other-pack")
    try:
        until = datetime.date.fromisoformat(found[4]) if found[4] else None
    except ValueError as exc:
        raise RefusalError("signature-other-pack") from exc
    return PackComment(found[1], int(found[2]), found[3], until)
