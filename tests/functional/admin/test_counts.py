# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in sentences: one is one, in Russian two and five are two kinds of many."""

import pytest
from flask import Flask, g

from appliance.school.activity import Action, Entry
from webapp.admin.record import sentence


def _said(app: Flask, language: str, action: Action, details: dict[str, str | int]) -> str:
    with app.test_request_context("/"):
        g.language = language
        return sentence(Entry(1, "2026-11-22T08:00:00Z", None, "", action, details))


@pytest.mark.parametrize(
    ("language", "count", "certificates", "people"),
    [
        ("en", 1, "gave 1 certificate", "put 1 person into the class “5А”"),
        ("en", 2, "gave 2 certificates", "put 2 people into the class “5А”"),
        ("tg", 1, "1 сертификат дод", "ба синфи «5А» 1 нафарро илова кард"),
        ("tg", 5, "5 сертификат дод", "ба синфи «5А» 5 нафарро илова кард"),
        ("ru", 21, "выдал 21 сертификат", "добавил в класс «5А» 21 человека"),
        ("ru", 2, "выдал 2 сертификата", "добавил в класс «5А» 2 человека"),
        ("ru", 5, "выдал 5 сертификатов", "добавил в класс «5А» 5 человек"),
    ],
)
def test_the_record_counts_as_people_do(
    app: Flask, language: str, count: int, certificates: str, people: str
) -> None:
    assert _said(app, language, Action.CERTIFICATES_GIVEN, {"count": count}) == certificates
    named: dict[str, str | int] = {"name": "5А", "count": count}
    assert _said(app, language, Action.PUPILS_ADDED, named) == people


def test_a_line_without_a_count_is_still_a_sentence(app: Flask) -> None:
    assert _said(app, "en", Action.CERTIFICATES_GIVEN, {}) == "gave certificates"
    named: dict[str, str | int] = {"name": "100 %(x)s", "count": "many"}
    assert _said(app, "en", Action.PUPILS_ADDED, named) == "put people into the class “100 %(x)s”"
