# SPDX-License-Identifier: GPL-3.0-or-later
"""What links of courses mean: names of files and archives, as they stand on the shelf."""

from collections import defaultdict
from pathlib import PurePosixPath

from appliance.content.catalog import Catalog
from appliance.content.item import ID_PATTERN, Kind


class LinkTargets:
    """The shelf by the names that links may use, as it is now; read once for many links."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._archives = {
            archive.details.name: archive.id
            for archive in sorted(catalog.of_kind(Kind.ZIM), key=lambda one: one.metadata.date)
        }
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for item_id, source in catalog.sources():
            self._whole[source].add(item_id)
            self._named[PurePosixPath(source).name].add(item_id)

    def find(self, target: str) -> str:
        """The id of the item that a link means: an item's id, a ZIM's name, or a file's name.

        Empty where there is none, or more than one.
        """
        if ID_PATTERN.fullmatch(target) and self._catalog.has(target):
            return target
        archive = self._archives.get(target.removesuffix(".zim"), "")
        if archive:
            return archive
        found = self._whole.get(target) or self._named.get(PurePosixPath(target).name, set())
        return next(iter(found)) if len(found) == 1 else ""
