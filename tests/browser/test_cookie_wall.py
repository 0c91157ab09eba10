# SPDX-License-Identifier: GPL-3.0-or-later
"""No script of content sets or reads a cookie of the portal: the names of the hosts see to it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from appliance.config import Config
from appliance.services.box import CONFIG
from webapp.portal.person import COOKIE

pytestmark = pytest.mark.browser

_BOX = (CONFIG.portal_host, CONFIG.read_host)
_LAPTOP = (Config(state=Path("/none")).portal_host, Config(state=Path("/none")).read_host)
_BEFORE = ("maktab.lan", "read.maktab.lan")

# Every domain that a page can name: its own host, and whatever stands behind each dot.
_TOSS = """
([name, portal]) => {
  for (let number = 0; number < 300; number++) {
    document.cookie = "flood" + number + "=1; path=/; domain=" + portal;
  }
  const domains = ["", portal, "." + portal];
  const labels = location.hostname.split(".");
  labels.forEach((_, at) => domains.push(labels.slice(at).join(".")));
  for (const domain of domains) {
    for (const path of ["/", "/my", "/join"]) {
      document.cookie = name + "=tossed; path=" + path + (domain ? "; domain=" + domain : "");
    }
  }
  return document.cookie;
}
"""


class _Site(BaseHTTPRequestHandler):
    """Answers under every name; says what cookies came, and signs in under /sign-in."""

    def do_GET(self) -> None:
        body = self.headers.get("Cookie", "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if self.path.endswith("/sign-in"):  # of a proxy everything is asked by its whole address
            self.send_header("Set-Cookie", f"{COOKIE}=real; Path=/; HttpOnly; SameSite=Strict")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, port: int) -> Iterator[Page]:
    """A page for which each name is the server of this test, as the box's DNS has it."""
    context = browser.new_context(
        proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"}
    )
    yield context.new_page()
    context.close()


def _cookies(page: Page, host: str, path: str = "/") -> list[str]:
    page.goto(f"http://{host}{path}")
    return [part for part in page.inner_text("body").split("; ") if part]


def _attacked(page: Page, portal: str, read: str) -> list[str]:
    """What the portal gets after content of the read host has tried."""
    page.goto(f"http://{read}/")
    page.evaluate(_TOSS, [COOKIE, portal])
    return _cookies(page, portal, "/my")


@pytest.mark.parametrize("names", [_BOX, _LAPTOP], ids=["box", "laptop"])
def test_content_sets_no_cookie_of_the_portal(page: Page, names: tuple[str, str]) -> None:
    assert _attacked(page, *names) == []
    _cookies(page, names[0], "/sign-in")
    assert _cookies(page, names[0], "/my") == [f"{COOKIE}=real"]
    assert _attacked(page, *names) == [f"{COOKIE}=real"]


@pytest.mark.parametrize("names", [_BOX, _LAPTOP], ids=["box", "laptop"])
def test_content_reads_no_cookie_of_the_portal(page: Page, names: tuple[str, str]) -> None:
    portal, read = names
    _cookies(page, portal, "/sign-in")
    assert f"{COOKIE}=real" not in _cookies(page, read)
    assert "real" not in page.evaluate("document.cookie")
    # Nor does a request go out with it that content makes the browser send.
    sent = page.evaluate(
        "(url) => fetch(url, {mode: 'no-cors', credentials: 'include'}).then(() => 'sent')",
        f"http://{portal}/",
    )
    assert sent == "sent"


def test_a_subdomain_could_have_set_one(page: Page) -> None:
    """The test above would see it."""
    assert f"{COOKIE}=tossed" in _attacked(page, *_BEFORE)
