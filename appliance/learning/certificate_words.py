# SPDX-License-Identifier: GPL-3.0-or-later
"""What a certificate says, and what came out of a check, in words."""

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from appliance.language import N_, translations
from appliance.learning.certificate_check import Finding
from appliance.learning.certificate_statement import Statement

UNSURE = N_("The clock of the box was not set: the date may be wrong.")
_HOURS = N_("Hours")
_RESULT = N_("Result")
_DATE = N_("Date")

FINDINGS = {
    Finding.OWN: N_("This certificate is real. It was given here and holds."),
    Finding.KNOWN_SCHOOL: N_("This certificate is real: the signature is that of a known school."),
    Finding.UNKNOWN_KEY: N_(
        "The signature is right, so nothing was changed. But the key is not known here: whether it "
        "is that of the school, this check cannot say. Ask the school for its key."
    ),
    Finding.REVOKED: N_(
        "This certificate does not hold any more: the school that gave it has revoked it."
    ),
    Finding.NAME_GONE: N_(
        "A certificate with this code was given here, and it was not revoked. The name has been "
        "deleted on this box; scan the picture on the certificate to see what it says."
    ),
    Finding.MISTYPED: N_("No certificate has this code. Look at it again and type it once more."),
    Finding.NOT_HERE: N_(
        "This box did not give out this code. If another school did, scan the picture on the "
        "certificate: its text can be checked everywhere."
    ),
    Finding.CUT: N_("A part of the text is missing. Copy all of it."),
    Finding.FORGED: N_(
        "This is not real: the signature does not fit. Something was changed or made up."
    ),
    Finding.UNREADABLE: N_("This is neither a code nor the text of a certificate."),
}


def certificate_facts(said: Statement, language: str) -> tuple[tuple[str, str], ...]:
    """Hours, result and date with what they are called, as far as they are known."""
    text = translations(language).gettext
    facts = []
    if said.hours:
        facts.append((text(_HOURS), str(format_decimal(said.hours, locale=language))))
    if said.percent is not None:
        facts.append((text(_RESULT), f"{said.percent}\N{NO-BREAK SPACE}%"))
    facts.append((text(_DATE), _date_in_words(said, language)))
    return tuple(facts)


def _date_in_words(said: Statement, language: str) -> str:
    day = said.day
    if language == "tg":
        # CLDR has the months with a capital letter and not bound to what follows.
        month = get_month_names("wide", locale="tg")[day.month].lower()
        return f"{day.day} {month}и соли {day.year}"
    return str(format_date(day, "d MMMM y", locale=language))
