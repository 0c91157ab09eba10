# SPDX-License-Identifier: GPL-3.0-or-later
"""How the box is: plain words first, numbers below."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from appliance.content.filters import Filters
from appliance.health.finding import Trouble
from appliance.health.health import Health, read_health
from webapp.admin import box_wording
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office

bp = Blueprint("state", __name__, url_prefix="/box")

_NEWEST = 5
_SAID_ELSEWHERE = (Trouble.DATA_READ_ONLY, Trouble.DATA_ABSENT)
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@bp.get("")
def show() -> ResponseReturnValue:
    """Everything that is known of the box."""
    health = read_health(office().config)
    return render_template(
        "state.html",
        health=health,
        troubles=troubles(health),
        uptime=duration(health.uptime_seconds),
        now=datetime.now(UTC),
        service_names=box_wording.SERVICES,
        newest=office().catalog.cards(Filters(hidden=True), limit=_NEWEST, parts_last=True),
        items=office().catalog.count(Filters(hidden=True)),
    )


def troubles(health: Health) -> list[tuple[bool, str]]:
    """What is wrong: whether it is serious, and a sentence that says what to do.

    What is wrong with the data stands at the top of every page already.
    """
    silent = [finding.name for finding in health.findings if finding.name]
    names = ", ".join(gettext(box_wording.SERVICES.get(name, name)) for name in silent)
    found = {one.trouble: one for one in health.findings if one.trouble not in _SAID_ELSEWHERE}
    return [
        (
            one.serious,
            gettext(box_wording.TROUBLES[trouble]) % {"name": names, "number": one.number},
        )
        for trouble, one in found.items()
    ]


def duration(seconds: float) -> str:
    """A stretch of time in the largest unit that fits."""
    if seconds < _HOUR:
        minutes = int(seconds // _MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if seconds < _DAY:
        hours = int(seconds // _HOUR)
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = int(seconds // _DAY)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
