# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page, the page after the wizard, and the list of all pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from appliance.content.filters import Filters
from appliance.health.health import read_health
from webapp.admin import stick
from webapp.admin.job_words import title
from webapp.admin.office import office
from webapp.admin.state import troubles

bp = Blueprint("home", __name__)

_RECENT = 50


@bp.get("/")
def start() -> ResponseReturnValue:
    """How the box is, and what there is to do."""
    health = read_health(office().config, measure_seconds=0)
    jobs = office().jobs.recent(_RECENT, verbs=stick.LONG_VERBS)
    return render_template(
        "home.html",
        items=office().catalog.count(Filters(hidden=True)),
        troubles=troubles(health),
        running=[(job, title(job)) for job in jobs if not job.over],
    )


@bp.get("/welcome")
def welcome() -> ResponseReturnValue:
    """What to do next, after the wizard."""
    return render_template("welcome.html")


@bp.get("/more")
def more() -> ResponseReturnValue:
    """Every page that the person may open."""
    return render_template("more.html")
