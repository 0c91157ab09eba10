# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the guides, from the running product: ``python -m tests.browser.guide_images``.

Starts a new box over a part of the sample library, sets it up as an IT focal point does, fills it
from a stick as the district does, and reads in it as a class does. Nothing is drawn or edited.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from appliance.config import Config
from tests.conftest import free_ports, kiwix_serve_program, running
from tests.fake_agent import FakeAgent, serving

_PROJECT = Path(__file__).parents[2]
_FOLDER = _PROJECT / "docs" / "guides" / "images"
_PHONE = {"width": 400, "height": 760}
_MOST_BYTES = 60_000
_PASSWORD = "green tea and bread"
_STICK = "SPRING-2026"
_STAFF = (
    ("box", "/box"),
    ("person", "/people/add"),
    ("wifi", "/hotspot"),
    ("power", "/power"),
)
_ON_STICK = ("Роҳи об", "chashma_tg_donishnoma", "Бузургони мо")


def main() -> None:
    """Write every picture anew."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder, sync_playwright() as playwright:
        port, admin_port = free_ports(2)
        config = Config(
            state=Path(folder) / "state",
            port=port,
            admin_port=admin_port,
            agent_socket=Path(folder) / "agent.sock",
            kiwix_serve=kiwix_serve_program(),
        )
        _fill(config, Path(folder) / "sample")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHASHMA_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        with serving(FakeAgent(), config.agent_socket), running(config):
            _panel(browser, config)
            for language, word in (("tg", "об"), ("ru", "свет"), ("en", "words")):
                _portal(browser, config, language, word)
        browser.close()


def _fill(config: Config, sample: Path) -> None:
    """Most of the sample library onto the shelf, the rest and a broken file onto a stick."""
    subprocess.run([sys.executable, "-m", "sample", sample], check=True, cwd=_PROJECT)
    stick = config.drives / _STICK
    stick.mkdir(parents=True)
    for path in [p for p in sample.iterdir() if p.name.startswith(_ON_STICK)]:
        path.rename(stick / path.name)
    shutil.copy(sample / "catalog.csv", stick)
    (sample / "catalog.csv").write_text(_rows_of_others(sample), encoding="utf-8")
    (stick / "catalog.csv").write_text(_rows_of_others(stick), encoding="utf-8")
    whole = (sample / "Луғати тасвирӣ.pdf").read_bytes()
    (stick / "Физика 8.pdf").write_bytes(whole[: len(whole) // 2])
    chashma = Path(sys.executable).with_name("chashma")
    subprocess.run(
        [chashma, "--state", config.state, "ingest", sample],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _rows_of_others(folder: Path) -> str:
    """The sheet without the rows whose files lie elsewhere."""
    head, *rows = (folder / "catalog.csv").read_text(encoding="utf-8").splitlines()
    here = [row for row in rows if (folder / row.split(",", 1)[0]).exists()]
    return "\n".join([head, *here, ""])


def _panel(browser: Browser, config: Config) -> None:
    context = browser.new_context(viewport=_PHONE, ignore_https_errors=True)
    page = context.new_page()
    page.goto(config.admin_url)
    page.check("input[value=en]")
    page.click("main .button.big")
    page.fill("#school_name", "School No. 5, Khujand")
    page.click("main .button.big")
    for field, value in (
        ("display_name", "Zebo Rahimova"),
        ("name", "zebo"),
        ("password", _PASSWORD),
        ("again", _PASSWORD),
    ):
        page.fill(f"#{field}", value)
    _take(page, "setup-account", whole=True)
    page.click("main .button.big")
    page.click("button[value=right]")
    page.wait_for_selector("#hotspot_name")
    page.fill("#hotspot_name", "Maktabi 5")
    page.fill("#hotspot_password", "kitobkhona")
    page.click("main .button.big")
    page.wait_for_selector("button[name=sure]")
    _take(page, "setup-network", whole=True)
    page.click("button[name=sure]")
    page.click("form[action$=keep] button")
    page.wait_for_url("**/hotspot")
    _add(page, config)
    for name, path in _STAFF:
        page.goto(config.admin_url + path)
        _take(page, f"staff-{name}")
    context.close()


def _add(page: Page, config: Config) -> None:
    page.goto(f"{config.admin_url}/add")
    page.wait_for_selector(".rows a")
    page.click(".rows a")
    _take(page, "add-choose")
    page.click("button[name=some]")
    page.wait_for_selector(".rejected small")
    _take(page, "add-result")
    page.click(".installed a")
    _take(page, "staff-item")


def _portal(browser: Browser, config: Config, language: str, word: str) -> None:
    context = browser.new_context(viewport=_PHONE)
    context.add_cookies([{"name": "language", "value": language, "url": config.portal_url}])
    page = context.new_page()
    page.goto(config.portal_url)
    _take(page, f"home-{language}")
    page.goto(f"{config.portal_url}/search?q={word}")
    _take(page, f"search-{language}")
    page.goto(f"{config.portal_url}/browse?kind=video")
    page.click("main a[href^='/item/']")
    page.click("a[href*='/read']")
    _take(page, f"film-{language}")
    context.close()


def _take(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    for quality in (80, 60, 40):
        picture.save(_FOLDER / f"{name}.webp", quality=quality, method=6)
        if (_FOLDER / f"{name}.webp").stat().st_size <= _MOST_BYTES:
            return


if __name__ == "__main__":
    main()
