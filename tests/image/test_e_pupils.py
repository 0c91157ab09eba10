# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil in Chromium before the booted box: joins, has a page read aloud, earns a certificate.

What speaks and what draws are limited children inside the portal's sandbox: only a box has that.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.image.box import PORTAL, Box
from tests.image.conftest import BROWSER_PATIENCE_MS

pytestmark = [pytest.mark.root, pytest.mark.image]

_NAME = "Ғуломова Ҷамила"
_COURSE = "/run/course/Вода и горы"
_FILES = {
    "course.md": "---\nназвание: Вода и горы\nязык: ru\nчасы: 2\nсертификат: да\n---\n",
    "01 Откуда вода.md": "---\nязык: ru\n---\n# Откуда вода\n\nВода течёт с гор в долину.\n",
    "02 Вопрос.gift": "Вода течёт с гор в долину.{T}\n",
}
_MAKE_CLASS = """
from appliance.config import load_config
from appliance.learning.classes import Classes, NewClass
from appliance.school.database import open_school
print(Classes(open_school(load_config())).add(NewClass("5А", grade=5), clock_sure=True).code)
"""
_LENGTH = """(address) => new Promise((resolve, reject) => {
  const sound = new Audio(address);
  sound.onloadedmetadata = () => resolve(sound.duration);
  sound.onerror = () => reject(sound.error.message);
})"""


@pytest.fixture(scope="module")
def course(box: Box) -> str:
    """The id of a course that the box's own command has taken in."""
    box.machine.run(f"mkdir -p '{_COURSE}'")
    for name, text in _FILES.items():
        box.machine.run(f"printf %s {shlex.quote(text)} >'{_COURSE}/{name}'")
    box.machine.run("chashma ingest /run/course")
    found = re.search(r"/item/([a-z2-7]{16})", box.get("/browse?kind=course")[1])
    assert found
    return found[1]


@pytest.fixture(scope="module")
def page(box: Box, phone: BrowserContext) -> Iterator[Page]:
    """The phone of somebody who has joined a class by its code."""
    as_web = "setpriv --reuid=chashma-web --regid=chashma --clear-groups"
    code = box.machine.run(f"{as_web} python3 -P -c {shlex.quote(_MAKE_CLASS)}")
    page = phone.new_page()
    page.goto(f"http://{PORTAL}/join/{code}")
    page.fill("#name", _NAME)
    page.click("main form button")
    expect(page.locator("h1")).to_contain_text(_NAME)
    yield page
    page.close()


def test_the_box_reads_a_page_aloud(page: Page, course: str, screenshots: Path) -> None:
    page.goto(f"http://{PORTAL}/course/{course}")
    page.click("main .button.big")
    expect(page.locator("article")).to_contain_text("Вода течёт")
    with page.expect_response("**/*.mp3") as spoken:
        page.click("#aloud")
    assert spoken.value.ok
    assert page.evaluate(_LENGTH, spoken.value.url) > 1
    page.screenshot(path=screenshots / "13-aloud.png")


def test_a_course_ends_with_a_certificate(
    box: Box, page: Page, course: str, screenshots: Path, tmp_path: Path
) -> None:
    page.goto(f"http://{PORTAL}/course/{course}")
    page.click("main .button.big")
    page.click(".lesson-bar form button")
    page.click("main form button")
    page.check("input[name=a][value=true]")
    page.click(".send button")
    page.click(".send a")
    page.wait_for_url("**/result*")

    page.goto(f"http://{PORTAL}/course/{course}")
    page.click("form[action='/my/certificate'] button")
    page.wait_for_url("**/my/certificate/*")
    page.screenshot(path=screenshots / "14-certificate.png", full_page=True)
    code = page.url.split("?")[0].rpartition("/")[2]
    with page.expect_download(timeout=BROWSER_PATIENCE_MS) as coming:
        page.click("a[href*='/certificate.pdf']")
    coming.value.save_as(tmp_path / "certificate.pdf")

    argv = ["pdftotext", "-layout", str(tmp_path / "certificate.pdf"), "-"]
    words = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    assert _NAME in words
    assert "Вода и горы" in words
    assert code in words.replace("-", "").replace(" ", "")
    said = box.machine.run(f"chashma certificate check {code}")
    assert _NAME in said
