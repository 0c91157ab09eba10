# SPDX-License-Identifier: GPL-3.0-or-later
"""The hotspot over a machine of files: radios that come and go, changes that go back."""

import json

import pytest

from appliance.hotspot.check import WrongSettingsError
from appliance.hotspot.hotspot import Hotspot, NotOnHotspotError, NoTrialError
from appliance.hotspot.pool import SIZE
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotTrouble
from tests.unit.appliance.hotspot.fakes import Machine

_PHONE, _PHONE_MAC = "10.84.0.77", "02:11:22:33:44:55"
_OTHER = HotspotSettings("Мактаб", "bahor 2026", "TJ", 11)


@pytest.fixture(autouse=True)
def _no_addresses_of_the_real_machine(addresses: dict[str, str]) -> None:
    assert addresses == {}


def started(machine: Machine, *, radio: bool = True) -> Hotspot:
    """A hotspot that has looked twice."""
    if radio:
        machine.add("wlan0", index=3, driver="brcmfmac", bus="sdio")
    hotspot = Hotspot(machine.places, run=machine.run, now=lambda: machine.now)
    hotspot.start()
    later(machine, hotspot, 1)
    return hotspot


def later(machine: Machine, hotspot: Hotspot, seconds: float) -> None:
    """Let time pass, and look."""
    machine.now += seconds
    hotspot.tick()


def join(machine: Machine, flags: str = "[AUTH][ASSOC][AUTHORIZED]") -> None:
    """A phone joins the network and gets an address."""
    machine.hostapd.stations[_PHONE_MAC] = flags
    machine.neighbours({_PHONE: _PHONE_MAC.upper()})


def test_a_new_box_has_an_open_network(machine: Machine) -> None:
    state = started(machine).state()
    assert state.settings == HotspotSettings("Chashma", "", "00", 0)
    assert state.running
    assert state.radio is not None
    assert (state.radio.interface, state.radio.onboard, state.radio.most) == ("wlan0", True, 7)
    assert state.troubles == ()
    assert machine.conf["ssid2"] == b"Chashma".hex()
    assert machine.conf["wpa"] == "0"
    assert "country_code" not in machine.conf


def test_nothing_is_started_anew_without_a_reason(machine: Machine) -> None:
    hotspot = started(machine)
    for _ in range(60):
        later(machine, hotspot, 1)
    assert machine.hostapd.starts == 1


def test_a_new_agent_throws_nobody_off(machine: Machine) -> None:
    started(machine)
    machine.calls.clear()
    again = Hotspot(machine.places, run=machine.run, now=lambda: machine.now)
    again.start()
    again.tick()
    assert machine.hostapd.starts == 1
    assert again.state().running


def test_a_change_waits_until_its_answer_has_left(machine: Machine) -> None:
    hotspot = started(machine)
    state = hotspot.change(_OTHER)
    assert (state.settings, state.unconfirmed_seconds) == (_OTHER, 120)
    hotspot.tick()
    assert machine.hostapd.starts == 1
    later(machine, hotspot, 2)
    assert machine.conf["ssid2"] == "Мактаб".encode().hex()
    assert machine.conf["channel"] == "11"
    assert hotspot.kept == HotspotSettings()


def test_an_unconfirmed_change_goes_back(machine: Machine) -> None:
    hotspot = started(machine)
    hotspot.change(_OTHER)
    later(machine, hotspot, 2)
    later(machine, hotspot, 118)
    assert hotspot.state().settings == _OTHER
    later(machine, hotspot, 2)
    assert hotspot.state().settings == HotspotSettings()
    assert hotspot.state().unconfirmed_seconds is None
    assert machine.conf["ssid2"] == b"Chashma".hex()
    assert not machine.places.kept.exists()


def test_a_power_cut_ends_a_trial(machine: Machine) -> None:
    hotspot = started(machine)
    hotspot.change(_OTHER)
    later(machine, hotspot, 2)
    assert Hotspot(machine.places, run=machine.run).kept == HotspotSettings()


def test_a_device_of_the_new_network_confirms(machine: Machine) -> None:
    hotspot = started(machine)
    hotspot.change(_OTHER)
    later(machine, hotspot, 2)
    join(machine)
    assert hotspot.confirm(_PHONE).unconfirmed_seconds is None
    later(machine, hotspot, 500)
    assert hotspot.state().settings == _OTHER
    assert Hotspot(machine.places, run=machine.run).kept == _OTHER
    assert machine.places.kept.stat().st_mode & 0o777 == 0o600


