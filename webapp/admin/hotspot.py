# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's Wi-Fi: how it is, how it shall be, and a sheet for the wall."""

import segno
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from segno.helpers import make_wifi_data

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentAbsentError,
    AgentError,
    ConfirmHotspot,
    ReadHotspot,
    RevertHotspot,
)
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState
from appliance.language import N_, UI_LANGUAGES
from appliance.school.activity import Action
from webapp.admin import box_wording, network
from webapp.admin.answer import tell
from webapp.admin.box import reason, told
from webapp.admin.countries import country_name
from webapp.admin.forms.hotspot import PREFIX, HotspotForm, values_of
from webapp.admin.gate import signed_in
from webapp.admin.interface import gettext, translations
from webapp.admin.office import office

bp = Blueprint("hotspot", __name__, url_prefix="/hotspot")

WORLD = N_("Tajikistan (world rules)")
_KEPT = N_("The network “%(name)s” is kept.")
_WRONG = N_("The network cannot run so. Nothing was changed.")
_SAME = N_("Nothing was changed, so the network stays as it is.")
# In the order of the poster; each is said in every language.
_POSTER = {
    "title": N_("The school's library"),
    "join": N_("Join this Wi-Fi network:"),
    "password": N_("Password:"),
    "open": N_("No password is needed."),
    "then": N_("Then open in the browser:"),
    "stay": N_("If the phone asks whether to stay connected without internet, answer yes."),
    "scan": N_("Or point the phone's camera here."),
}


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The network now, and the form to change it; what was sent is shown once more to be sure."""
    try:
        state = ask(office().config, ReadHotspot())
    except AgentError as exc:
        return _absent(exc)
    form = _form(state)
    wanted = form.accept(state.settings) if request.method == "POST" else None
    if wanted == state.settings:
        tell(_SAME)
        return redirect(url_for("hotspot.show"))
    if wanted is not None:
        return render_template("hotspot/sure.html", form=form, network=wanted)
    return render_template("hotspot/show.html", form=form, past=_past(state), **_facts(state))


@bp.get("/part")
def part() -> ResponseReturnValue:
    """How the network is, for the script that keeps it fresh."""
    try:
        state = ask(office().config, ReadHotspot())
    except AgentError as exc:
        return render_template("hotspot/_silent.html", reason=reason(exc))
    return render_template("hotspot/_state.html", **_facts(state))


@bp.post("/change")
def change() -> ResponseReturnValue:
    """Change it, on trial."""
    with told():
        state = ask(office().config, ReadHotspot())
        wanted = _form(state).accept(state.settings)
        if wanted is not None:
            return network.begin(wanted, state.settings)
        tell(_WRONG, "warning")
    return redirect(url_for("hotspot.show"))


@bp.get("/waiting")
def waiting() -> ResponseReturnValue:
    """The change that waits to be kept."""
    if office().trials.last() is None:
        return redirect(url_for("hotspot.show"))
    return render_template("hotspot/waiting.html", **network.facts())


@bp.get("/waiting/part")
def waiting_part() -> ResponseReturnValue:
    """How far the change is, for the script that keeps it fresh."""
    return render_template("hotspot/_trial.html", **network.facts())


@bp.post("/keep")
def keep() -> ResponseReturnValue:
    """Keep the change; only from the changed network."""
    with told():
        state = ask(office().config, ConfirmHotspot(request.remote_addr or ""))
        office().trials.end()
        office().activity.note(signed_in(), Action.HOTSPOT_KEPT, name=state.settings.name)
        tell(_KEPT, name=state.settings.name)
    return redirect(url_for("hotspot.show"))


@bp.post("/back")
def back() -> ResponseReturnValue:
    """Go back at once to the network of before."""
    trial = office().trials.last()
    if trial is not None:
        return network.go_back(trial)
    with told():
        ask(office().config, RevertHotspot())
    return redirect(url_for("hotspot.show"))


@bp.get("/poster")
def poster() -> ResponseReturnValue:
    """A sheet for the wall, in every language."""
    try:
        settings = ask(office().config, ReadHotspot()).settings
    except AgentError as exc:
        return _absent(exc)
    said = {
        language: {key: translations(language).gettext(text) for key, text in _POSTER.items()}
        for language in UI_LANGUAGES
    }
    return render_template("hotspot/poster.html", network=settings, said=said, code=code(settings))


def _absent(error: AgentError) -> str:
    absent = isinstance(error, AgentAbsentError)
    return render_template("hotspot/absent.html", absent=absent, reason=reason(error))


def code(settings: HotspotSettings) -> str:
    """What a phone's camera joins the network by: a drawing, as the address of a picture.

    The text is that of https://github.com/zxing/zxing/wiki/Barcode-Contents; segno writes it. UTF-8
    is asked for because segno would take Cyrillic for Shift JIS, which phones do not expect.
    """
    text = make_wifi_data(
        ssid=settings.name,
        password=settings.password or None,
        security="WPA" if settings.password else "nopass",
    )
    drawing = segno.make_qr(text, error="m", encoding="utf-8")
    return drawing.svg_data_uri(scale=5, light="#fff")


def _form(state: HotspotState) -> HotspotForm:
    form = HotspotForm(request.form, prefix=PREFIX, data=values_of(state.settings))
    form.offer(state.settings, g.language)
    return form


def _facts(state: HotspotState) -> dict[str, object]:
    world = gettext(WORLD)
    return {
        "state": state,
        "country": country_name(state.settings.country, g.language, world),
        "world": world,
        "troubles": [gettext(box_wording.HOTSPOT_TROUBLES[trouble]) for trouble in state.troubles],
        "wired_now": box_wording.WIRED_NOW[state.wired],
        "wired_meanings": {one.value: text for one, text in box_wording.WIRED_MEANINGS.items()},
    }


def _past(state: HotspotState) -> dict[str, object] | None:
    """What became of a change that nobody kept; said on this page once."""
    found = network.facts()
    if state.unconfirmed_seconds is None and (found["over"] or found["reason"]):
        office().trials.end()
        return found
    return None
