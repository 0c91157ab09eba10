# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters in an address: read from it, and written back with one choice more or less."""

from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec
from werkzeug.datastructures import MultiDict

from appliance.content.catalog import Facets
from appliance.content.filters import Filters
from appliance.content.item import Audience, Kind
from webapp.portal.visitor import content_languages

_GRADES = range(12)
_LONGEST = 200


class Link(msgspec.Struct, frozen=True):
    """One choice of a filter.

    Attributes:
        field: the name in the address, as in ``subject``.
        value: what the address says.
        count: how many items it leaves.
        chosen: whether it is on.
        address: the query string that turns it on, or off where it is on.
    """

    field: str
    value: str
    count: int
    chosen: bool
    address: str


def filters_of(arguments: MultiDict[str, str]) -> Filters:
    """The filters of an address; what makes no sense is left out."""
    grade = arguments.get("grade", "")
    return Filters(
        kinds=tuple(Kind(kind) for kind in _each(arguments.getlist("kind"), Kind)),
        languages=content_languages(arguments.getlist("language")),
        subject=_text(arguments.get("subject", "")),
        grade=int(grade) if grade in map(str, _GRADES) else None,
        audience=next(
            (Audience(name) for name in _each(arguments.getlist("audience"), Audience)), None
        ),
        collection=_text(arguments.get("collection", "")),
    )


def pairs(filters: Filters) -> list[tuple[str, str]]:
    """The filters as names and values of an address."""
    found = [("kind", kind.value) for kind in filters.kinds]
    found += [("language", code) for code in filters.languages]
    for field in ("subject", "grade", "audience", "collection"):
        value = getattr(filters, field)
        if value not in ("", None):
            found.append((field, str(value)))
    return found


def query(found: Iterable[tuple[str, str]]) -> str:
    """The query string of an address, with its question mark; empty where nothing is chosen."""
    text = urlencode(list(found))
    return f"?{text}" if text else "?"


def links(
    filters: Filters, facets: Facets, besides: Iterable[tuple[str, str]] = ()
) -> dict[str, list[Link]]:
    """For each field the choices that leave something, and those that are on.

    ``besides`` is what the addresses say before them.
    """
    others = list(besides)
    counted: dict[str, dict[str, int]] = {
        "kind": facets.kinds,
        "language": facets.languages,
        "subject": facets.subjects,
        "grade": {str(grade): count for grade, count in facets.grades.items()},
        "audience": facets.audiences,
        "collection": facets.collections,
    }
    return {
        field: [_link(filters, others, field, value, count) for value, count in counts.items()]
        for field, counts in counted.items()
    }


def chosen(filters: Filters) -> list[Link]:
    """The choices that are on, each with the address that takes it off."""
    return [_link(filters, [], field, value, 0) for field, value in pairs(filters)]


def _link(
    filters: Filters, others: list[tuple[str, str]], field: str, value: str, count: int
) -> Link:
    on = pairs(filters)
    if (field, value) in on:
        rest = [pair for pair in on if pair != (field, value)]
        return Link(field, value, count, chosen=True, address=query(others + rest))
    several = field in ("kind", "language")
    kept = [pair for pair in on if several or pair[0] != field]
    return Link(field, value, count, chosen=False, address=query([*others, *kept, (field, value)]))


def _each(values: list[str], of: type[Kind] | type[Audience]) -> list[str]:
    known = {choice.value for choice in of}
    return [value for value in dict.fromkeys(values) if value in known]


def _text(value: str) -> str:
    value = value.strip()
    return value if value.isprintable() and len(value) <= _LONGEST else ""
