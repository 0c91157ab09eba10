# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs on sticks, on a phone: a signed one by itself, another after a yes; undo; a copy."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.conftest import Panel, lesson, set_up, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("packs")]

_CHASHMA = Path(sys.executable).with_name("chashma")
_LONG = 120_000


def command(*arguments: object) -> None:
    subprocess.run([_CHASHMA, *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key, a signed pack and one that is not."""
    folder = tmp_path_factory.mktemp("office")
    command("key", "new", "-o", folder / "key", "--no-password")
    for name, key in (("signed", ("--key", folder / "key")), ("open", ())):
        (folder / name).mkdir()
        (folder / name / f"{name}.zip").write_bytes(lesson(f"Book of {name}"))
        pack = folder / f"{name}.chashma.zip"
        command("pack", "create", folder / name, "-o", pack, "--title", f"Pack {name}", *key)
    return folder


def plug_in(panel: Panel, pack: Path) -> None:
    """As a mount does it, the stick is there whole or not at all."""
    ready = panel.state / f"{pack.name}.stick"
    ready.mkdir()
    shutil.copy(pack, ready)
    ready.rename(panel.state / "drives" / pack.name.partition(".")[0])


def fits(page: Page) -> None:
    """Nothing sticks out of a narrow screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def test_a_district_comes_with_a_stick(
    panel: Panel, phone: Callable[..., Page], office: Path
) -> None:
    page = phone()
    set_up(page)
    page.goto("/sticks/add")
    page.fill("#name", "District")
    page.fill("#key", (office / "key.pub").read_text("utf-8"))
    page.click("main .button.big")
    expect(page.locator(".notice.done")).to_contain_text("install by themselves from now on")
    fits(page)
    (panel.state / "drives").mkdir(exist_ok=True)
    plug_in(panel, office / "signed.chashma.zip")
    page.goto("/add")
    page.click(".rows a:has-text('signed')", timeout=_LONG)
    expect(page.locator("main")).to_contain_text("Signed by District", timeout=_LONG)
    fits(page)
    page.goto("/jobs")
    expect(page.locator(".rows")).to_contain_text("by itself")
    page.click(".rows a")
    expect(page.locator(".take-out")).to_contain_text("You may take", timeout=_LONG)
    expect(page.locator(".installed")).to_contain_text("Book of signed")
    fits(page)


def test_a_pack_that_nobody_signed_waits(
    panel: Panel, phone: Callable[..., Page], office: Path
) -> None:
    page = phone(java_script_enabled=False)
    sign_in(page)
    plug_in(panel, office / "open.chashma.zip")
    page.goto("/add/drive/open")
    expect(page.locator("main")).to_contain_text("Not signed", timeout=_LONG)
    page.click("section.card a.button")
    fits(page)
    page.click("button[name=everything]")
    expect(page.locator(".take-out")).to_be_visible(timeout=_LONG)
    page.click("text=Undo…")
    expect(page.locator("main")).to_contain_text("These leave the shelf:")
    expect(page.locator("main")).to_contain_text("Book of open")
    fits(page)
    page.click("main .button.danger")
    expect(page.locator("main")).to_contain_text(
        "Done. The shelf is as it was before.", timeout=_LONG
    )
    page.goto("/shelf?q=open")
    expect(page.locator("main")).to_contain_text("Nothing fits")


def test_a_copy_for_another_school(panel: Panel, phone: Callable[..., Page]) -> None:
    page = phone()
    sign_in(page)
    page.goto("/export")
    fits(page)
    page.fill("#q", "signed")
    page.click("button[name=find]")
    page.check("[name=item]")
    page.check("[value=picked]")
    page.check("[name=drive][value=open]")
    page.fill("#title", "For school 7")
    page.click("button[name=start]")
    expect(page.locator("main")).to_contain_text("The pack is on the stick", timeout=_LONG)
    packs = [one.name for one in (panel.state / "drives" / "open").iterdir()]
    assert len([name for name in packs if ".chashma" in name]) == 2
