# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks that are plugged in and pulled, on the booted box: read, written, installed from."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from appliance.usb.drive_list import FILE_NAME
from tests.image.box import Box
from tests.image.conftest import work_folder
from tests.image.disk_image import DiskImage
from tests.image.machine import Machine
from tests.image.stick import Stick, make_stick, plug_in, pull
from tests.image.stick_pack import LIGHT, packed_stick, trust
from tests.image.virt import virt

pytestmark = [pytest.mark.root, pytest.mark.image]

DRIVES = "/run/chashma-drives"
LABELS = {"vfat": "КНИГИ", "exfat": "Мактаб", "ntfs": "Ҳуҷҷатҳо", "ext4": "Ғазал"}
_SLOW = 1 << 18
"""Bytes a second: the pack takes more than a minute, so nobody who looks now and then misses it."""
_AS_WORKER = "setpriv --reuid chashma-content --regid chashma --init-groups"
_AS_WEB = "setpriv --reuid chashma-web --regid chashma --init-groups"
_ASK = (
    "import sys; from appliance.agent.client import ask; from appliance.agent import protocol;"
    "from appliance.config import load_config;"
    "ask(load_config(), getattr(protocol, sys.argv[1])(sys.argv[2]))"
)


def listed(machine: Machine) -> list[dict[str, Any]]:
    """What the agent tells of sticks."""
    status, said = machine.status(f"cat {DRIVES}/{FILE_NAME}")
    return [] if status else list(json.loads(said))


def wait_for_drive(machine: Machine, stick: Stick) -> dict[str, Any]:
    """The one stick, once it is there."""
    machine.wait_for(f"{stick.name} to be mounted", lambda: len(listed(machine)) == 1)
    return listed(machine)[0]


def wait_until_gone(machine: Machine) -> None:
    """Nothing is mounted, and nothing is left of it."""
    machine.wait_for("the stick to be gone", lambda: not listed(machine))
    machine.wait_until(f"! ls -d {DRIVES}/*/ && ! grep {DRIVES}/ /proc/self/mountinfo")


def ask(machine: Machine, request: str, drive: str) -> tuple[int, str]:
    """Ask the agent as the worker does."""
    words = (_AS_WORKER, "python3 -P -c", shlex.quote(_ASK), request, drive)
    return machine.status(" ".join(words))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("stick") / "Китоб.txt"
    file.write_text("Донишнома", "utf-8")
    return file


@pytest.mark.parametrize("kind", LABELS)
def test_each_kind_of_stick(box: Box, tmp_path: Path, book: Path, kind: str) -> None:
    machine = box.machine
    files = {} if kind == "exfat" else {book.name: book}
    stick = make_stick(tmp_path / f"{kind}.img", kind, LABELS[kind], files)
    plug_in(machine, stick)
    drive = wait_for_drive(machine, stick)
    place = f"{DRIVES}/{drive['id']}"
    assert (drive["label"], drive["file_system"], drive["problem"]) == (LABELS[kind], kind, "")
    assert machine.status(f"touch {place}/new")[0] != 0
    options = machine.run(f"findmnt --noheadings --output VFS-OPTIONS {place}").split(",")
    assert {"nosuid", "nodev", "noexec"} <= set(options)
    if kind == "ext4":
        assert "drive-read-only" in ask(machine, "OpenDrive", drive["id"])[1]
    else:
        assert ask(machine, "OpenDrive", drive["id"]) == (0, "")
        machine.run(f"{_AS_WORKER} cp /etc/hostname '{place}/Ҳисобот.txt'")
        if kind != "ntfs":  # whose root folder the kernel opens to everybody
            said = machine.status(f"{_AS_WEB} touch {place}/new")[1]
            assert "Permission denied" in said
        assert ask(machine, "CloseDrive", drive["id"]) == (0, "")
        assert machine.status(f"touch {place}/new")[0] != 0
        assert machine.run(f"{_AS_WORKER} cat '{place}/Ҳисобот.txt'") == "maktab"
    if files:
        assert machine.run(f"{_AS_WORKER} cat '{place}/{book.name}'") == "Донишнома"
    pull(machine, stick)
    wait_until_gone(machine)


