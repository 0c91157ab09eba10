# SPDX-License-Identifier: GPL-3.0-or-later
"""A radio that dies, and a second DHCP server on the wire."""

from collections.abc import Iterator

import pytest

from tests.image.box import PORTAL, Box
from tests.image.phone_panel import PhonePanel
from tests.image.test_b_hotspot import NETWORK
from tests.image.test_e_panel import NAME, PASSWORD
from tests.image.test_f_change import change, join

pytestmark = [pytest.mark.root, pytest.mark.image]


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
