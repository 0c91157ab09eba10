# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, as everybody: who may open it, and that no form works without its token."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from appliance.school.staff import Role
from tests.functional.admin.conftest import HOME, Browser
from webapp.admin.gate import ACCESS, ANYBODY
from webapp.admin.office import Office

ARGUMENTS = {
    "member_id": 1,
    "item_id": "a" * 16,
    "drive_id": "stick",
    "pack": "0" * 20,
    "number": 1,
    "class_id": 1,
    "person_id": "a" * 26,
    "question_id": "q1",
}
BEFORE_SIGN_IN = {
    "static",
    "signing.language",
    "signing.sign_in",
    "wizard.begin",
    "wizard.language",
    "wizard.school",
    "wizard.account",
}


def pages(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and address of everything that the panel answers."""
    found = []
    with app.test_request_context(base_url=HOME):
        for rule in app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}):
                arguments = {name: ARGUMENTS.get(name, "admin.css") for name in rule.arguments}
                path = app.url_for(rule.endpoint, **arguments, _external=False)
                found.append((rule.endpoint, method, path))
    return found


def test_the_table_names_every_page_and_nothing_else(app: Flask) -> None:
    assert {endpoint for endpoint, _, _ in pages(app)} == set(ACCESS)


def test_only_what_has_to_be_is_open_to_anybody() -> None:
    assert {endpoint for endpoint, roles in ACCESS.items() if roles == ANYBODY} == BEFORE_SIGN_IN


def test_no_form_works_without_its_token(app: Flask, administrator: Browser) -> None:
    for endpoint, method, path in pages(app):
        if method != "GET" and not endpoint.startswith("wizard."):
            answer = administrator.client.open(
                path,
                method=method,
                base_url=HOME,
                data={"chosen": "1"},
                headers={"Referer": HOME + "/"},
            )
            assert answer.status_code == 400, (endpoint, answer.status_code)


def test_no_form_of_another_site_works(app: Flask, administrator: Browser) -> None:
    token = administrator.token("/")
    for headers in ({"Origin": "http://localhost:8080"}, {"Sec-Fetch-Site": "same-site"}):
        answer = administrator.client.post(
            "/sign-out", base_url=HOME, data={"csrf_token": token}, headers=headers
        )
        assert answer.status_code == 403
    assert administrator.get("/").status_code == 200


def test_strangers_see_the_sign_in_page_and_nothing_else(app: Flask, visitor: Browser) -> None:
    for endpoint, method, path in pages(app):
        if ACCESS[endpoint] == ANYBODY:
            continue
        answer = visitor.client.open(path, method=method, base_url=HOME)
        assert answer.status_code == 302, endpoint
        assert answer.location.startswith(("/sign-in", "/")), endpoint
        if endpoint.partition(".")[0] != "wizard":
            assert answer.location.startswith("/sign-in"), endpoint


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_own_pages_only(
    app: Flask, office: Office, open_browser: Callable[[], Browser], role: Role
) -> None:
    browser = open_browser()
    browser.sign_in(role.value)
    for endpoint, method, path in pages(app):
        if endpoint.startswith("wizard.") or endpoint in ("signing.sign_out", "static"):
            continue
        token = browser.token("/")
        answer = browser.client.open(
            path,
            method=method,
            base_url=HOME,
            data={"csrf_token": token} if method == "POST" else None,
            headers={"Referer": HOME + "/"},
        )
        allowed = ACCESS[endpoint] == ANYBODY or role in ACCESS[endpoint]
        if endpoint in ("people.reset", "people.disable") and allowed:
            browser.sign_in(role.value)
        assert (answer.status_code != 403) == allowed, (endpoint, method, answer.status_code)
        assert answer.status_code < 500, (endpoint, method)
        if endpoint == "people.reset" and allowed:
            return  # the only administrator has another password now


def test_the_pages_carry_their_headers(administrator: Browser) -> None:
    headers = administrator.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_no_page_holds_script_or_style_of_its_own() -> None:
    folder = Path(__file__).parents[3] / "webapp" / "admin" / "templates"
    templates = list(folder.rglob("*.html"))
    assert len(templates) > 20
    for template in templates:
        text = template.read_text(encoding="utf-8")
        for forbidden in ("<style", " style=", " onclick=", "|safe }}", "javascript:"):
            assert forbidden not in text, (template.name, forbidden)
        assert text.count("<script") == text.count("<script src="), template.name
