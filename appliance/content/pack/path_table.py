# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred thousand paths in the memory of their letters."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from appliance.content.file_name import sameness, shown_name
from appliance.errors import RefusalError


class PathTable:
    """Paths in the order of their bytes, each with its number.

    A set of a hundred thousand strings takes some 20 MB, and a box has 64 for the whole worker.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        """Take paths that are sorted by their UTF-8, none of them twice."""
        self._starts = array("Q", [0])
        blob = bytearray()
        for path in paths:
            blob += path.encode("utf-8")
            self._starts.append(len(blob))
        self._blob = bytes(blob)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._raw(range(len(self))[number]).decode("utf-8")

    def find(self, path: str) -> int | None:
        """The number of a path; None if it is not there."""
        wanted = path.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._raw)
        found = number < len(self) and self._raw(number) == wanted
        return number if found else None

    def check_distinct(self) -> None:
        """See that no two paths are one to a system that ignores case or normalisation.

        Raises:
            RefusalError: duplicate-names.
        """
        marks = sorted(hash(sameness(self[number])) for number in range(len(self)))
        twice = {one for one, other in pairwise(marks) if one == other}
        wrong = twice | self._folder_marks().intersection(marks)
        if wrong:
            paths = (self[number] for number in range(len(self)))
            path = next(path for path in paths if hash(sameness(path)) in wrong)
            raise RefusalError("duplicate-names", path=shown_name(path))

    def _folder_marks(self) -> set[int]:
        """Of every folder that a path leads through: no file may have its name."""
        folders: set[int] = set()
        last = ""
        for number in range(len(self)):
            parent = self[number].rpartition("/")[0]
            if parent != last:
                last = parent
                while parent:
                    folders.add(hash(sameness(parent)))
                    parent = parent.rpartition("/")[0]
        return folders

    def _raw(self, number: int) -> bytes:
        return self._blob[self._starts[number] : self._starts[number + 1]]


def sorting(paths: Sequence[str]) -> list[int]:
    """The numbers of the paths in the order of their bytes.

    Python orders strings by code point, which is the order of their UTF-8.

    Raises:
        RefusalError: duplicate-names, where the very same path comes twice.
    """
    order = sorted(range(len(paths)), key=paths.__getitem__)
    for one, other in pairwise(order):
        if paths[one] == paths[other]:
            raise RefusalError("duplicate-names", path=shown_name(paths[one]))
    return order
