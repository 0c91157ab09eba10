# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that hostapd and networkd read. No text of a person goes into them as it is."""

import hashlib

from appliance.hotspot.country import regulatory_domain
from appliance.hotspot.places import BRIDGE
from appliance.hotspot.settings import UNKNOWN_COUNTRY, HotspotSettings
from appliance.hotspot.state import Radio

_PSK_ROUNDS, _PSK_BYTES = 4096, 32  # IEEE 802.11i, annex H.4.1


def hostapd_conf(settings: HotspotSettings, radio: Radio, channel: int, control: str) -> str:
    """hostapd's configuration.

    WPA2 with CCMP alone, and no protected management frames: where these are offered, devices
    fail to join radios of Broadcom (raspberrypi/linux#3619).

    Args:
        settings: as wanted.
        radio: that carries the hotspot.
        channel: 1 to 13, already chosen.
        control: the folder of hostapd's sockets.
    """
    domain = regulatory_domain(settings.country)
    lines = [
        f"interface={radio.interface}",
        f"bridge={BRIDGE}",
        "driver=nl80211",
        f"ctrl_interface={control}",
        # Hexadecimal, so that no quote and no line break of a name means anything.
        f"ssid2={settings.name.encode().hex()}",
        "utf8_ssid=1",
        *(() if domain == UNKNOWN_COUNTRY else (f"country_code={domain}", "ieee80211d=1")),
        "hw_mode=g",
        f"channel={channel}",
        "ieee80211n=1",
        "wmm_enabled=1",
        f"max_num_sta={radio.most}",
        # Devices of pupils have nothing to say to each other.
        "ap_isolate=1",
        # A phone that fell asleep in a bag makes room after five minutes.
        "ap_max_inactivity=300",
        *_protection(settings),
    ]
    return "\n".join(lines) + "\n"


def bridge_port(interface: str) -> str:
    """networkd's configuration of a wired port that serves."""
    return (
        f"[Match]\nName={interface}\n\n[Link]\nRequiredForOnline=no\n\n[Network]\nBridge={BRIDGE}\n"
    )


def _protection(settings: HotspotSettings) -> tuple[str, ...]:
    if not settings.password:
        return ("auth_algs=1", "wpa=0")
    key = hashlib.pbkdf2_hmac(
        "sha1", settings.password.encode(), settings.name.encode(), _PSK_ROUNDS, _PSK_BYTES
    )
    return (
        "auth_algs=1",
        "wpa=2",
        "wpa_key_mgmt=WPA-PSK",
        "rsn_pairwise=CCMP",
        f"wpa_psk={key.hex()}",
    )
