# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf as a list that filters narrow."""

import msgspec
from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from appliance.content.catalog import Facets, Order
from appliance.content.filters import Filters
from webapp.portal import choice
from webapp.portal.interface import me
from webapp.portal.library import Library, library
from webapp.portal.paging import Paging

bp = Blueprint("browse", __name__)

PAGE = 24


@bp.get("/browse")
def show() -> str | Response:
    """A page of the items that the filters in the address leave."""
    filters = choice.filters_of(request.args)
    by_habit = not request.args.getlist("language") and bool(me.content)
    if by_habit:
        filters = msgspec.structs.replace(filters, languages=me.content)
    shelf = library()
    order = Order.TITLE if request.args.get("order") == Order.TITLE else Order.NEWEST
    count = shelf.remembered(("count", filters), lambda: shelf.catalog.count(filters))
    kept = [*choice.pairs(filters), *([("order", "title")] if order is Order.TITLE else [])]
    paging = Paging.of(request.args.get("page", ""), count, PAGE, kept)
    if paging.missed:
        return redirect(paging.address(paging.last))
    cards = shelf.remembered(
        ("cards", filters, order, paging.page),
        lambda: shelf.catalog.cards(
            filters,
            order=order,
            limit=PAGE,
            offset=paging.offset,
            # Else books drown among the dozens of pages and quizzes that each course brings.
            parts_last=order is Order.NEWEST and not filters.kinds,
        ),
    )
    return render_template(
        "browse.html",
        cards=cards,
        count=count,
        paging=paging,
        order=order,
        chosen=choice.chosen(filters),
        choices=choice.links(filters, facets(shelf, filters)),
        newest_address=choice.query(choice.pairs(filters)),
        title_address=choice.query([*choice.pairs(filters), ("order", "title")]),
    )


def facets(shelf: Library, filters: Filters) -> Facets:
    """What each further choice would leave.

    Of kinds and languages several may be on, so theirs are counted as if none were.
    """
    narrowed = shelf.facets(filters)
    kinds = shelf.facets(msgspec.structs.replace(filters, kinds=()))
    languages = shelf.facets(msgspec.structs.replace(filters, languages=()))
    return msgspec.structs.replace(narrowed, kinds=kinds.kinds, languages=languages.languages)
