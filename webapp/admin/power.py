# SPDX-License-Identifier: GPL-3.0-or-later
"""Switching off, starting anew, and the clock."""

from contextlib import suppress
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentError,
    PowerOff,
    ReadClock,
    RepairData,
    Restart,
    RestartService,
    SetClock,
)
from appliance.clock.state import ClockState
from appliance.language import N_
from appliance.school.activity import Action
from appliance.services.service import services
from webapp.admin import box_wording
from webapp.admin.answer import tell
from webapp.admin.box import reason, told
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext
from webapp.admin.office import office

bp = Blueprint("power", __name__, url_prefix="/power")

_CLOCK_SET = N_("The clock of the box is set.")
_NO_TIME = N_("Write the day and the time, for example 2026-09-01 08:30.")
_STARTED = N_("“%(name)s” starts anew. It may take some seconds.")
_WIRE = "%Y-%m-%dT%H:%M:%SZ"
_TYPED = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M")


@bp.get("")
def show() -> ResponseReturnValue:
    """Everything that can be done to the box as a whole."""
    clock, problem = read_clock()
    names = [service.name for service in services(office().config)]
    return render_template(
        "power/show.html",
        clock=clock,
        problem=problem,
        confidence=box_wording.CONFIDENCES[clock.confidence] if clock else "",
        service_names={name: box_wording.SERVICES.get(name, name) for name in names},
    )


@bp.route("/off", methods=["GET", "POST"])
def off() -> ResponseReturnValue:
    """Switch the box off, after a question."""
    return _after_a_question("off", PowerOff(), Action.POWERED_OFF, back="power.show")


@bp.route("/restart", methods=["GET", "POST"])
def restart() -> ResponseReturnValue:
    """Start the box anew, after a question."""
    return _after_a_question("restart", Restart(), Action.RESTARTED, back="power.show")


@bp.route("/repair", methods=["GET", "POST"])
def repair() -> ResponseReturnValue:
    """Have the data partition checked and mended, after a question."""
    return _after_a_question("repair", RepairData(), Action.DATA_REPAIRED, back="power.repair")


def _after_a_question(
    ending: str, wish: PowerOff | Restart | RepairData, action: Action, *, back: str
) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template(f"power/{ending}.html")
    with told():
        ask(office().config, wish)
        office().activity.note(signed_in(), action)
        return render_template("power/ending.html", ending=ending)
    return redirect(url_for(back))


@bp.post("/service")
def service() -> ResponseReturnValue:
    """Start one part of the box anew."""
    name = request.form.get("name", "")
    with told():
        ask(office().config, RestartService(name))
        office().activity.note(signed_in(), Action.SERVICE_RESTARTED, name=name)
        tell(_STARTED, name=gettext(box_wording.SERVICES.get(name, name)))
    return redirect(url_for("power.show"))


@bp.post("/time")
def time() -> ResponseReturnValue:
    """Set the clock of the box."""
    set_clock()
    return redirect(url_for("power.show"))


def read_clock() -> tuple[ClockState | None, str]:
    """The box's clock; or why it cannot be read, as on a laptop."""
    try:
        return ask(office().config, ReadClock()), ""
    except AgentError as exc:
        return None, reason(exc)


def set_clock() -> bool:
    """Set the clock to what the form brought: the phone's time, or what somebody typed.

    Where it does not work the next page says why.
    """
    wanted = _time_of_form()
    if wanted is None:
        tell(_NO_TIME, "warning")
        return False
    with told():
        ask(office().config, SetClock(wanted.strftime(_WIRE)))
        # Signed anew: a signature from the future is not valid, and the clock may have gone back.
        session.modified = True
        office().activity.note(signed_in(), Action.CLOCK_SET)
        tell(_CLOCK_SET)
        return True
    return False


def vouch_for_clock() -> None:
    """Somebody has looked at the box's time and says that it is right: a person stands for it.

    That the agent may not hear it matters little; the first page then asks once more.
    """
    with suppress(AgentError):
        ask(office().config, SetClock(datetime.now(UTC).strftime(_WIRE)))


def _time_of_form() -> datetime | None:
    """The script gives UTC; who types means the box's own zone."""
    for name, form in (("time", _WIRE), *(("local", form) for form in _TYPED)):
        try:
            given = datetime.strptime(request.form.get(name, "").strip(), form)  # noqa: DTZ007 - the zone comes next
            return given.replace(tzinfo=UTC) if name == "time" else given.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
