# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the guides, from the running product: ``python -m tests.browser.guide_images``.

Starts a new box over a part of the sample library, sets it up as an IT focal point does, fills it
from a stick as the district does, and reads in it as a class does. Nothing is drawn or edited.
The box is in a network of its own, where it has the names and ports that it has at a school; that
takes root.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from appliance.agent.protocol import Answer, AnyRequest, ReadClock, SetClock
from appliance.clock.clock import read_clock
from appliance.config import Config
from appliance.services import box
from tests.browser.guide_class import take_class
from tests.browser.tour import ARGUMENTS
from tests.conftest import kiwix_serve_program, running
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
_ON_STICK = ("Саломат бошем", "chashma_tg_donishnoma", "Бузургони мо")
_IN_PACK = ("Мешуморем", "Шаклҳо", "Ҷадвали зарб")
_PACK = "Books for grade 5"
_CHASHMA = Path(sys.executable).with_name("chashma")
_PATIENCE_S = 300
_ALONE = "alone"
_IN_OWN_NETWORK = 'ip link set lo up && mount --bind "$0" /etc/hosts && exec "$@"'
_NAMES = (box.CONFIG.portal_host, box.CONFIG.read_host, box.CONFIG.admin_host)


class _Agent(FakeAgent):
    """An agent whose box has a clock that goes on, and of which a person can make it sure."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._config = config

    def act(self, request: AnyRequest) -> Answer:
        """Do what is asked; setting the clock leaves the mark by which the box knows of it."""
        answer = super().act(request)
        if isinstance(request, SetClock):
            (self._config.agent_socket.parent / "clock-set").touch()
        return read_clock(self._config) if isinstance(request, ReadClock) else answer


def main() -> None:
    """Write every picture anew, in a network of its own."""
    if sys.argv[1:] == [_ALONE]:
        _take_all()
        return
    with tempfile.NamedTemporaryFile("w", prefix="chashma-") as hosts:
        hosts.write(f"127.0.0.1 localhost {' '.join(_NAMES)}\n")
        hosts.flush()
        own = ("unshare", "--net", "--mount", "sh", "-c", _IN_OWN_NETWORK, hosts.name)
        again = (sys.executable, "-m", "tests.browser.guide_images", _ALONE)
        subprocess.run([*own, *again], check=True, cwd=_PROJECT)


def _take_all() -> None:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder, sync_playwright() as playwright:
        config = replace(
            box.CONFIG,
            state=Path(folder) / "state",
            runtime=None,
            agent_socket=Path(folder) / "agent.sock",
            kiwix_serve=kiwix_serve_program(),
        )
        maths = Path(folder) / "Maths"
        _fill(config, Path(folder) / "sample", maths)
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHASHMA_CHROMIUM", "/usr/bin/chromium"),
            args=[*ARGUMENTS, "--host-resolver-rules=MAP * 127.0.0.1"],
        )
        with serving(_Agent(config), config.agent_socket), running(config):
            _panel(browser, config, maths)
            take_class(browser, config, "zebo", _PASSWORD, _take)
            for language, word in (("tg", "об"), ("ru", "свет"), ("en", "words")):
                _portal(browser, config, language, word)
        browser.close()


def _fill(config: Config, sample: Path, maths: Path) -> None:
    """Most of the sample library onto the shelf, the rest and a broken file onto a stick.

    A few things wait in a folder of their own for the pack.
    """
    subprocess.run([sys.executable, "-m", "sample", sample], check=True, cwd=_PROJECT)
    stick = config.drives / _STICK
    stick.mkdir(parents=True)
    maths.mkdir()
    for folder, names in ((stick, _ON_STICK), (maths, _IN_PACK)):
        for path in [p for p in sample.iterdir() if p.name.startswith(names)]:
            path.rename(folder / path.name)
        shutil.copy(sample / "catalog.csv", folder)
    for folder in (sample, stick, maths):
        (folder / "catalog.csv").write_text(_rows_of_others(folder), encoding="utf-8")
    whole = (sample / "Луғати тасвирӣ.pdf").read_bytes()
    (stick / "Физика 8.pdf").write_bytes(whole[: len(whole) // 2])
    _chashma("--state", config.state, "ingest", sample)


def _chashma(*words: object) -> None:
    argv = [str(word) for word in (_CHASHMA, *words)]
    quiet = subprocess.DEVNULL
    subprocess.run(argv, check=True, stdout=quiet, stderr=quiet)


def _rows_of_others(folder: Path) -> str:
    """The sheet without the rows whose files lie elsewhere."""
    head, *rows = (folder / "catalog.csv").read_text(encoding="utf-8").splitlines()
    here = [row for row in rows if (folder / row.split(",", 1)[0]).exists()]
    return "\n".join([head, *here, ""])


def _panel(browser: Browser, config: Config, maths: Path) -> None:
    context = browser.new_context(viewport=_PHONE, ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_S * 1000)
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
    page.wait_for_selector("form[action$=keep]", state="detached")
    _add(page, config)
    _district(page, config, maths)
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


def _district(page: Page, config: Config, maths: Path) -> None:
    """A key that the box learns to trust, and a pack of that key, which installs by itself."""
    key = maths.with_name("district.key")
    _chashma("key", "new", "-o", key, "--no-password")
    page.goto(f"{config.admin_url}/sticks/add")
    page.fill("#name", "Шуъбаи маорифи Хуҷанд")
    page.fill("#key", key.with_name("district.key.pub").read_text())
    page.evaluate("scrollTo(0, 0)")
    _take(page, "key-add")
    page.click("main button.big")
    page.wait_for_url("**/sticks/key/*")
    _take(page, "key-number")
    pack = maths.with_name("stick") / "maths.chashma.zip"
    pack.parent.mkdir()
    _chashma("pack", "create", maths, "-o", pack, "--key", key, "--id", "grade-5", "--title", _PACK)
    pack.parent.rename(config.drives / "CHASHMA")
    done = page.locator("main .rows a", has_text=_PACK)
    page.goto(f"{config.admin_url}/jobs")
    for _ in range(_PATIENCE_S):
        if done.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    done.first.click()
    page.wait_for_selector("[data-over='1']")
    _take(page, "pack-done")


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
