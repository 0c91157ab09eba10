# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium, and a school whose shelf holds the sample library."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from appliance.config import Config
from tests.browser.tour import chromium, items
from tests.conftest import free_ports, kiwix_serve_program, running

# A busy machine is slow, not wrong: tests wait for what they expect, however long it takes.
expect.set_options(timeout=60_000)

_CHASHMA = "from appliance.cli.main import main; main()"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one school stay in one process of pytest-xdist."""
    for item in items:
        if "school" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("school"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test process: Playwright can run only once in it."""
    with chromium() as running_browser:
        yield running_browser


@pytest.fixture(scope="session")
def school() -> Iterator[Config]:
    """A whole stack of its own, with the sample library on the shelf."""
    # Not pytest's own folder: its long name would not leave room for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        port, admin_port = free_ports(2)
        config = Config(
            state=Path(folder) / "state",
            port=port,
            admin_port=admin_port,
            kiwix_serve=kiwix_serve_program(),
        )
        config.state.mkdir()
        sample = Path(folder) / "sample"
        _run("-m", "sample", str(sample))
        _run("-c", _CHASHMA, "--state", str(config.state), "ingest", str(sample))
        with running(config):
            yield config


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def shelf_items(school: Config) -> dict[str, str]:
    """An item of each kind: kind to id."""
    return items(school.portal_url)


@pytest.fixture
def visit(browser: Browser, school: Config) -> Iterator[Callable[..., Page]]:
    """Opens pages of the portal in a browser of their own: ``visit(path, **context options)``."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(school.portal_url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
