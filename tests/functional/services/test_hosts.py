# SPDX-License-Identifier: GPL-3.0-or-later
"""What nginx answers on each of its hosts."""

import gzip
import http.client
import ssl
from email.message import Message
from urllib.parse import urlsplit

import msgspec
import pytest

from tests.conftest import Stack


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for the path exactly as it is written; header names with ``_`` for ``-``."""
    parts = urlsplit(url)
    assert parts.port
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", parts.port, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", parts.port)
    sent = {"Host": parts.netloc} | {k.replace("_", "-"): v for k, v in headers.items()}
    connection.request(method, path, headers=sent)
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def test_each_site_is_reached_by_its_name(stack: Stack) -> None:
    assert ask(stack.config.portal_url, "/").status < 400
    assert ask(stack.config.admin_url, "/").status < 400
    assert ask(stack.config.read_url, "/").status == 404


def test_another_name_leads_to_the_portal(stack: Stack) -> None:
    answer = ask(stack.config.portal_url, "/generate_204", Host="connectivitycheck.gstatic.com")
    assert answer.status == 302
    assert answer.headers["Location"] == f"{stack.config.portal_url}/"


def test_plain_http_on_the_admin_port_leads_to_https(stack: Stack) -> None:
    plain = stack.config.admin_url.replace("https:", "http:")
    answer = ask(plain, "/people?page=2")
    assert answer.headers["Location"] == f"{stack.config.admin_url}/people?page=2"


def test_a_client_cannot_choose_the_site_or_claim_an_address(stack: Stack) -> None:
    answer = ask(stack.config.portal_url, "/", X_Chashma_Site="admin")
    assert answer.body == ask(stack.config.portal_url, "/").body


@pytest.mark.parametrize(
    "path",
    ["/_store/x", "/_cache/x", "/_busy", "/static/../wsgi.py", "/static/%2e%2e/wsgi.py"],
)
def test_internal_places_are_not_served(stack: Stack, path: str) -> None:
    answer = ask(stack.config.portal_url, path)
    assert answer.status in {400, 404}
    assert b"create_app" not in answer.body


def test_static_files_with_a_hash_are_kept_for_long(stack: Stack) -> None:
    plain = ask(stack.config.portal_url, "/static/vendor/htmx.min.js")
    hashed = ask(stack.config.portal_url, "/static/vendor/htmx.min.js?v=1", Accept_Encoding="gzip")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert "immutable" in hashed.headers["Cache-Control"]
    assert gzip.decompress(hashed.body) == plain.body


def test_our_script_knows_whom_it_may_speak_to(stack: Stack) -> None:
    assert f'"{stack.config.portal_url}"' in ask(stack.config.read_url, "/frame.js").text


def test_the_app_learns_by_which_name_it_was_asked(stack: Stack) -> None:
    """The OpenSearch description and the forms' check of their origin need it."""
    foreign = ask(stack.config.admin_url, "/setup/language", "POST", Origin="https://elsewhere")
    assert foreign.status == 403
    own = ask(stack.config.admin_url, "/setup/language", "POST", Origin=stack.config.admin_url)
    assert own.status == 400  # the right origin, but no token
