# SPDX-License-Identifier: GPL-3.0-or-later
"""hostapd's configuration: nothing that a person typed can be another line of it."""

import re
import shutil
import subprocess
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from appliance.hotspot.check import WrongSettingsError, checked
from appliance.hotspot.places import run_tool
from appliance.hotspot.radio import IW
from appliance.hotspot.render import hostapd_conf
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import Radio
from appliance.process import ToolFailedError

_RADIO = Radio("wlan0", "brcmfmac", True, 7)


def conf(settings: HotspotSettings) -> str:
    """For a radio of a Raspberry Pi."""
    return hostapd_conf(settings, _RADIO, 6, "/run/hostapd")


def test_the_key_is_that_of_the_standard() -> None:
    """The test vectors of IEEE 802.11i, annex H.4.3."""
    ieee = conf(HotspotSettings("IEEE", "password"))
    assert "wpa_psk=f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e\n" in ieee
    long = conf(HotspotSettings("Z" * 32, "a" * 32))
    assert "wpa_psk=becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981cc62\n" in long


def test_wpa2_alone_and_no_protected_frames() -> None:
    lines = conf(HotspotSettings("A", "bahor 2026")).splitlines()
    assert {"wpa=2", "wpa_key_mgmt=WPA-PSK", "rsn_pairwise=CCMP"} <= set(lines)
    assert not [line for line in lines if re.match("ieee80211w|wpa_pairwise|sae", line)]


@given(st.text(min_size=1), st.text())
def test_no_name_and_no_password_is_configuration(name: str, password: str) -> None:
    try:
        settings = checked(name=name, password=password)
    except WrongSettingsError:
        return
    plain = conf(HotspotSettings("A", "12345678" if settings.password else ""))
    for line, usual in zip(conf(settings).splitlines(), plain.splitlines(), strict=True):
        assert line == usual or re.fullmatch("(ssid2|wpa_psk)=[0-9a-f]+", line)


@pytest.mark.root
@pytest.mark.parametrize("password", ["", "bahor'2026\""])
def test_hostapd_understands_every_line(tmp_path: Path, password: str) -> None:
    """It reads all of its configuration before it looks for the radio, which is not there."""
    hostapd = shutil.which("hostapd", path="/usr/sbin:/usr/bin")
    assert hostapd, "the Debian package hostapd is not installed"
    file = tmp_path / "hostapd.conf"
    file.write_text(
        hostapd_conf(HotspotSettings("Мактаб \"'", password, "UZ"), _RADIO, 6, str(tmp_path))
    )
    ended = subprocess.run([hostapd, file], capture_output=True, text=True, timeout=60, check=False)
    said = ended.stdout + ended.stderr
    assert "errors found in configuration file" not in said
    assert not re.search(r"Line \d+", said)
    assert "nl80211" in said


@pytest.mark.root
def test_tools_are_found_where_debian_has_them() -> None:
    """Our way of starting tools looks for bare names in ``/usr/bin`` alone."""
    with pytest.raises(ToolFailedError):
        run_tool([IW, "phy", "phy-that-is-not-there", "info"])
    with pytest.raises(ToolFailedError):
        run_tool(["/usr/sbin/nft", "list", "counter", "bridge", "chashma", "not_there"])
