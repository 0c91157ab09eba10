# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gives way to a new item, and what it inherits."""

import msgspec

from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind


def older_than(item: Item, catalog: Catalog) -> tuple[Item, ...]:
    """What the item takes the place of."""
    named = (old for old in catalog.by_name(item.details.name) if _replaces(item, old))
    found = {old.id: old for old in named}
    if item.edition:
        same = catalog.by_identifier(item.edition.identifier)
        found.update((old.id, old) for old in same)
    found.pop(item.id, None)
    return tuple(found.values())


def heir_of(new: Item, older: tuple[Item, ...]) -> Item:
    """What staff made of the older edition holds for the newer one, except its date."""
    for old in older:
        edited = old.edited and msgspec.structs.replace(old.edited, date=new.metadata.date)
        new = msgspec.structs.replace(
            new,
            edited=edited,
            hidden=old.hidden,
            featured=old.featured,
            former=(*new.former, *old.former, old.id),
        )
    return new


def _replaces(new: Item, old: Item) -> bool:
    """A newer edition of an archive replaces the older; a film with other captions the former."""
    if new.kind is Kind.ZIM:
        return old.kind is Kind.ZIM and new.metadata.date > old.metadata.date
    return new.kind is old.kind
