# SPDX-License-Identifier: GPL-3.0-or-later
"""Each kind of device looks for the internet: the portal once, then what makes it stay."""

import itertools

import pytest

from tests.image.box import PORTAL, Box
from tests.image.test_b_hotspot import NETWORK

pytestmark = [pytest.mark.root, pytest.mark.image]

# What each platform asks first, and the answer by which it takes the network for good: its own
# documents say so (see docs/decisions/0076-captive-expectations.md); not the box's own table.
_APPLE = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"
_FIREFOX = (
    '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'
)
_DALVIK = "Dalvik/2.1.0 (Linux; U; Android 13; SM-A047F)"
_PLATFORMS = {
    "google": ("connectivitycheck.gstatic.com/generate_204", _DALVIK, 204, ""),
    "google-fallback": ("www.google.com/gen_204", _DALVIK, 204, ""),
    "samsung": ("connectivitycheck.gstatic.com/generate_204", _DALVIK, 204, ""),
    "huawei": ("connectivitycheck.platform.hicloud.com/generate_204", _DALVIK, 204, ""),
    "xiaomi": ("connect.rom.miui.com/generate_204", _DALVIK, 204, ""),
    "vivo": ("wifi.vivo.com.cn/generate_204", _DALVIK, 204, ""),
    "apple": (
        "captive.apple.com/hotspot-detect.html",
        "CaptiveNetworkSupport-443.120.2 wispr",
        200,
        _APPLE,
    ),
    "windows": (
        "www.msftconnecttest.com/connecttest.txt",
        "Microsoft NCSI",
        200,
        "Microsoft Connect Test",
    ),
    "windows-old": ("www.msftncsi.com/ncsi.txt", "Microsoft NCSI", 200, "Microsoft NCSI"),
    "firefox": (
        "detectportal.firefox.com/canonical.html",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        200,
        _FIREFOX,
    ),
    "gnome": ("nmcheck.gnome.org/check_network_status.txt", "", 200, "NetworkManager is online"),
    "ubuntu": ("connectivity-check.ubuntu.com/", "", 204, ""),
}
# Outside the pool, so that no other phone has them.
_addresses = (f"10.84.0.{number}" for number in itertools.count(10))


@pytest.fixture(scope="module", autouse=True)
def joined(box: Box) -> None:
    box.phone.join(NETWORK)
    box.phone.lease()


@pytest.fixture
def address(box: Box) -> str:
    """That no request has come from yet: to the box, a device that it never saw."""
    address = next(_addresses)
    box.phone.run(f"/bin/busybox ip addr add {address}/22 dev {box.phone.radio}")
    return address


@pytest.mark.parametrize("platform", _PLATFORMS)
def test_portal_once_then_success(box: Box, address: str, platform: str) -> None:
    url, agent, status, body = _PLATFORMS[platform]
    arguments = ("--interface", address, "--user-agent", agent)

    first = box.phone.get(f"http://{url}", *arguments)
    assert (first.status, first.location) == (302, f"http://{PORTAL}/")

    later = [box.phone.get(f"http://{url}", *arguments) for _ in range(2)]
    assert [(answer.status, answer.body) for answer in later] == [(status, body)] * 2


def test_kindle(box: Box, address: str) -> None:
    url = "http://spectrum.s3.amazonaws.com/kindle-wifi/wifistub.html"

    assert box.phone.get(url, "--interface", address).status == 302
    later = box.phone.get(url, "--interface", address)
    assert later.status == 200
    assert "81ce4465-7167-4dcb-835b-dcc9e44c112a" in later.body


def test_the_sign_in_sheet_always_shows_the_portal(box: Box, address: str) -> None:
    sheet = "Mozilla/5.0 (Linux; Android 13; SM-A047F; wv) AppleWebKit/537.36 Chrome/130.0"
    url = "http://connectivitycheck.gstatic.com/generate_204"
    for _ in range(3):
        answer = box.phone.get(url, "--interface", address, "--user-agent", sheet)
        assert (answer.status, answer.location) == (302, f"http://{PORTAL}/")
