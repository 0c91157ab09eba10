# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the hotspot can run by what somebody typed: the one maker of ``HotspotSettings``."""

import unicodedata

import msgspec

from appliance.errors import ApplianceError
from appliance.hotspot.country import is_country, last_channel
from appliance.hotspot.settings import UNKNOWN_COUNTRY, HotspotSettings, Wired

_LONGEST_NAME = 32  # bytes: IEEE 802.11, the SSID element
_SHORTEST_PASSWORD, _LONGEST_PASSWORD = 8, 63  # IEEE 802.11i, annex H.4.1
_LAST_CHANNEL = 13
_UNSEEN = ("C", "Zl", "Zp")


class SettingProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong.

    Attributes:
        field: of ``HotspotSettings``.
        code: a key of ``appliance.hotspot.problems.PROBLEMS``.
    """

    field: str
    code: str


class WrongSettingsError(ApplianceError):
    """The hotspot cannot run so.

    Attributes:
        problems: at least one, in the order of the fields.
    """

    def __init__(self, *problems: SettingProblem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


def checked(
    *,
    name: str,
    password: str = "",
    country: str = UNKNOWN_COUNTRY,
    channel: int = 0,
    wired: str = Wired.AUTO,
) -> HotspotSettings:
    """Settings by which the hotspot can run. All that is wrong is told at once.

    Args:
        name: of the network; spaces around it do not count.
        password: empty for an open network.
        country: two letters, small ones too; empty for none. One that is not in the kernel's
            database is accepted: the radio then keeps to the world's rules.
        channel: 0 to 13.
        wired: a value of ``Wired``.

    Raises:
        WrongSettingsError: something is wrong.
    """
    name = unicodedata.normalize("NFC", name).strip()
    country = country.strip().upper() or UNKNOWN_COUNTRY
    found = {
        "name": name_problem(name),
        "password": password_problem(password),
        "country": country_problem(country),
        "channel": channel_problem(channel, country),
        "wired": wired_problem(wired),
    }
    problems = [SettingProblem(field, code) for field, code in found.items() if code]
    if problems:
        raise WrongSettingsError(*problems)
    return HotspotSettings(name, password, country, channel, Wired(wired))


def rechecked(settings: HotspotSettings) -> HotspotSettings:
    """The same settings, after they crossed a border as data.

    Raises:
        WrongSettingsError: something is wrong.
    """
    return checked(**msgspec.structs.asdict(settings))


def name_problem(name: str) -> str:
    """The code of what is wrong with a network's name, or nothing."""
    if not name:
        return "name-empty"
    if any(unicodedata.category(letter).startswith(_UNSEEN) for letter in name):
        return "name-letters"
    return "name-too-long" if len(name.encode()) > _LONGEST_NAME else ""


def password_problem(password: str) -> str:
    """The code of what is wrong with a password, or nothing."""
    if not (password.isascii() and password.isprintable()):
        return "password-letters"
    if 0 < len(password) < _SHORTEST_PASSWORD:
        return "password-short"
    return "password-long" if len(password) > _LONGEST_PASSWORD else ""


def country_problem(country: str) -> str:
    """The code of what is wrong with a country's code, or nothing."""
    return "" if country == UNKNOWN_COUNTRY or is_country(country) else "country-wrong"


def channel_problem(channel: int, country: str) -> str:
    """The code of what is wrong with a channel in a country, or nothing."""
    if not 0 <= channel <= _LAST_CHANNEL:
        return "channel-wrong"
    return "channel-forbidden" if channel > last_channel(country) else ""


def wired_problem(wired: str) -> str:
    """The code of what is wrong with a use of the wired port, or nothing."""
    return "" if wired in set(Wired) else "wired-wrong"
