# SPDX-License-Identifier: GPL-3.0-or-later
"""Which settings of the hotspot can run."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from appliance.hotspot.check import WrongSettingsError, checked, rechecked
from appliance.hotspot.country import IN_DATABASE, last_channel, regulatory_domain
from appliance.hotspot.problems import PROBLEMS
from appliance.hotspot.settings import HotspotSettings, Wired


def codes(**values: object) -> dict[str, str]:
    """What is wrong with these, by field."""
    with pytest.raises(WrongSettingsError) as caught:
        checked(**({"name": "Мактаб"} | values))  # type: ignore[arg-type]  # wrong on purpose
    return {problem.field: problem.code for problem in caught.value.problems}


def test_what_people_type_is_taken() -> None:
    made = checked(
        name=" Мактаби №1 ", password="bahor 2026!", country="tj", channel=11, wired="serve"
    )
    assert made == HotspotSettings("Мактаби №1", "bahor 2026!", "TJ", 11, Wired.SERVE)


def test_no_country_and_no_password_are_choices() -> None:
    assert checked(name="A", country="") == HotspotSettings("A", "", "00")


@pytest.mark.parametrize("name", ["ў" * 16, "x" * 32, "'\"`$(reboot)", "école", "#", "\\n"])
def test_a_name_of_32_bytes_is_a_name(name: str) -> None:
    assert checked(name=name).name == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name-empty"),
        (" \t ", "name-empty"),
        ("x" * 33, "name-too-long"),
        ("ў" * 17, "name-too-long"),
        ("a\nwpa=0", "name-letters"),
        ("a\0b", "name-letters"),
        ("a\u202eb", "name-letters"),
        ("\ud800", "name-letters"),
    ],
)
def test_a_name_that_a_radio_cannot_carry(name: str, code: str) -> None:
    assert codes(name=name) == {"name": code}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("1234567", "password-short"),
        ("x" * 64, "password-long"),
        ("рамзрамз", "password-letters"),
        ("abc\ndefgh", "password-letters"),
        ("abcdefg\x7f", "password-letters"),
    ],
)
def test_a_password_that_a_phone_cannot_use(password: str, code: str) -> None:
    assert codes(password=password) == {"password": code}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert codes(name="", password="1", country="Tajikistan", channel=14, wired="both") == {
        "name": "name-empty",
        "password": "password-short",
        "country": "country-wrong",
        "channel": "channel-wrong",
        "wired": "wired-wrong",
    }


def test_channels_are_those_of_the_country() -> None:
    assert checked(name="A", country="RU", channel=13).channel == 13
    assert codes(country="US", channel=12) == {"channel": "channel-forbidden"}
    assert codes(country="TJ", channel=12) == {"channel": "channel-forbidden"}
    assert codes(channel=-1) == {"channel": "channel-wrong"}


def test_a_country_without_rules_keeps_to_those_of_the_world() -> None:
    assert regulatory_domain("TJ") == "00"
    assert regulatory_domain("UZ") == "UZ"
    assert last_channel("TJ") == last_channel("00") == 11
    assert len(IN_DATABASE) == 180


def test_what_crossed_a_border_is_checked_again() -> None:
    with pytest.raises(WrongSettingsError):
        rechecked(HotspotSettings(name="a\nb"))


@given(st.text(), st.text(), st.text(), st.integers(), st.text())
def test_nothing_else_is_ever_raised(
    name: str, password: str, country: str, channel: int, wired: str
) -> None:
    found: set[str] = set()
    try:
        made = checked(name=name, password=password, country=country, channel=channel, wired=wired)
        found |= set() if rechecked(made) == made else {"changed by the second check"}
    except WrongSettingsError as exc:
        found |= {problem.code for problem in exc.problems}
    assert found <= set(PROBLEMS)
