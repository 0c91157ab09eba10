# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue for reading apps: OPDS 1.2 (Atom) and 2.0 (JSON).

https://specs.opds.io/opds-1.2 and https://specs.opds.io/opds-2.0
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from flask import Blueprint, Response, g, render_template, request

from appliance.content.catalog import Order
from appliance.content.item import Item
from appliance.errors import UnknownItemError
from appliance.language import language_name
from webapp.portal import choice, names
from webapp.portal.answer import cached_file
from webapp.portal.interface import gettext, me
from webapp.portal.item import downloads
from webapp.portal.library import Library, library
from webapp.portal.paging import Paging
from webapp.portal.search import words

bp = Blueprint("opds", __name__, url_prefix="/opds")

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
JSON = "application/opds+json"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"

_PAGE = 30
_NEVER = "2026-01-01T00:00:00Z"


class Way(msgspec.Struct, frozen=True):
    """An entry of a navigation feed: a name, the query of the list behind it, how many it has."""

    title: str
    query: str
    count: int


class Publication(msgspec.Struct, frozen=True):
    """An item, and where it is had: its file, else the page on which it opens.

    Attributes:
        mime: of what is there.
        size: bytes; 0 of a page.
    """

    item: Item
    address: str
    mime: str
    size: int = 0


class Listing(msgspec.Struct, frozen=True):
    """A page of publications."""

    title: str
    publications: Sequence[Publication]
    count: int
    paging: Paging


@bp.get("")
@bp.get("/")
def root() -> Response:
    """The first feed: ways into the catalogue."""
    return _atom("opds/navigation.xml", NAVIGATION, ways=_ways(library()), updated=_updated())


@bp.get("/books")
def books() -> Response:
    """A page of what the filters in the address leave."""
    return _atom("opds/acquisition.xml", ACQUISITION, feed=_listing(library()), updated=_updated())


@bp.get("/search")
def search() -> Response:
    """What is found for the words in the address."""
    return _atom("opds/acquisition.xml", ACQUISITION, feed=_found(library()), updated=_updated())


@bp.get("/search.xml")
def search_description() -> Response:
    """How to search, in OpenSearch 1.1."""
    return _atom("opds/search.xml", "application/opensearchdescription+xml")


@bp.get("/v2")
def root_v2() -> Response:
    """The first feed as JSON."""
    ways = [
        {"title": way.title, "href": f"/opds/v2/books{way.query}", "type": JSON}
        for way in _ways(library())
    ]
    return _json({"metadata": {"title": _school()}, "links": _links(), "navigation": ways})


@bp.get("/v2/books")
def books_v2() -> Response:
    """A page of what the filters leave, as JSON."""
    return _json_listing(_listing(library()))


@bp.get("/v2/search")
def search_v2() -> Response:
    """What is found, as JSON."""
    return _json_listing(_found(library()))


@bp.get("/cover/<item_id>.jpg")
def cover(item_id: str) -> Response:
    """A cover in a format that OPDS allows."""
    item = library().item(item_id)
    return cached_file(library().covers.jpeg(item), "image/jpeg")


def _ways(shelf: Library) -> list[Way]:
    facets = shelf.facets(choice.filters_of(request.args))
    found = [
        Way(gettext("New on the shelf"), "?", sum(facets.kinds.values())),
        Way(gettext("By title"), "?order=title", sum(facets.kinds.values())),
    ]
    sources: tuple[tuple[str, dict[Any, int], Callable[[Any], str]], ...] = (
        ("collection", facets.collections, str),
        ("kind", facets.kinds, lambda kind: gettext(names.KINDS[kind])),
        ("subject", facets.subjects, lambda key: gettext(names.subject(key))),
        ("grade", facets.grades, lambda grade: names.grade(grade, gettext)),
        ("language", facets.languages, lambda code: language_name(code, g.visitor.language)),
        ("audience", facets.audiences, lambda who: gettext(names.AUDIENCES[who])),
    )
    for field, counts, name in sources:
        for value, count in counts.items():
            found.append(Way(name(value), choice.query([(field, str(value))]), count))
    return found


