# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong, in one line for a shell; the panel has longer words, with what to do."""

from collections.abc import Mapping

from appliance.health.finding import Finding, Trouble
from appliance.language import N_, translations

SENTENCES: Mapping[Trouble, str] = {
    Trouble.DATA_ABSENT: N_("The data on the card cannot be read: the library is empty."),
    Trouble.DATA_READ_ONLY: N_(
        "The data on the card is damaged: what is changed now is lost at the next start."
    ),
    Trouble.SERVICE_DOWN: N_("A part of the box does not run: %(name)s."),
    Trouble.DISK_FULL: N_("The disk is full."),
    Trouble.DISK_SHORT: N_("The disk is almost full."),
    Trouble.CARD_ERRORS: N_("The card has answered with errors: %(number)s."),
    Trouble.CARD_WORN: N_("%(number)s %% of the card's life is used up."),
    Trouble.UNDER_VOLTAGE: N_("The power supply is too weak."),
    Trouble.UNDER_VOLTAGE_BEFORE: N_(
        "Times that the power was too weak since the start: %(number)s."
    ),
    Trouble.UNCLEAN_ENDS: N_("The power was cut at %(number)s of the last 10 ends."),
    Trouble.HOT: N_("The processor is hot."),
    Trouble.THROTTLED: N_("The processor is kept slow, because of heat or power."),
    Trouble.MEMORY_SHORT: N_("The memory is almost used up."),
    Trouble.CLOCK_WRONG: N_("The clock is wrong."),
    Trouble.CLOCK_KEPT: N_("Nobody has told the box the time since its start."),
}


def sentence(finding: Finding, language: str) -> str:
    """The line for a finding."""
    words = {"name": finding.name, "number": finding.number}
    return translations(language).gettext(SENTENCES[finding.trouble]) % words
