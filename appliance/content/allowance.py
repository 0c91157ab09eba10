# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of a drive is looked at: there may be a hundred thousand files on it."""

import sys
from collections.abc import Sequence


class Allowance:
    """So many names of files and folders may be looked at, and no more.

    Attributes:
        is_spent: whether something was left out for that.
    """

    def __init__(self, most: int = sys.maxsize) -> None:
        self._left = most
        self.is_spent = False

    def of(self, names: Sequence[str]) -> Sequence[str]:
        """As many of the names as may still be looked at."""
        kept = names[: self._left]
        self._left -= len(kept)
        self.is_spent = self.is_spent or len(kept) < len(names)
        return kept
