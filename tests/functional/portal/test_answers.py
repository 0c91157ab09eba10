# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers, forms from elsewhere, and pages that say what went wrong."""

import pytest
from flask.testing import FlaskClient

from tests.functional.portal.shelf import Shelf
from webapp.portal import create_app


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("/browse?kind=pdf", "/browse?kind=pdf"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_back_to_this_site_only(client: FlaskClient, target: str, leads: str) -> None:
    answer = client.post("/settings", data={"language": "ru", "next": target})
    assert answer.status_code == 303
    assert answer.location == leads
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("language=ru;")
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://read.localhost"},
        {"Origin": "https://localhost.evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_forms_from_elsewhere_change_nothing(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/settings", data={"language": "ru"}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert "<main" in answer.text


@pytest.mark.parametrize("path", ["/", "/browse", "/search?q=x", "/nothing", "/opds"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-src http://read.localhost:8080" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/item/x", "/item/aaaaaaaaaaaaaaaa/read", "/item/../../etc", "/browse/%00"],
)
def test_what_is_not_there_has_the_look_of_the_portal(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'class="brand"' in answer.text


def test_a_failure_has_the_look_of_the_portal(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(shelf.config)

    def broken() -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(app.extensions["chashma"], "settings", broken)
    answer = app.test_client().get("/")
    assert answer.status_code == 500
    assert 'class="brand"' in answer.text
    assert "disk" not in answer.text
