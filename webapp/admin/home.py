# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page, the page after the wizard, and the list of all pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from appliance.content.filters import Filters
from webapp.admin.office import office

bp = Blueprint("home", __name__)


@bp.get("/")
def start() -> ResponseReturnValue:
    """How the box is, and what there is to do."""
    return render_template("home.html", items=office().catalog.count(Filters(hidden=True)))


@bp.get("/welcome")
def welcome() -> ResponseReturnValue:
    """What to do next, after the wizard."""
    return render_template("welcome.html")


@bp.get("/more")
def more() -> ResponseReturnValue:
    """Every page that the person may open."""
    return render_template("more.html")
