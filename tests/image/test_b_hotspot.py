# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones join the box's own Wi-Fi, as it is after the first start: open, named Chashma."""

import ipaddress

import pytest

from tests.image.box import ADDRESS, ADMIN, PORTAL, READ, Box
from tests.image.station import Lease

pytestmark = [pytest.mark.root, pytest.mark.image]

NETWORK = "Chashma"
_REFUSED, _TIMED_OUT = 7, 28  # as curl(1) says
_FIRST, _LAST = ipaddress.ip_address("10.84.0.50"), ipaddress.ip_address("10.84.3.250")


@pytest.fixture(scope="module")
def lease(box: Box) -> Lease:
    """Of a phone that has joined."""
    box.phone.join(NETWORK)
    return box.phone.lease()


def test_a_phone_gets_an_address(lease: Lease) -> None:
    assert _FIRST <= ipaddress.ip_address(lease.address) <= _LAST
    assert (lease.router, lease.names, lease.server) == (ADDRESS, ADDRESS, ADDRESS)
    assert lease.options["mask"] == "22"
    # Its address would have to be one whose certificate every phone trusts; offline none is.
    assert "opt114" not in lease.options


@pytest.mark.parametrize("name", [PORTAL, READ, ADMIN, "example.org", "www.google.com"])
def test_every_name_is_the_box(box: Box, lease: Lease, name: str) -> None:
    assert ADDRESS in box.phone.resolve(name)


def test_the_name_that_windows_looks_up(box: Box, lease: Lease) -> None:
    """https://learn.microsoft.com/windows-server/networking/ncsi/ncsi-overview."""
    assert "131.107.255.255" in box.phone.resolve("dns.msftncsi.com")


def test_the_portal_opens(box: Box, lease: Lease) -> None:
    answer = box.phone.get(f"http://{PORTAL}/")

    assert answer.status == 200
    assert "<html" in answer.body


@pytest.mark.parametrize("address", ["example.org/a/page", ADDRESS])
def test_any_typed_address_leads_to_the_portal(box: Box, lease: Lease, address: str) -> None:
    answer = box.phone.get(f"http://{address}", "-H", "Upgrade-Insecure-Requests: 1")

    assert (answer.status, answer.location) == (302, f"http://{PORTAL}/")


def test_a_foreign_secure_site_is_refused_and_not_faked(box: Box, lease: Lease) -> None:
    status, said = box.phone.status("curl --insecure --silent --show-error https://www.google.com/")

    assert status == 35, said  # the handshake


def test_the_panel_opens(box: Box, lease: Lease) -> None:
    assert box.phone.get(f"https://{ADMIN}/", insecure=True).status in {200, 302, 303}


def test_a_phone_reaches_nothing_else(box: Box, lease: Lease) -> None:
    """Neither the box's other ports nor, through it, the school's line."""
    for port in (22, 8080, 12560):
        status, _ = box.phone.status(f"curl --silent --connect-timeout 9 {ADDRESS}:{port}")
        assert status in {_REFUSED, _TIMED_OUT}
    # The router and name server of the cable, in QEMU's own network.
    assert box.phone.status("/bin/busybox ping -c 1 -W 5 10.0.2.2")[0] != 0


def test_a_name_without_a_name_server(box: Box, lease: Lease) -> None:
    """``maktab.local`` by multicast, for those who have typed addresses that way before."""
    box.machine.run(
        "nsenter --net=/run/netns/phone python3 -P -c '"
        "import socket, struct\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.settimeout(5)\n"
        f's.setsockopt(0, socket.IP_MULTICAST_IF, socket.inet_aton("{lease.address}"))\n'
        'q = struct.pack("!6H", 0, 0, 1, 0, 0, 0) + b"\\x06maktab\\x05local\\0\\0\\x01\\x80\\x01"\n'
        "for _ in range(12):\n"
        '    s.sendto(q, ("224.0.0.251", 5353))\n'
        "    try:\n"
        "        answer = s.recv(1500)\n"
        "    except TimeoutError:\n"
        "        continue\n"
        f'    if socket.inet_aton("{ADDRESS}") in answer: raise SystemExit(0)\n'
        "raise SystemExit(1)'"
    )


def test_a_class_gets_addresses(box: Box, lease: Lease) -> None:
    box.crowd.join(NETWORK)
    addresses = {box.crowd.lease(radio).address for radio in box.crowd.radios}

    assert len(addresses) == 20
    assert lease.address not in addresses
    assert all(_FIRST <= ipaddress.ip_address(address) <= _LAST for address in addresses)
    connected = box.machine.run(f"iw dev {box.access_point} station dump | grep -c ^Station")
    assert int(connected) == 21
    box.crowd.leave()