def test_services_see_it_come_and_go(box: Box, tmp_path: Path, book: Path) -> None:
    """Each has a view of its own, into which the agent's mounts must come."""
    machine = box.machine
    machine.wait_until("systemctl is-active chashma-worker chashma-web")
    stick = make_stick(tmp_path / "seen.img", "vfat", "SEEN", {book.name: book})
    plug_in(machine, stick, read_only=True)
    drive = wait_for_drive(machine, stick)
    assert not drive["writable"]
    for service in ("worker", "web"):
        seen = machine.run(
            f"nsenter -m -t $(systemctl show -P MainPID chashma-{service})"
            f" cat '{DRIVES}/{drive['id']}/{book.name}'"
        )
        assert seen == "Донишнома"
    pull(machine, stick)
    wait_until_gone(machine)
    machine.wait_until(
        f"! grep {DRIVES}/ /proc/$(systemctl show -P MainPID chashma-worker)/mountinfo"
    )


def test_an_ejected_stick_stays_away_until_it_comes_again(
    box: Box, tmp_path: Path, book: Path
) -> None:
    machine = box.machine
    stick = make_stick(tmp_path / "ejected.img", "vfat", "EJECTED", {book.name: book})
    plug_in(machine, stick)
    drive = wait_for_drive(machine, stick)
    machine.wait_until(
        " ".join((_AS_WORKER, "python3 -P -c", shlex.quote(_ASK), "EjectDrive", drive["id"]))
    )
    wait_until_gone(machine)
    machine.run("systemctl restart chashma-agent")
    wait_until_gone(machine)
    pull(machine, stick)
    plug_in(machine, stick)
    assert wait_for_drive(machine, stick) == drive
    pull(machine, stick)
    wait_until_gone(machine)


def test_the_worker_sees_no_secret_of_the_card(box: Box) -> None:
    for user in ("chashma-content", "chashma-kiwix", "www-data"):
        command = f"setpriv --reuid {user} --regid chashma --init-groups cat"
        said = box.machine.status(f"{command} /run/chashma-agent/card.json")[1]
        assert "Permission denied" in said


def test_a_pack_whose_stick_is_pulled_is_installed_when_it_comes_again(
    box: Box, sample: Path, tmp_path: Path
) -> None:
    heavy = "A heavy book"
    pack = packed_stick(tmp_path, sample / "chashma_tg_donishnoma.zim", heavy)
    machine = box.machine
    trust(machine)
    plug_in(machine, pack, speed=_SLOW)
    _wait_for_bytes(machine)
    pull(machine, pack)
    wait_until_gone(machine)
    machine.wait_until("chashma check")
    assert heavy not in _titles(machine)
    plug_in(machine, pack)
    _wait_for_titles(box, heavy)
    pull(machine, pack)
    machine.wait_until("chashma check")


def test_a_pack_whose_box_lost_its_power_is_installed_when_it_comes_again(
    box: Box, image: DiskImage, sample: Path, tmp_path: Path
) -> None:
    """The last of all tests of this box, for its power does not come back; its card goes on."""
    heavy = "Another heavy book"
    pack = packed_stick(tmp_path, sample / "chashma_tg_donishnoma.zim", heavy)
    machine = box.machine
    trust(machine)
    plug_in(machine, pack, speed=_SLOW)
    _wait_for_bytes(machine)
    machine.keep_journal()
    machine.stop()
    card = machine.folder / "card.qcow2"
    with virt(image, work_folder("box-again"), overlay=card) as again:
        plug_in(again, pack)
        _wait_for_titles(Box(again), heavy)
        again.wait_until("chashma check")


def _wait_for_bytes(machine: Machine) -> None:
    """Part of the large file lies on the card."""
    places = "/data/store/staging /data/store/partial"
    machine.wait_until(f"test $(du -cm {places} | tail -n 1 | cut -f1) -ge 3")


def _titles(machine: Machine) -> set[str]:
    return {item["title"] for item in json.loads(machine.run("chashma list --json"))["items"]}


def _wait_for_titles(box: Box, heavy: str) -> None:
    """Both are on the shelf, and the archive can be read in the portal."""
    box.machine.wait_for("the pack", lambda: {heavy, LIGHT} <= _titles(box.machine))
    items = json.loads(box.machine.run("chashma list --json"))["items"]
    archive = next(item["id"] for item in items if item["title"] == LIGHT)
    box.machine.wait_for("the archive", lambda: box.get(f"/item/{archive}/read")[0] == 200)
    box.machine.wait_for(
        "its pages", lambda: box.get(f"/zim/{archive}/", "read-maktab.lan")[0] in {200, 302}
    )
