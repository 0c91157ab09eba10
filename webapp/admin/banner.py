# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page says at its top while something about the box needs somebody."""

from flask import Flask

from appliance.card.problems import PROBLEMS
from appliance.card.settings import FILE_NAME, CardProblem
from appliance.disk import state as disk
from appliance.disk.state import DataState
from appliance.language import N_
from webapp.admin import box_wording, network
from webapp.admin.gate import may
from webapp.admin.interface import gettext
from webapp.admin.office import office

_LINE = N_("%(file)s, line %(line)d")


def install(app: Flask) -> None:
    """Let the frame of every page ask."""
    app.jinja_env.globals.update(
        data_warning=data_warning, card_problems=card_problems, network_trial=network_trial
    )


def data_warning() -> str:
    """What is wrong with the place where everything is kept; empty where all is well."""
    try:
        found = DataState(disk.STATE_FILE.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return ""
    return gettext(box_wording.DATA_STATES[found]) if found in box_wording.DATA_STATES else ""


def card_problems() -> list[str]:
    """The lines of ``chashma.toml`` that do not count, for those who can mend them."""
    if not may("record.show"):
        return []
    report = office().card.report()
    return [] if report is None else [_problem(one) for one in report.problems]


def _problem(problem: CardProblem) -> str:
    said = gettext(PROBLEMS.get(problem.code, PROBLEMS["not-understood"]))
    where = gettext(_LINE) if problem.line else "%(file)s"
    place = where % {"file": FILE_NAME, "line": problem.line}
    named = ", ".join(filter(None, (place, problem.key)))
    return f"{named}: {said}" + (f" ({problem.value})" if problem.value else "")


def network_trial() -> dict[str, object] | None:
    """The change of the network that waits for this person, or that nobody has kept."""
    if not may("hotspot.keep") or office().trials.last() is None:
        return None
    return network.facts()
