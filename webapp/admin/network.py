# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the network under the feet of whoever changes it.

The phone that asks is on the very network that goes away. So it is told everything beforehand, the
answer leaves before the agent is asked, and the agent goes back unless somebody keeps the change.
"""

import time
from collections.abc import Callable

from flask import make_response, render_template
from werkzeug import Response

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentError,
    AgentRefusedError,
    ChangeHotspot,
    RevertHotspot,
)
from appliance.hotspot.settings import HotspotSettings
from appliance.school.activity import Action
from webapp.admin.box import reason
from webapp.admin.gate import signed_in
from webapp.admin.office import Office, office
from webapp.admin.trial import SECONDS, Trial

DELIVERY_SECONDS = 1.0
"""For the answer to reach the phone before its network goes."""


def begin(settings: HotspotSettings, before: HotspotSettings) -> Response:
    """Ask for the change as soon as the page is out that says how to follow it."""
    desk = office()
    desk.trials.begin(settings, before)
    desk.activity.note(signed_in(), Action.HOTSPOT_CHANGED, name=settings.name)
    page = render_template("hotspot/waiting.html", **facts())
    return _afterwards(page, lambda: _change(desk, settings))


def go_back(trial: Trial) -> Response:
    """Take the change back as soon as the page is out that names the network of before."""
    desk = office()
    desk.activity.note(signed_in(), Action.HOTSPOT_REVERTED, name=trial.before.name)
    desk.trials.end()
    page = render_template("hotspot/back.html", network=trial.before)
    return _afterwards(page, lambda: _revert(desk))


def facts() -> dict[str, object]:
    """What the page of a waiting change shows."""
    trials = office().trials
    trial = trials.last()
    state = trials.waiting()
    return {
        "trial": trial,
        "state": state,
        "reason": reason(AgentRefusedError(trial.refusal)) if trial and trial.refusal else "",
        "over": trial is not None and state is None and trials.is_over(trial),
        "seconds": SECONDS if state is None else state.unconfirmed_seconds,
    }


def _change(desk: Office, settings: HotspotSettings) -> None:
    try:
        ask(desk.config, ChangeHotspot(settings))
    except AgentError as exc:
        desk.trials.fail(exc)


def _revert(desk: Office) -> None:
    try:
        ask(desk.config, RevertHotspot())
    except AgentError:
        # It goes back by itself anyway; the next page shows what is.
        return


def _afterwards(page: str, act: Callable[[], None]) -> Response:
    def run() -> None:
        time.sleep(DELIVERY_SECONDS)
        act()

    response = make_response(page)
    # WSGI servers close an answer when all of it has been sent (PEP 3333).
    response.call_on_close(run)
    return response