def test_only_a_device_of_the_new_network_confirms(machine: Machine) -> None:
    hotspot = started(machine)
    join(machine)
    hotspot.change(_OTHER)
    with pytest.raises(NotOnHotspotError):
        hotspot.confirm(_PHONE)  # still on the old one
    later(machine, hotspot, 2)
    for address in (_PHONE, "192.168.1.5", "", "10.84.0.1", "fe80::1"):
        with pytest.raises(NotOnHotspotError):
            hotspot.confirm(address)
    join(machine, flags="[AUTH][ASSOC]")  # does not know the password
    with pytest.raises(NotOnHotspotError):
        hotspot.confirm(_PHONE)
    assert hotspot.state().unconfirmed_seconds is not None


def test_without_a_radio_a_device_on_a_wire_confirms(machine: Machine) -> None:
    hotspot = started(machine, radio=False)
    hotspot.change(_OTHER)
    later(machine, hotspot, 2)
    machine.neighbours({_PHONE: _PHONE_MAC})
    assert hotspot.confirm(_PHONE).settings == _OTHER


def test_nothing_waits_to_be_confirmed(machine: Machine) -> None:
    hotspot = started(machine)
    with pytest.raises(NoTrialError):
        hotspot.confirm(_PHONE)
    before = hotspot.state()
    assert hotspot.revert() == before


def test_a_second_change_replaces_the_first(machine: Machine) -> None:
    hotspot = started(machine)
    hotspot.change(_OTHER)
    later(machine, hotspot, 60)
    hotspot.change(HotspotSettings("Third"))
    later(machine, hotspot, 100)
    assert hotspot.state().settings.name == "Third"
    hotspot.revert()
    later(machine, hotspot, 2)
    assert machine.conf["ssid2"] == b"Chashma".hex()


def test_wrong_settings_change_nothing(machine: Machine) -> None:
    hotspot = started(machine)
    with pytest.raises(WrongSettingsError):
        hotspot.change(HotspotSettings(password="short"))
    assert hotspot.state().unconfirmed_seconds is None


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 200, b"{", b'{"name": "a\\nb"}', b'{"other": 1}', b"\xff\xfe"]
)
def test_a_broken_file_begins_anew(machine: Machine, content: bytes) -> None:
    machine.places.kept.write_bytes(content)
    assert Hotspot(machine.places, run=machine.run).kept == HotspotSettings()


def test_settings_hold_even_where_the_disk_takes_none(machine: Machine) -> None:
    hotspot = started(machine)
    machine.places.kept.mkdir()
    hotspot.keep(_OTHER)
    later(machine, hotspot, 1)
    assert machine.conf["ssid2"] == "Мактаб".encode().hex()


def test_without_a_radio_everything_else_goes_on(machine: Machine) -> None:
    hotspot = started(machine, radio=False)
    state = hotspot.state()
    assert (state.radio, state.running) == (None, False)
    assert state.troubles == (HotspotTrouble.NO_RADIO,)
    assert machine.hostapd.starts == 0
    machine.add("wlan0", index=9, driver="mac80211_hwsim", bus="mac80211_hwsim")
    later(machine, hotspot, 1)
    later(machine, hotspot, 1)
    assert hotspot.state().running
    assert hotspot.state().troubles == ()


def test_a_radio_that_dies_and_comes_back(machine: Machine) -> None:
    hotspot = started(machine)
    machine.pull("wlan0")
    later(machine, hotspot, 1)
    assert hotspot.state().troubles == (HotspotTrouble.RADIO_DIED,)
    machine.add("wlan0", index=12, driver="brcmfmac", bus="sdio")
    later(machine, hotspot, 1)
    later(machine, hotspot, 1)
    assert hotspot.state().running
    assert machine.hostapd.starts == 2


def test_an_adapter_is_better_than_what_is_soldered_on(machine: Machine) -> None:
    hotspot = started(machine)
    machine.add("wlan1", index=20, driver="mt76x2u", bus="usb")
    later(machine, hotspot, 1)
    assert machine.conf["interface"] == "wlan1"
    assert machine.conf["max_num_sta"] == "100"
    machine.pull("wlan1")
    later(machine, hotspot, 1)
    assert machine.conf["interface"] == "wlan0"


def test_the_adapter_that_works_is_not_left_for_another(machine: Machine) -> None:
    machine.add("wlan1", index=20, driver="mac80211_hwsim", bus="mac80211_hwsim")
    hotspot = started(machine, radio=False)
    machine.add("wlan0", index=4, driver="mac80211_hwsim", bus="mac80211_hwsim")
    later(machine, hotspot, 1)
    assert machine.conf["interface"] == "wlan1"


