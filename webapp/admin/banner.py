# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page says at its top while something about the box needs somebody."""

from flask import Flask

from appliance.disk import state as disk
from appliance.disk.state import DataState
from webapp.admin import box_wording, network
from webapp.admin.gate import may
from webapp.admin.interface import gettext
from webapp.admin.office import office


def install(app: Flask) -> None:
    """Let the frame of every page ask."""
    app.jinja_env.globals.update(data_warning=data_warning, network_trial=network_trial)


def data_warning() -> str:
    """What is wrong with the place where everything is kept; empty where all is well."""
    try:
        found = DataState(disk.STATE_FILE.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return ""
    return gettext(box_wording.DATA_STATES[found]) if found in box_wording.DATA_STATES else ""


def network_trial() -> dict[str, object] | None:
    """The change of the network that waits for this person, or that nobody has kept."""
    if not may("hotspot.keep") or office().trials.last() is None:
        return None
    return network.facts()
