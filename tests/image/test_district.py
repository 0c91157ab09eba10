# SPDX-License-Identifier: GPL-3.0-or-later
"""An image that a district had made for itself, ``make image CONTENT= CONFIG=``, in a bad case.

Content is on the shelf from the first start; half of the lines of ``chashma.toml`` are wrong, and
the rest counts, its SSH key too; the clock says 1970. Base and provisioning are those of the image
under test; all later steps of the build are run once more.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from image_build.content import lay_out_content
from image_build.disk import make_disk
from image_build.recipe import Arch, Recipe, commit_time, project_version
from tests.image.box import READ, Box
from tests.image.conftest import work_folder
from tests.image.disk_image import DiskImage, run
from tests.image.ssh import Ssh, new_key
from tests.image.virt import DISK_BYTES, virt

_CARD = """school_name = "Мактаби №7"
hotspot_name = "Maktabi 7"
hotspot_password = "qwe7xz"
channel = 99
country = "ZZ"
ssh_key = "{key}"
"""
_FILES = ("chashma_tg_donishnoma.zim", "Свет.epub")

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("district")]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whose public half stands on the card."""
    return new_key(tmp_path_factory.mktemp("ssh") / "key")


@pytest.fixture(scope="module")
def district(image: DiskImage, sample: Path, key: Path) -> Iterator[Box]:
    folder = work_folder("district")
    made = _made(image, folder, sample, key)
    with virt(made, folder, hardware=("-rtc", "base=1970-01-02")) as machine:
        machine.run("modprobe mac80211_hwsim radios=1")
        box = Box(machine)
        box.wait_for_portal()
        yield box
    made.file.unlink()


def _made(image: DiskImage, folder: Path, sample: Path, key: Path) -> DiskImage:
    """The image with content and card, as ``image_build`` makes it from the provisioned root on."""
    (folder / "content").mkdir()
    for name in _FILES:
        shutil.copy(sample / name, folder / "content")
    public = key.with_suffix(".pub").read_text("utf-8").strip()
    (folder / "card.toml").write_text(_CARD.format(key=public), "utf-8")
    recipe = Recipe(
        arch=Arch(image.arch),
        version=project_version(),
        epoch=commit_time(),
        work=folder,
        out=folder,
        content=folder / "content",
        card=folder / "card.toml",
    )
    root = image.file.parent / recipe.root.name
    assert root.is_dir(), "the root that make image has left is gone"
    # Not by shutil, which would read /dev/zero to its end.
    run("cp", "--archive", str(root), str(recipe.root))
    made = DiskImage(make_disk(recipe, lay_out_content(recipe)), folder)
    for done in (recipe.root, folder / f"parts-{image.arch}", folder / f"data-{image.arch}"):
        shutil.rmtree(done)
    return made


def test_the_portal_is_there(district: Box) -> None:
    assert district.get("/")[0] == 200


def test_the_content_is_on_the_shelf(district: Box) -> None:
    books = json.loads(district.get("/opds/v2/books")[1])["publications"]
    items = [book["metadata"]["identifier"].rpartition(":")[2] for book in books]
    assert len(items) == len(_FILES)
    for item in items:
        assert district.get(f"/item/{item}/read")[0] == 200
    zims = json.loads(district.get("/opds/v2/books?kind=zim")[1])["publications"]
    (archive,) = (book["metadata"]["identifier"].rpartition(":")[2] for book in zims)
    district.machine.wait_for(
        "the archive's pages", lambda: district.get(f"/zim/{archive}/", READ)[0] in {200, 302}
    )


def test_the_content_is_the_boxs_own(district: Box) -> None:
    """As whole as if it had come on a stick, and those who keep the store can change it."""
    machine = district.machine
    machine.run("chashma check")
    assert machine.run("find /data/store ! -user chashma-content") == ""
    assert machine.run("cat /run/chashma-data/state") == "good"
    size = int(machine.run("findmnt --bytes --noheadings --output SIZE /data"))
    assert size > DISK_BYTES * 0.3


def test_the_right_lines_count(district: Box) -> None:
    radio = district.access_point
    district.machine.wait_until(f"iw dev {radio} info | grep -Fx '\tssid Maktabi 7'")


def test_the_wrong_lines_are_told_beside_the_file(district: Box) -> None:
    report = district.machine.wait_until("cat /boot/firmware/chashma-report.txt")

    for key in ("hotspot_password", "channel", "country"):
        assert key in report
    assert "qwe7xz" not in report
    assert "hotspot_name" not in report
    assert "ssh" not in report
    options = district.machine.run("findmnt --noheadings --output OPTIONS /boot/firmware")
    assert "ro" in options.split(",")


def test_the_console_says_so(district: Box) -> None:
    district.machine.wait_for_console("chashma.toml")


def test_the_key_of_the_card_gets_in(district: Box, key: Path) -> None:
    district.machine.wait_until("systemctl is-active ssh.service")
    ended, said = Ssh(district.machine.ports[22]).run("id -un", key)

    assert (ended, said) == (0, "root")


def test_no_other_key_and_no_password_gets_in(district: Box, tmp_path: Path) -> None:
    ssh = Ssh(district.machine.ports[22])

    ended, said = ssh.run("true", new_key(tmp_path / "other"))
    assert ended == 255
    # The ways in that are left, as the server itself says: no password, no questions.
    assert said.endswith("Permission denied (publickey).")
    methods = ("-o", "PreferredAuthentications=password,keyboard-interactive")
    ended, said = ssh.run("true", None, *methods)
    assert (ended, said.endswith("Permission denied (publickey).")) == (255, True)


def test_the_clock_is_not_before_the_image(district: Box) -> None:
    year = int(district.machine.run("date +%Y"))
    assert year >= 2026
    # And what keeps the time goes on.
    district.machine.run(
        "systemctl is-active systemd-timesyncd && mountpoint /var/lib/systemd/timesync"
    )


def test_nothing_failed(district: Box) -> None:
    assert district.failed_units() == ""
