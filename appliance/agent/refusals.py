# SPDX-License-Identifier: GPL-3.0-or-later
"""Why the agent did not do what it was asked, in plain words for the person who asked."""

from collections.abc import Mapping

from appliance.agent.protocol import Refusal
from appliance.language import N_, translations

REFUSALS: Mapping[str, str] = {
    "not-allowed": N_("This may only be done from the pages for staff."),
    "not-understood": N_("The box did not understand this. Try again."),
    "busy": N_("The box is busy with other changes. Wait a moment and try again."),
    "internal-error": N_(
        "Something went wrong on the box itself. Try again; if it happens again, tell the person "
        "who looks after the box."
    ),
    "not-on-hotspot": N_(
        "This phone or computer is not on the changed network. Connect it to that network and "
        "confirm from there."
    ),
    "no-trial": N_("There is no change that waits to be confirmed; it may have gone back already."),
    "settings-wrong": N_("The Wi-Fi cannot run with these settings. Check them and try again."),
    "time-absurd": N_("This time cannot be right. Check the year."),
    "no-such-service": N_("There is no such service on this box."),
    "cannot-repair": N_("The box cannot be repaired this way."),
    "no-such-drive": N_("This stick is not plugged in any more."),
    "drive-read-only": N_("The box cannot write on this stick."),
    "drive-busy": N_("The stick is still being used. Wait until the box is done with it."),
    "drive-not-written": N_(
        "Not everything could be written to the stick. Check it on a computer, or take another one."
    ),
    "drive-not-answering": N_(
        "The stick does not answer. Wait a moment; if nothing changes, take it out and plug it in "
        "again."
    ),
    "going-down": N_("The box is about to switch off or to start anew."),
}


def sentence(refusal: Refusal, language: str) -> str:
    """The plain words for a refusal, in a language of the interface."""
    return translations(language).gettext(REFUSALS.get(refusal.code, REFUSALS["internal-error"]))
