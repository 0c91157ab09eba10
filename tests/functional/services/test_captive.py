# SPDX-License-Identifier: GPL-3.0-or-later
"""A device that looks for the internet finds the portal once, and then what it looked for."""

import http.client
import itertools
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest

from appliance.services.probes import PROBES, Probe
from tests.conftest import Stack

_ADDRESSES = itertools.count(2)
# As they ask: AOSP's NetworkMonitor, Apple's CaptiveNetworkSupport, Windows' NCSI.
_ANDROID = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/60.0.3112.32 Safari/537.36"
)
_ANDROID_PAGE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36"
)
_APPLE = "CaptiveNetworkSupport-443.120.2 wispr"
_APPLE_PAGE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148"
)
_FIREFOX = (
    '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'
)
_APPLE_YES = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"
# Written out once more, letter by letter: the table itself might be wrong.
_PLATFORMS = {
    "google": ("connectivitycheck.gstatic.com", "/generate_204", 204, ""),
    "google-fallback": ("www.google.com", "/gen_204", 204, ""),
    "android-old": ("clients3.google.com", "/generate_204", 204, ""),
    "samsung": ("connectivitycheck.android.com", "/generate_204", 204, ""),
    "huawei": ("connectivitycheck.platform.hicloud.com", "/generate_204", 204, ""),
    "xiaomi": ("connect.rom.miui.com", "/generate_204", 204, ""),
    "vivo": ("wifi.vivo.com.cn", "/generate_204", 204, ""),
    "apple": ("captive.apple.com", "/hotspot-detect.html", 200, _APPLE_YES),
    "apple-old": ("www.apple.com", "/library/test/success.html", 200, _APPLE_YES),
    "windows": ("www.msftconnecttest.com", "/connecttest.txt", 200, "Microsoft Connect Test"),
    "windows-old": ("www.msftncsi.com", "/ncsi.txt", 200, "Microsoft NCSI"),
    "firefox": ("detectportal.firefox.com", "/canonical.html", 200, _FIREFOX),
    "firefox-text": ("detectportal.firefox.com", "/success.txt", 200, "success\n"),
    "gnome": ("nmcheck.gnome.org", "/check_network_status.txt", 200, "NetworkManager is online"),
    "ubuntu": ("connectivity-check.ubuntu.com", "/", 204, ""),
}


class Said(msgspec.Struct, frozen=True):
    status: int
    text: str
    headers: dict[str, str]


class Device:
    """Somebody's phone, with an address of its own."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._connection = http.client.HTTPConnection(
            "127.0.0.1",
            stack.config.port,
            source_address=(f"127.1.0.{next(_ADDRESSES)}", 0),
        )

    def ask(self, host: str, path: str, **headers: str) -> Said:
        sent = {"Host": host} | {name.replace("_", "-"): text for name, text in headers.items()}
        # The same connection again: what the log of one answer has done is done before the next.
        self._connection.request("GET", path, headers=sent)
        response = self._connection.getresponse()
        return Said(response.status, response.read().decode(), dict(response.headers))

    def close(self) -> None:
        self._connection.close()

    def is_sent_to_the_portal(self, host: str, path: str, **headers: str) -> bool:
        said = self.ask(host, path, **headers)
        home = f"{self._stack.config.portal_url}/"
        return (said.status, said.headers.get("Location")) == (302, home)


@pytest.fixture
def device(stack: Stack) -> Iterator[Device]:
    with closing(Device(stack)) as one:
        yield one


@pytest.mark.parametrize("platform", _PLATFORMS)
def test_each_platform_is_sent_to_the_portal_once_and_then_content(
    device: Device, platform: str
) -> None:
    host, path, status, text = _PLATFORMS[platform]
    assert device.is_sent_to_the_portal(host, path)
    for _ in range(2):
        said = device.ask(host, path)
        assert (said.status, said.text) == (status, text)
        assert said.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.platform)
def test_every_line_of_the_table_is_answered(device: Device, probe: Probe) -> None:
    answer = probe.answer
    wanted = (answer.status, answer.text, "online" if answer.online else None)
    device.ask("connectivitycheck.gstatic.com", "/generate_204")
    for host in probe.hosts or ("never-heard-of.example",):
        for path in probe.paths:
            said = device.ask(host, path)
            online = said.headers.get("X-NetworkManager-Status")
            assert (said.status, said.text, online) == wanted


def test_one_device_says_nothing_of_another(stack: Stack) -> None:
    probe = ("captive.apple.com", "/hotspot-detect.html")
    with closing(Device(stack)) as first, closing(Device(stack)) as second:
        first.ask(*probe)
        assert first.ask(*probe).status == 200
        assert second.is_sent_to_the_portal(*probe)


def test_a_device_that_was_sent_is_known_by_all_its_programs(device: Device) -> None:
    assert device.is_sent_to_the_portal("www.msftconnecttest.com", "/connecttest.txt")
    assert device.ask("detectportal.firefox.com", "/canonical.html").text == _FIREFOX


def test_androids_sign_in_page_shows_the_portal_and_the_phone_stays(device: Device) -> None:
    probe = ("connectivitycheck.gstatic.com", "/generate_204")
    assert device.is_sent_to_the_portal(*probe, User_Agent=_ANDROID)
    assert device.is_sent_to_the_portal(*probe, User_Agent=_ANDROID_PAGE)
    assert device.ask(*probe, User_Agent=_ANDROID).status == 204


def test_apples_sign_in_page_shows_the_portal_and_then_done(device: Device) -> None:
    probe = ("captive.apple.com", "/hotspot-detect.html")
    assert device.is_sent_to_the_portal(*probe, User_Agent=_APPLE)
    assert device.is_sent_to_the_portal(*probe, User_Agent=_APPLE_PAGE)
    assert device.ask(*probe, User_Agent=_APPLE).text == _APPLE_YES


def test_a_person_at_a_browser_always_gets_the_portal(device: Device) -> None:
    device.ask("detectportal.firefox.com", "/canonical.html")
    person = {"Upgrade_Insecure_Requests": "1"}
    assert device.is_sent_to_the_portal("detectportal.firefox.com", "/canonical.html", **person)
    assert device.is_sent_to_the_portal("www.msftconnecttest.com", "/redirect", **person)


@pytest.mark.parametrize("host", ["example.com", "10.84.0.1", "maktab.local", "maktab", "a..b"])
def test_any_typed_address_leads_to_the_portal(device: Device, host: str) -> None:
    for path in ("/", "/anything?at=all"):
        assert device.is_sent_to_the_portal(host, path) or host == "a..b"


def test_what_is_known_of_devices_stays_in_memory_and_is_only_an_address(
    stack: Stack, device: Device
) -> None:
    before = set((stack.config.run / "captive").iterdir())
    device.ask("example.com", "/generate_204", Cookie="secret=1", User_Agent="somebody")
    [fresh] = set((stack.config.run / "captive").iterdir()) - before
    assert fresh.name.startswith("127.1.0.")
    assert fresh.read_text() == "sent to the portal\n"


@pytest.mark.parametrize("path", ["/_captive", "/_captive/apple", "/_captive/no-content"])
def test_nobody_can_ask_for_an_answer_by_its_name(device: Device, path: str) -> None:
    assert device.is_sent_to_the_portal("example.com", "/generate_204")
    assert device.ask("example.com", path).status in {302, 404}
