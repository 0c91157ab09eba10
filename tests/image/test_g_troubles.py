# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that are used up, a radio that dies, and a second DHCP server on the wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.hotspot.pool import SIZE
from tests import pool_filler
from tests.image.box import PORTAL, Box
from tests.image.phone_panel import PhonePanel
from tests.image.test_b_hotspot import NETWORK
from tests.image.test_e_panel import NAME, PASSWORD
from tests.image.test_f_change import change, join

pytestmark = [pytest.mark.root, pytest.mark.image]

_USED_UP = ("All addresses are given out", "Все адреса розданы", "Ҳамаи суроғаҳо тақсим шуданд")
# An hour is what dnsmasq gives, and it gives nothing for less than two minutes.
_LONG, _SHORT = 3600, 120


@pytest.fixture
def radio(box: Box) -> Iterator[str]:
    """The one radio that the box has; what the test did to it is undone."""
    assert box.crowd.radios
    assert box.phone.radios
    name = box.access_point
    phy = box.machine.run(f"cat /sys/class/net/{name}/phy80211/name")
    yield name
    box.machine.status(
        f"test -e /sys/class/net/{name} || iw phy {phy} interface add {name} type managed"
    )


def _wait_for_trouble(box: Box, trouble: str, *, there: bool) -> None:
    box.machine.wait_for(
        f"trouble {trouble} {'to come' if there else 'to go'}",
        lambda: (trouble in box.status_of_hotspot()["troubles"]) is there,
    )


def _wait_for_trial(box: Box) -> None:
    """The change begins after the answer has left, so that the answer still arrives."""
    box.machine.wait_for(
        "the trial to begin",
        lambda: box.status_of_hotspot()["unconfirmed_seconds"] is not None,
    )


def _fill_pool(box: Box, seconds: int, count: int) -> int:
    """Take addresses for devices that come and go; how many there are now that others have."""
    program = Path(pool_filler.__file__).read_text("utf-8")
    given, refused = box.phone.run_python(
        program, box.phone.radio, str(seconds), str(count)
    ).split()
    assert int(given) + int(refused) == count
    return int(refused)


def test_all_addresses_are_given_out(box: Box) -> None:
    join(box, NETWORK)
    mine = box.phone.lease().address
    assert _fill_pool(box, _LONG, SIZE) >= 1
    _wait_for_trouble(box, "no-addresses", there=True)

    box.newcomer.join(NETWORK)
    assert box.newcomer.gets_no_address()

    assert box.phone.lease().address == mine
    assert box.phone.get(f"http://{PORTAL}/").status == 200
    panel = PhonePanel(box.phone)
    panel.enter(NAME, PASSWORD, NETWORK)
    page = panel.open("/hotspot").body
    assert any(words in page for words in _USED_UP)
    # These end while the next tests do their work; test_addresses_come_back looks for that.
    _fill_pool(box, _SHORT, 8)


def test_a_radio_that_dies_and_comes_back(box: Box, radio: str) -> None:
    phy = box.machine.run(f"cat /sys/class/net/{radio}/phy80211/name")
    box.machine.run(f"iw dev {radio} del")
    _wait_for_trouble(box, "radio-died", there=True)
    # Over the cable everything is as before.
    assert box.get("/")[0] == 200

    box.machine.run(f"iw phy {phy} interface add {radio} type managed")
    _wait_for_trouble(box, "radio-died", there=False)
    join(box, NETWORK)
    assert box.phone.get(f"http://{PORTAL}/").status == 200


def test_a_second_dhcp_server_on_the_wire(box: Box) -> None:
    """QEMU's own: the box serves on its port, hears the other, and says so."""
    join(box, NETWORK)
    panel = PhonePanel(box.phone)
    panel.enter(NAME, PASSWORD, NETWORK)
    change(panel, wired="serve")
    _wait_for_trial(box)
    panel.keep()
    _wait_for_trouble(box, "other-dhcp", there=True)

    # A phone on the radio never hears of the other server.
    join(box, NETWORK)
    assert box.phone.lease().server == "10.84.0.1"

    panel = PhonePanel(box.phone)
    panel.enter(NAME, PASSWORD, NETWORK)
    change(panel, wired="auto")
    _wait_for_trial(box)
    panel.keep()
    _wait_for_trouble(box, "other-dhcp", there=False)
    box.wait_for_portal()


def test_addresses_come_back(box: Box) -> None:
    """Leases have ended meanwhile, and the phone that was refused gets in."""
    join(box, NETWORK)
    _wait_for_trouble(box, "no-addresses", there=False)
    box.newcomer.join(NETWORK)
    assert box.newcomer.lease().server == "10.84.0.1"
    assert box.newcomer.get(f"http://{PORTAL}/").status == 200
    box.newcomer.leave()
