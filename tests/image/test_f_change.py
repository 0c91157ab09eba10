# SPDX-License-Identifier: GPL-3.0-or-later
"""The school changes its Wi-Fi from a phone that is in it."""

from collections.abc import Iterator

import pytest

from tests.image.box import Box
from tests.image.phone_panel import PhonePanel
from tests.image.station import Answer
from tests.image.test_b_hotspot import NETWORK
from tests.image.test_e_panel import NAME, PASSWORD

pytestmark = [pytest.mark.root, pytest.mark.image]

_SCHOOL, _SECRET = "Мактаби №5", "чашма-5"
_SECRET_ASCII = "chashma-2026"


@pytest.fixture(scope="module")
def panel(box: Box) -> Iterator[PhonePanel]:
    """Signed in, on the network as it is at first."""
    join(box, NETWORK)
    panel = PhonePanel(box.phone)
    panel.enter(NAME, PASSWORD, NETWORK)
    yield panel
    box.phone.leave()


def join(box: Box, network: str, password: str = "") -> None:
    """Bring the phone into a network."""
    box.phone.join(network, password)
    box.phone.lease()


def change(panel: PhonePanel, **fields: str) -> Answer:
    """Ask for a change of the network on one page, be sure of it on the next."""
    page = panel.open("/hotspot")
    assert page.status == 200
    found = panel.form_with(page.body, "hotspot_name")
    sure = panel.send("/hotspot", found, **{f"hotspot_{key}": text for key, text in fields.items()})
    return panel.send("/hotspot", panel.form_to(sure.body, "/hotspot/change"))


def test_a_password_that_radios_cannot_use_is_refused(panel: PhonePanel) -> None:
    page = panel.open("/hotspot")
    found = panel.form_with(page.body, "hotspot_password")

    answer = panel.send("/hotspot", found, **{"hotspot_password": _SECRET})

    assert 'class="problem"' in answer.body
    assert "/hotspot/change" not in answer.body


def test_nobody_confirms_and_it_goes_back(box: Box, panel: PhonePanel) -> None:
    change(panel, name=_SCHOOL, password=_SECRET_ASCII)
    box.machine.wait_until(f"iw dev {box.access_point} info | grep -F 'ssid {_escaped(_SCHOOL)}'")

    box.machine.wait_until(f"iw dev {box.access_point} info | grep -Fx '\tssid {NETWORK}'")

    join(box, NETWORK)
    assert box.phone.get("http://maktab.lan/").status == 200


def test_it_is_kept_from_the_new_network(box: Box, panel: PhonePanel) -> None:
    change(panel, name=_SCHOOL, password=_SECRET_ASCII)
    join(box, _SCHOOL, _SECRET_ASCII)
    panel.keep()

    assert box.status_of_hotspot()["unconfirmed_seconds"] is None
    assert _SCHOOL in box.machine.run("cat /data/system/hotspot.json")


def test_the_new_password_is_needed(box: Box, panel: PhonePanel) -> None:
    assert box.phone.is_refused(_SCHOOL, "another-password")
    join(box, _SCHOOL, _SECRET_ASCII)
    assert box.phone.get("http://maktab.lan/").status == 200


def test_back_to_an_open_network(box: Box, panel: PhonePanel) -> None:
    change(panel, name=NETWORK, password="")
    join(box, NETWORK)
    panel.keep()

    assert box.status_of_hotspot()["settings"]["name"] == NETWORK


def _escaped(name: str) -> str:
    """As ``iw`` prints bytes that are not ASCII."""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in name.encode())
