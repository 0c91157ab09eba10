# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with settings of the hotspot, in plain words for whoever typed them."""

from collections.abc import Mapping

from appliance.language import N_

PROBLEMS: Mapping[str, str] = {
    "name-empty": N_("The Wi-Fi network needs a name."),
    "name-too-long": N_(
        "The name of the Wi-Fi network is too long: at most 32 Latin or 16 Cyrillic letters."
    ),
    "name-letters": N_("The name of the Wi-Fi network holds characters that cannot be seen."),
    "password-short": N_(
        "The Wi-Fi password is too short: at least 8 characters, or none for an open network."
    ),
    "password-long": N_("The Wi-Fi password is too long: at most 63 characters."),
    "password-letters": N_(
        "The Wi-Fi password may hold only Latin letters, figures and signs, so that every phone "
        "can type it."
    ),
    "country-wrong": N_("There is no such country. Write its two letters, such as TJ."),
    "channel-wrong": N_("The channel is a number from 1 to 13, or 0 to let the box choose."),
    "channel-forbidden": N_(
        "This channel is not allowed in that country. Channels 1 to 11 are allowed everywhere."
    ),
    "wired-wrong": N_("The wired port can be auto, uplink or serve."),
}
