# SPDX-License-Identifier: GPL-3.0-or-later
"""A panel that Chromium can reach, and a phone to hold it."""

import http.client
import io
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

PASSWORD = "чойи сабз бо нон"


class Panel:
    """A running panel: its state folder, its agent's folder and its address."""

    def __init__(self, state: Path, agent: Path, address: str) -> None:
        self.state = state
        self.agent = agent
        self.address = address

    def plug_in(self, name: str, files: dict[str, bytes]) -> None:
        """Put a stick with these files into the box."""
        for path, content in files.items():
            file = self.state / "drives" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def lesson(title: str) -> bytes:
    """Zipped web pages, the smallest thing that can stand on the shelf."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        page = f"<html lang=tg><head><title>{title}</title></head><body>{title}</body></html>"
        archive.writestr("index.html", page)
    return packed.getvalue()


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """A panel on a laptop."""
    with _running(tmp_path_factory.mktemp("state")) as found:
        yield found


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """A panel on a box: an agent answers it."""
    with _running(tmp_path_factory.mktemp("state"), "box") as found:
        yield found


@contextmanager
def _running(state: Path, *kind: str) -> Iterator[Panel]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # The name of a socket is short; pytest's own folder may not be.
    agent = Path(tempfile.mkdtemp(prefix="chashma-"))
    with (state / "panel.log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.browser.admin.panel",
                str(state),
                str(port),
                str(agent),
                *kind,
            ],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONWARNINGS": "default"},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port, process)
        yield Panel(state, agent, f"https://localhost:{port}")
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(agent)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)
        try:
            connection.request("GET", "/setup/language")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    pytest.fail("the panel ended at its start")


@pytest.fixture
def phone(browser: Browser, panel: Panel) -> Iterator[Callable[..., Page]]:
    """Opens a page of the laptop in a browser of its own."""
    with _phones(browser, panel) as open_page:
        yield open_page


@pytest.fixture
def box_phone(browser: Browser, box: Panel) -> Iterator[Callable[..., Page]]:
    """Opens a page of the box in a browser of its own."""
    with _phones(browser, box) as open_page:
        yield open_page


@contextmanager
def _phones(browser: Browser, panel: Panel) -> Iterator[Callable[..., Page]]:
    """At their end nothing may have gone wrong in any of them."""
    contexts, troubles = [], []

    def open_page(**options: object) -> Page:
        given = {"viewport": {"width": 360, "height": 740}, "base_url": panel.address, **options}
        context = browser.new_context(ignore_https_errors=True, **given)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: _note(said.type, said.text))
        return page

    def _note(kind: str, text: str) -> None:
        # A page that is left while its script asks for news.
        if kind == "error" and "ERR_TOO_MANY_RETRIES" not in text:
            troubles.append(text)

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def set_up(page: Page, language: str = "en") -> None:
    """Go through the wizard, as somebody with a phone does."""
    page.goto("/")
    page.check(f"input[value={language}]")
    page.click("main .button.big")
    page.fill("#school_name", "Мактаби №5")
    page.click("main .button.big")
    page.fill("#display_name", "Зебо Раҳимова")
    page.fill("#name", "zebo")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main .button.big")
    page.click("button[value=right]")
    page.wait_for_url("**/setup/hotspot")
    if page.locator("#hotspot_name").count():
        page.fill("#hotspot_name", "Maktabi 5")
        page.click("main .button.big")
        page.click("button[name=sure]")
        page.click("form[action$=keep] button")
        page.wait_for_url("**/hotspot")
    else:
        page.click("main .button.big")
        page.wait_for_url("**/welcome")


def sign_in(page: Page) -> None:
    """Sign in as the administrator."""
    page.goto("/sign-in")
    page.fill("#name", "zebo")
    page.fill("#password", PASSWORD)
    page.click("main .button.big")
    page.wait_for_selector(".nav")
