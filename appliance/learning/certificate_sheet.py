# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on a certificate that is printed, in one of the three languages."""

import msgspec

from appliance.language import N_, translations
from appliance.learning.certificate import Certificate
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_words import UNSURE, certificate_facts

_HEADING = N_("Certificate")
_GIVEN_TO = N_("This certificate is given to")
_FOR = N_("for completing the course")
_HEAD = N_("Head of the school")
_CODE = N_("Code")
_CHECK = N_("To check it: %(address)s on any Chashma box, or point a camera at the picture there.")


class CertificateSheet(msgspec.Struct, frozen=True):
    """The words of a certificate, ready to be drawn; those of people are hostile.

    Attributes:
        facts: hours, result, date, as far as they are known: what it is, and how much.
        note: what has to be said of the date, or empty.
        code: as people read it.
        check: how to check it.
        picture: the text of the QR code.
    """

    language: str
    school: str
    heading: str
    given_to: str
    name: str
    completing: str
    title: str
    facts: tuple[tuple[str, str], ...]
    note: str
    head: str
    code_word: str
    code: str
    check: str
    picture: str


def certificate_sheet(certificate: Certificate, language: str, portal_url: str) -> CertificateSheet:
    """The words in this language; those that were signed stay as they are.

    Args:
        certificate: what was given.
        language: one of ``UI_LANGUAGES``.
        portal_url: the address of the portal, without a slash at its end.
    """
    text = translations(language).gettext
    said = certificate.statement
    address = f"{portal_url.partition('://')[2]}/certificate"
    return CertificateSheet(
        language=language,
        school=said.school,
        heading=text(_HEADING),
        given_to=text(_GIVEN_TO),
        name=said.name,
        completing=text(_FOR),
        title=said.title,
        facts=certificate_facts(said, language),
        note="" if said.sure else text(UNSURE),
        head=text(_HEAD),
        code_word=text(_CODE),
        code=spaced_code(said.code),
        check=text(_CHECK) % {"address": address},
        picture=picture_text(certificate, portal_url),
    )


def picture_text(certificate: Certificate, portal_url: str) -> str:
    """The text of the QR code: an address that any box answers, with the signed statement."""
    return f"{portal_url.upper()}/C/{certificate.sealed.text}"
