# SPDX-License-Identifier: GPL-3.0-or-later
"""Script inside content reaches no cookie, no form and no page of portal or admin panel."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.conftest import Stack

pytestmark = pytest.mark.browser

# Tries everything, and writes down what came of it.
_ATTACK = """
const result = {};
async function attempt(name, action) {
  const patience = new Promise((done, fail) => setTimeout(fail, 3000));
  try { result[name] = String(await Promise.race([action(), patience])); }
  catch (error) { result[name] = "refused"; }
}
(async () => {
  await attempt("parent", () => parent.document.title);
  await attempt("top", () => top.document.cookie);
  await attempt("storage", () => parent.localStorage.length);
  for (const origin of ["PORTAL", "ADMIN"]) {
    await attempt("read " + origin, () => fetch(origin + "/", {credentials: "include"})
      .then((answer) => answer.text()));
    await attempt("blind " + origin, () => fetch(origin + "/settings", {method: "POST",
      mode: "no-cors", credentials: "include", body: new URLSearchParams({theme: "high"})}));
    await attempt("beacon " + origin, () => navigator.sendBeacon(origin + "/settings", "theme=high")
      ? new Promise((done) => setTimeout(done, 500, "queued")) : "refused");
    await attempt("picture " + origin, () => new Promise((done, fail) => {
      const picture = new Image(); picture.onload = done; picture.onerror = fail;
      picture.src = origin + "/static/drop.svg"; }));
    await attempt("frame " + origin, () => new Promise((done) => {
      const frame = document.createElement("iframe"); frame.src = origin + "/";
      frame.onload = () => { try { done(frame.contentDocument.body.innerHTML.length); }
        catch (error) { done("refused"); } };
      document.body.append(frame); }));
  }
  if (top !== window) {
    await attempt("leave", () => { top.location = "PORTAL/search?q=taken"; return "asked"; });
  }
  await attempt("worker", () => navigator.serviceWorker.register("/frame.js"));
  document.cookie = "planted=1";
  document.cookie = "language=en; domain=localhost";
  result.cookies = document.cookie;
  window.result = result;
  // Last, because a form that is refused takes the page away with it.
  await new Promise((done) => setTimeout(done, 500));
  for (const origin of ["PORTAL", "ADMIN"]) {
    const form = document.createElement("form");
    form.method = "post"; form.action = origin + "/settings";
    form.innerHTML = "<input name=theme value=contrast><input name=next value=/>";
    document.body.append(form);
    form.submit();
  }
})();
"""


@pytest.fixture(scope="module")
def attacker(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An item whose page attacks; its id."""
    attack = _ATTACK.replace("PORTAL", stack.config.portal_url)
    attack = attack.replace("ADMIN", stack.config.admin_url)
    file = tmp_path_factory.mktemp("attack") / "attack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "index.html",
            f"<!doctype html><html><head><title>Attack</title></head>"
            f"<body><script>{attack}</script></body></html>",
        )
    return ingest(stack, file)


def ingest(stack: Stack, file: Path) -> str:
    run = subprocess.run(
        [Path(sys.executable).with_name("chashma"), "ingest", "--json", file],
        env={**os.environ, **stack.config.environment},
        stdout=subprocess.PIPE,
        check=True,
    )
    return str(json.loads(run.stdout)["id"])


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A browser with cookies of portal and admin panel."""
    context = browser.new_context(ignore_https_errors=True)
    for url in (stack.config.portal_url, stack.config.admin_url):
        context.add_cookies([{"name": "secret", "value": "theirs", "url": url}])
    yield context.new_page()
    context.close()


def attacked(page: Page) -> Frame:
    """The frame of the content, once its script is through."""
    (frame,) = (frame for frame in page.frames if "/pages/" in frame.url)
    frame.wait_for_function("window.result")
    return frame


def heard(result: dict[str, str]) -> set[str]:
    """Which attempts had an answer. A beacon says "queued" also where it is never sent."""
    return {
        name
        for name, said in result.items()
        if said != "refused" and not name.startswith("beacon ")
    }


def test_script_in_content_is_kept_in_its_frame(stack: Stack, attacker: str, page: Page) -> None:
    address = f"{stack.config.portal_url}/item/{attacker}/read"
    page.goto(address)
    frame = attacked(page)
    result = frame.evaluate("window.result")
    assert "theirs" not in result.pop("cookies")
    assert heard(result) <= {"leave"}
    page.wait_for_timeout(2000)  # for the forms, and for what was only asked
    assert page.url.startswith(address)
    names = {cookie["name"] for cookie in page.context.cookies(stack.config.portal_url)}
    assert names <= {"secret", "places"}


def test_a_page_of_content_opened_alone_reaches_nothing_either(
    stack: Stack, attacker: str, page: Page
) -> None:
    page.goto(f"{stack.config.read_url}/pages/{attacker}/index.html")
    page.wait_for_function("window.result")
    result = page.evaluate("window.result")
    # Alone it is its own parent, and has storage and cookies of its own.
    assert heard(result) <= {"parent", "top", "storage", "cookies"}
    assert "theirs" not in result["cookies"]


def test_our_pages_show_in_no_frame(stack: Stack, attacker: str, page: Page) -> None:
    for url in (stack.config.portal_url, stack.config.admin_url):
        answer = page.goto(url)
        assert answer
        assert "frame-ancestors 'none'" in (answer.header_value("content-security-policy") or "")
