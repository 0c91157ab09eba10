# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists in pages."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

_MOST_DIGITS = 8


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list is shown, and the addresses of its neighbours.

    Attributes:
        page: counted from 1.
        last: number of the last page, at least 1.
        count: entries on all pages.
        size: entries on a page.
        kept: what the address says besides the page.
    """

    page: int
    last: int
    count: int
    size: int
    kept: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, asked: str, count: int, size: int, kept: Sequence[tuple[str, str]]) -> "Paging":
        """The page that an address asks for, or the nearest that there is."""
        last = max(1, -(-count // size))
        numeric = asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS
        return cls(min(max(int(asked) if numeric else 1, 1), last), last, count, size, tuple(kept))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.page - 1) * self.size

    def address(self, page: int) -> str:
        """The query string of a page."""
        return "?" + urlencode([*self.kept, ("page", str(page))])
