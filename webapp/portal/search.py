# SPDX-License-Identifier: GPL-3.0-or-later
"""The search page, and the suggestions while somebody types."""

from flask import Blueprint, render_template, request

from appliance.content.filters import Filters
from appliance.content.item import Item
from appliance.errors import UnknownItemError
from webapp.portal import choice
from webapp.portal.interface import me
from webapp.portal.library import library
from webapp.portal.paging import Paging

bp = Blueprint("search", __name__)

PAGE = 20
_LONGEST = 200


@bp.get("/search")
def show() -> str:
    """What is found for the words in the address."""
    query = words(request.args.get("q", ""))
    filters = choice.filters_of(request.args)
    shelf = library()
    inside = _inside(request.args.get("inside", ""))
    # Who searches in one archive wants it in whatever language it is.
    languages = () if inside else filters.languages or me.content
    page = Paging.of(request.args.get("page", ""), 10_000, PAGE, ())
    results = shelf.search.search(
        query,
        languages=languages,
        kinds=filters.kinds,
        within=inside.id if inside else "",
        offset=page.offset,
        limit=PAGE,
    )
    asked = [("q", query), *([("inside", inside.id)] if inside else [])]
    kept = [*asked, *choice.pairs(filters)]
    return render_template(
        "search.html",
        query=query,
        results=results,
        paging=Paging.of(str(page.page), results.total_estimate, PAGE, kept),
        meant=choice.query([("q", results.did_you_mean), *kept[1:]]),
        choices=choice.links(filters, shelf.facets(Filters()), asked),
        inside=inside,
        everywhere=choice.query([("q", query)]),
    )


@bp.get("/suggest")
def suggest() -> str:
    """Titles that fit what is being typed, as the entries of a list box."""
    typed = words(request.args.get("q", ""))
    return render_template("suggest.html", suggestions=library().search.suggest(typed))


def _inside(item_id: str) -> Item | None:
    """The item that alone shall be searched."""
    try:
        return library().item(item_id) if item_id else None
    except UnknownItemError:
        return None


def words(text: str) -> str:
    """What somebody typed, of a length that makes sense."""
    return " ".join(text.split())[:_LONGEST]
