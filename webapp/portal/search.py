# SPDX-License-Identifier: GPL-3.0-or-later
"""The search page, and the suggestions while somebody types."""

from flask import Blueprint, render_template, request

from appliance.content.filters import Filters
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
    languages = filters.languages or me.content
    shelf = library()
    page = Paging.of(request.args.get("page", ""), 10_000, PAGE, ())
    results = shelf.search.search(
        query, languages=languages, kinds=filters.kinds, offset=page.offset, limit=PAGE
    )
    kept = [("q", query), *choice.pairs(filters)]
    return render_template(
        "search.html",
        query=query,
        results=results,
        paging=Paging.of(str(page.page), results.total_estimate, PAGE, kept),
        meant=choice.query([("q", results.did_you_mean), *choice.pairs(filters)]),
        choices=choice.links(filters, shelf.facets(Filters()), [("q", query)]),
        inside=None,
        everywhere=choice.query([("q", query)]),
    )


@bp.get("/suggest")
def suggest() -> str:
    """Titles that fit what is being typed, as the entries of a list box."""
    typed = words(request.args.get("q", ""))
    return render_template("suggest.html", suggestions=library().search.suggest(typed))


def words(text: str) -> str:
    """What somebody typed, of a length that makes sense."""
    return " ".join(text.split())[:_LONGEST]