def _listing(shelf: Library) -> Listing:
    filters = choice.filters_of(request.args)
    order = Order.TITLE if request.args.get("order") == Order.TITLE else Order.NEWEST
    count = shelf.remembered(("count", filters), lambda: shelf.catalog.count(filters))
    kept = [*choice.pairs(filters), *([("order", "title")] if order is Order.TITLE else [])]
    paging = Paging.of(request.args.get("page", ""), count, _PAGE, kept)
    cards = shelf.catalog.cards(filters, order=order, limit=_PAGE, offset=paging.offset)
    return Listing(_school(), _publications(shelf, [card.id for card in cards]), count, paging)


def _found(shelf: Library) -> Listing:
    query = words(request.args.get("q", "") or request.args.get("query", ""))
    asked = Paging.of(request.args.get("page", ""), 10_000, _PAGE, ())
    results = shelf.search.search(query, offset=asked.offset, limit=_PAGE)
    paging = Paging.of(str(asked.page), results.total_estimate, _PAGE, [("q", query)])
    ids = list(dict.fromkeys(hit.id for hit in results.hits))
    return Listing(
        query or gettext("Search"), _publications(shelf, ids), results.total_estimate, paging
    )


def _publications(shelf: Library, ids: list[str]) -> list[Publication]:
    found: list[Publication] = []
    for item_id in ids:
        try:
            found.append(_had(shelf.item(item_id)))
        except UnknownItemError:
            continue  # taken off the shelf in this very moment
    return found


def _had(item: Item) -> Publication:
    """Courses and quizzes are no files: a reading app opens them in the browser."""
    for file in downloads(item)[:1]:
        return Publication(item, f"/item/{item.id}/download", file.mime, file.size)
    return Publication(item, f"/item/{item.id}/read", "text/html")


def _updated() -> str:
    newest = library().catalog.cards(limit=1)
    return newest[0].added if newest else _NEVER


def _school() -> str:
    name: str = g.settings.school_name
    return name or gettext("School library")


def _atom(template: str, mime: str, **facts: object) -> Response:
    return Response(render_template(template, **facts), content_type=f"{mime};charset=utf-8")


def _json(feed: dict[str, object]) -> Response:
    return Response(msgspec.json.encode(feed), content_type=JSON)


def _links(*others: dict[str, object]) -> list[dict[str, object]]:
    return [
        {"rel": "self", "href": request.full_path.rstrip("?"), "type": JSON},
        {"rel": "start", "href": "/opds/v2", "type": JSON},
        {"rel": "search", "href": "/opds/v2/search{?query}", "type": JSON, "templated": True},
        *others,
    ]


def _json_listing(listing: Listing) -> Response:
    paging = listing.paging
    turns = [("previous", paging.before), ("next", paging.after)]
    steps: list[dict[str, object]] = [
        {"rel": rel, "href": request.path + query, "type": JSON} for rel, query in turns if query
    ]
    return _json(
        {
            "metadata": {
                "title": listing.title,
                "numberOfItems": listing.count,
                "itemsPerPage": paging.size,
                "currentPage": paging.page,
            },
            "links": _links(*steps),
            "publications": [_publication(entry) for entry in listing.publications],
        }
    )


def _publication(entry: Publication) -> dict[str, object]:
    """A publication as the Readium Web Publication Manifest writes it."""
    item, about = entry.item, entry.item.shown
    facts: dict[str, object] = {
        "@type": names.SCHEMA[item.kind],
        "identifier": f"urn:chashma:{item.id}",
        "title": item.title_in(me.language),
        "modified": item.added,
        "author": [{"name": author} for author in about.authors],
        "language": list(about.languages),
        "description": about.description,
        "published": about.date,
        "subject": [gettext(names.subject(about.subject))] if about.subject else [],
        "numberOfPages": item.details.pages,
        "duration": item.details.seconds,
    }
    had: dict[str, object] = {"rel": OPEN_ACCESS, "href": entry.address, "type": entry.mime}
    if entry.size:
        had["properties"] = {"size": entry.size}
    return {
        "metadata": {name: value for name, value in facts.items() if value},
        "links": [
            had,
            {"rel": "alternate", "href": f"/item/{item.id}", "type": "text/html"},
        ],
        "images": [{"href": f"/opds/cover/{item.id}.jpg", "type": "image/jpeg"}],
    }
