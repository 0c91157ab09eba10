# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start of a box."""

import socket
import ssl

import pytest

from tests.image.box import ADMIN, READ, Box
from tests.image.virt import DISK_BYTES

pytestmark = [pytest.mark.root, pytest.mark.image]
_DATA_BYTES_AT_LEAST = DISK_BYTES * 0.3


def test_everything_started(box: Box) -> None:
    box.machine.run("systemctl is-system-running --wait || true")

    assert box.failed_units() == ""
    assert box.machine.run("systemctl is-system-running") == "running"


def test_the_root_cannot_be_written(box: Box) -> None:
    status, said = box.machine.status("touch /here /etc/here")

    assert status != 0
    assert said.count("Read-only file system") == 2
    assert "ro" in box.machine.run("findmnt --noheadings --output OPTIONS /").split(",")


def test_the_firmware_is_not_written(box: Box) -> None:
    options = box.machine.run("findmnt --noheadings --output OPTIONS /boot/firmware")

    assert "ro" in options.split(",")


def test_the_data_partition_fills_the_card(box: Box) -> None:
    assert box.machine.run("cat /run/chashma-data/state") == "good"
    size = int(box.machine.run("findmnt --bytes --noheadings --output SIZE /data"))
    assert size > _DATA_BYTES_AT_LEAST
    box.machine.run("touch /data/here && rm /data/here")


def test_what_the_journal_says_is_in_memory(box: Box) -> None:
    assert "/run/log/journal" in box.machine.run("journalctl --header | grep 'File path'")
    assert "/var/log/journal" not in box.machine.run("journalctl --header")


def test_memory_is_stretched(box: Box) -> None:
    assert "zram" in box.machine.run("cat /proc/swaps")


def test_portal_and_panel_answer_over_the_cable(box: Box) -> None:
    assert box.get("/")[0] == 200
    status, _ = box.get("/", ADMIN, secure=True)
    assert status in {200, 302, 303}
    assert box.get("/", READ)[0] in {302, 404}


def test_no_password_is_made_for_anybody(box: Box) -> None:
    """Nobody can sign in at a console or over SSH until the card says who may."""
    fields = box.machine.run("getent shadow").splitlines()

    assert [line for line in fields if line.split(":")[1][:1] not in {"!", "*"}] == []
    assert box.machine.status("ss -ltn | grep ':22 '")[0] != 0


def test_a_foreign_name_gets_no_certificate(box: Box) -> None:
    context = ssl._create_unverified_context()
    for name in ("example.org", None):
        with (
            socket.create_connection(("127.0.0.1", box.machine.ports[443]), 60) as plain,
            pytest.raises((ssl.SSLError, ConnectionError)),
        ):
            context.wrap_socket(plain, server_hostname=name)


def test_its_name_on_the_wire(box: Box) -> None:
    """Each box has an identity of its own, made at its first start."""
    machine_id = box.machine.run("cat /etc/machine-id")

    assert len(machine_id) == 32
    assert set(machine_id) != {"0"}
    assert box.machine.run("cat /var/lib/dbus/machine-id") == machine_id
