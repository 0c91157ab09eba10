# SPDX-License-Identifier: GPL-3.0-or-later
"""The image under test, and one booted box for all tests that only look at it or join it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.tour import ARGUMENTS
from tests.image.box import ADMIN, PORTAL, READ, Box
from tests.image.disk_image import DiskImage
from tests.image.tools_disk import packed, tools_disk
from tests.image.virt import virt

_PROJECT = Path(__file__).parents[2]
BUILT = _PROJECT / ".cache" / "image"
# Each process of pytest-xdist has a folder of its own.
WORK = _PROJECT / ".cache" / "test-image" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
# The box's own radio, twenty phones' and two more phones'.
_RADIOS = 23
BROWSER_PATIENCE_MS = 300_000
"""For a page of an emulated box, in Chromium."""


# Before pytest-xdist looks at the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one machine stay in one process of pytest-xdist, and have time for its boot."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "image" not in fixtures:
            continue
        item.add_marker(pytest.mark.timeout(3600))
        if "box" in fixtures:
            item.add_marker(pytest.mark.xdist_group("box"))


@pytest.fixture(scope="session")
def image() -> DiskImage:
    """What ``make image`` has built; CHASHMA_IMAGE names another."""
    return DiskImage(built_image("arm64", "CHASHMA_IMAGE"), work_folder("image"))


@pytest.fixture(scope="session")
def tools(image: DiskImage) -> Path:
    """A disk with programs for phones."""
    return tools_disk(WORK, image.arch)


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample library."""
    folder = WORK / "sample"
    subprocess.run(
        [sys.executable, "-m", "sample", str(folder)], check=True, stdout=subprocess.DEVNULL
    )
    return folder


@pytest.fixture(scope="session")
def box(image: DiskImage, tools: Path, sample: Path) -> Iterator[Box]:
    """A box at its first start, with radios for phones; the tests go on where others left it."""
    folder = work_folder("box")
    disks = {"tools": tools, "sample": packed(sample, WORK / "sample.ext4")}
    with virt(image, folder, disks=disks) as machine:
        # Not by modules_load=: its unit gives up after 90 seconds, too few on a busy computer.
        machine.run(f"modprobe mac80211_hwsim radios={_RADIOS}")
        box = Box(machine)
        box.wait_for_portal()
        yield box


@pytest.fixture(scope="module")
def screenshots() -> Path:
    """The folder for pictures of what was seen."""
    return work_folder("screenshots")


@pytest.fixture(scope="module")
def phone(box: Box) -> Iterator[BrowserContext]:
    """Chromium, to which the box's names lead as they do in its own Wi-Fi."""
    http, https = box.machine.ports[80], box.machine.ports[443]
    rules = [f"MAP {name}:80 127.0.0.1:{http}" for name in (PORTAL, READ)]
    rules.append(f"MAP {ADMIN}:443 127.0.0.1:{https}")
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[*ARGUMENTS, f"--host-resolver-rules={', '.join(rules)}"],
        )
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, ignore_https_errors=True, locale="en"
        )
        context.set_default_timeout(BROWSER_PATIENCE_MS)
        yield context
        browser.close()


def built_image(arch: str, variable: str) -> Path:
    """The raw image that was built last, or the one that an environment variable names."""
    named = os.environ.get(variable)
    built = [Path(named)] if named else sorted(BUILT.glob(f"chashma-*-{arch}.img"))
    if not built or not built[-1].exists():
        pytest.fail(f"there is no image: run make image ARCH={arch}")
    return built[-1]


def work_folder(name: str) -> Path:
    """An empty folder for what a machine leaves behind."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