def test_a_radio_that_cannot_be_an_access_point_is_none(machine: Machine) -> None:
    machine.abilities = machine.abilities.replace("\t\t * AP\n", "\t\t * AP/VLAN\n")
    assert started(machine).state().troubles == (HotspotTrouble.NO_RADIO,)


def test_a_radio_that_was_not_ready_is_asked_again(machine: Machine) -> None:
    machine.failing = {"iw"}
    hotspot = started(machine)
    assert hotspot.state().radio is None
    machine.failing = set()
    later(machine, hotspot, 1)
    assert hotspot.state().radio is not None


def test_what_the_driver_says_of_its_limit_counts(machine: Machine) -> None:
    machine.abilities += "\tMaximum associated stations in AP mode: 5\n"
    started(machine)
    assert machine.conf["max_num_sta"] == "5"


def test_hostapd_that_does_not_run_is_told_and_started_anew(machine: Machine) -> None:
    machine.hostapd.state = "COUNTRY_UPDATE"
    hotspot = started(machine)
    assert hotspot.state().troubles == ()
    later(machine, hotspot, 6)
    assert hotspot.state().troubles == (HotspotTrouble.NOT_STARTED,)
    later(machine, hotspot, 10)
    assert machine.hostapd.starts == 2
    machine.hostapd.state = "ENABLED"
    later(machine, hotspot, 1)
    assert hotspot.state().troubles == ()


def test_a_systemd_that_fails_stops_nothing_else(machine: Machine) -> None:
    machine.failing = {"systemctl", "networkctl"}
    hotspot = started(machine)
    assert not hotspot.state().running
    machine.failing = set()
    later(machine, hotspot, 16)
    later(machine, hotspot, 1)
    assert hotspot.state().running


def test_a_country_without_rules_runs_and_is_told(machine: Machine) -> None:
    hotspot = started(machine)
    hotspot.keep(HotspotSettings(country="TJ"))
    later(machine, hotspot, 1)
    later(machine, hotspot, 1)
    assert hotspot.state().troubles == (HotspotTrouble.COUNTRY_UNKNOWN,)
    assert "country_code" not in machine.conf
    hotspot.keep(HotspotSettings(country="UZ"))
    later(machine, hotspot, 1)
    assert machine.conf["country_code"] == "UZ"


def test_who_was_turned_away_is_counted_once(machine: Machine) -> None:
    hotspot = started(machine)
    machine.hostapd.stations = {f"02:00:00:00:01:0{number}": "" for number in range(7)}
    later(machine, hotspot, 1)
    later(machine, hotspot, 1)
    state = hotspot.state()
    assert (state.connected, state.refused) == (7, 0)
    assert state.troubles == (HotspotTrouble.FULL,)
    assert machine.hostapd.level == "DEBUG"
    for mac in ("02:aa:00:00:00:01", "02:aa:00:00:00:02", "02:aa:00:00:00:01"):
        machine.hostapd.say(f"authentication: STA={mac} auth_alg=0 auth_transaction=1")
        machine.hostapd.say("  New STA")
        machine.hostapd.say("no more room for new STAs (7/7)")
    mac = "02:aa:00:00:00:03"
    machine.hostapd.say(f"wlan0: STA {mac} IEEE 802.11: Could not add STA to kernel driver")
    later(machine, hotspot, 1)
    assert hotspot.state().refused == 3
    assert machine.places.hostapd_log.stat().st_size == 0
    machine.hostapd.stations.popitem()
    later(machine, hotspot, 1)
    assert machine.hostapd.level == "INFO"
    assert hotspot.state().refused == 3


def test_a_pool_without_an_address_left_is_told(machine: Machine) -> None:
    hotspot = started(machine)
    machine.places.leases.write_text("1 mac ip * *\n" * (SIZE - 1))
    assert hotspot.state().troubles == ()
    machine.places.leases.write_text("1 mac ip * *\n" * SIZE)
    assert hotspot.state().troubles == (HotspotTrouble.NO_ADDRESSES,)


def test_what_is_kept_is_readable_by_the_next_version(machine: Machine) -> None:
    started(machine).keep(_OTHER)
    assert json.loads(machine.places.kept.read_text()) == {
        "name": "Мактаб",
        "password": "bahor 2026",
        "country": "TJ",
        "channel": 11,
        "wired": "auto",
    }
