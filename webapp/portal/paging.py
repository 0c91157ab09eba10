# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists in pages."""

from collections.abc import Sequence

import msgspec

from webapp.portal.choice import query


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list is shown, and the addresses of the others.

    Attributes:
        page: counted from 1.
        last: the number of the last page, at least 1.
        size: entries on a page.
        kept: what the address says besides the page.
        missed: the address asked for a page that does not exist.
    """

    page: int
    last: int
    size: int
    kept: tuple[tuple[str, str], ...] = ()
    missed: bool = False

    @classmethod
    def of(cls, asked: str, count: int, size: int, kept: Sequence[tuple[str, str]]) -> "Paging":
        """The page that an address asks for, of a list of ``count`` entries."""
        last = max(1, -(-count // size))
        wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1  # noqa: PLR2004 - more than any list
        page = min(max(wanted, 1), last)
        return cls(page, last, size, tuple(kept), missed=wanted > last)

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.page - 1) * self.size

    @property
    def before(self) -> str:
        """The address of the page before, or empty."""
        return self.address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page, or empty."""
        return self.address(self.page + 1) if self.page < self.last else ""

    def address(self, page: int) -> str:
        """The query string of a page."""
        return query([*self.kept, *([("page", str(page))] if page > 1 else [])])
