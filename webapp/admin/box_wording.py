# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the box itself: its parts, its troubles, its networks, its clock."""

from appliance.clock.state import Confidence
from appliance.disk.state import DataState
from appliance.health.finding import Trouble
from appliance.hotspot.settings import Wired
from appliance.hotspot.state import HotspotTrouble
from appliance.language import N_

_DATA_READ_ONLY = N_(
    "The card or disk of the box is damaged. Everything can be read, but what is changed now is "
    "lost at the next start."
)
_DATA_ABSENT = N_(
    "The part of the card or disk with the library cannot be read. An empty library stands in for "
    "it; what is changed now is lost at the next start."
)

SERVICES = {
    "nginx": N_("Pages and files"),
    "kiwix": N_("Encyclopedias"),
    "search": N_("Search in encyclopedias"),
    "web": N_("Library and these pages"),
    "worker": N_("Adding and changing content"),
    "agent": N_("Network, clock and power"),
}

TROUBLES = {
    Trouble.DISK_FULL: N_(
        "The disk is full: nothing more can be added. Remove something from the shelf."
    ),
    Trouble.DISK_SHORT: N_("The disk is almost full. Soon something has to be removed."),
    Trouble.MEMORY_SHORT: N_(
        "The memory is almost used up, so pages may come slowly. A restart of the box helps."
    ),
    Trouble.HOT: N_("The box is hot and slows itself down. Give it shade and air."),
    Trouble.SERVICE_DOWN: N_(
        "A part of the box does not answer: %(name)s. It is started again by itself; if it stays "
        "so for some minutes, restart the box."
    ),
    Trouble.CLOCK_WRONG: N_("The clock is wrong. Set the date and time of the box."),
    Trouble.CLOCK_KEPT: N_(
        "Nobody has told the box the time since its start; it may be slow. Set it from your phone."
    ),
    Trouble.CARD_ERRORS: N_(
        "The card has answered with errors (%(number)s). It is wearing out: copy what is precious "
        "and put in a new card."
    ),
    Trouble.CARD_WORN: N_(
        "%(number)s %% of the card's life is used up. Put in a new card before it fails."
    ),
    Trouble.UNDER_VOLTAGE: N_(
        "The box gets too little power. Use the power supply that belongs to it, and a short cable."
    ),
    Trouble.UNDER_VOLTAGE_BEFORE: N_(
        "Times that the box has had too little power since its start: %(number)s. Use the power "
        "supply that belongs to it, and a short cable."
    ),
    Trouble.UNCLEAN_ENDS: N_(
        "The power was cut without switching the box off, %(number)s of the last 10 times. It "
        "bears that, but its card lives longer if you switch it off here."
    ),
    Trouble.THROTTLED: N_(
        "The processor is kept slow, because of heat or too little power. Give the box shade and "
        "air, and the power supply that belongs to it."
    ),
    Trouble.DATA_READ_ONLY: _DATA_READ_ONLY,
    Trouble.DATA_ABSENT: _DATA_ABSENT,
}

WIRED = {
    Wired.AUTO: N_("Find out by itself"),
    Wired.UPLINK: N_("The school's line"),
    Wired.SERVE: N_("An access point or computers"),
}

WIRED_MEANINGS = {
    Wired.AUTO: N_("Right for most schools: whatever is plugged in, the box adapts to it."),
    Wired.UPLINK: N_("A cable of the school's own network is plugged in. The box only joins it."),
    Wired.SERVE: N_(
        "What is plugged in gets the library: an access point for more phones, a switch, a "
        "computer."
    ),
}

WIRED_NOW = {
    Wired.AUTO: N_("looks whether there is a network, or nothing is plugged in"),
    Wired.UPLINK: N_("is part of the school's own network"),
    Wired.SERVE: N_("gives the library to what is plugged in"),
}

HOTSPOT_TROUBLES = {
    HotspotTrouble.NO_RADIO: N_(
        "There is no Wi-Fi radio that can carry the network. Plug in a USB adapter, or an access "
        "point into the network socket."
    ),
    HotspotTrouble.RADIO_DIED: N_(
        "The Wi-Fi radio has stopped working. Restart the box; if it happens again, try another "
        "power supply, or plug in a USB adapter."
    ),
    HotspotTrouble.NOT_STARTED: N_(
        "The Wi-Fi network does not start with these settings. Choose another channel, or the "
        "country “Tajikistan (world rules)”."
    ),
    HotspotTrouble.COUNTRY_UNKNOWN: N_(
        "The radio knows no rules for this country and keeps to those of the world. That works; "
        "choose “Tajikistan (world rules)” to be rid of this message."
    ),
    HotspotTrouble.FULL: N_(
        "The Wi-Fi is full: devices were turned away. Buy an access point and plug it into the "
        "network socket of the box; many more can join there."
    ),
    HotspotTrouble.NO_ADDRESSES: N_(
        "All addresses are given out, so new devices cannot join. Restart the box in a quiet "
        "moment; devices that went home then free theirs."
    ),
    HotspotTrouble.OTHER_DHCP: N_(
        "Something else on the cable gives out addresses too. Switch that off in the access point "
        "(“DHCP server”), or choose “The school's line” below."
    ),
}

CONFIDENCES = {
    Confidence.NETWORK: N_("sure: a time server was asked"),
    Confidence.PERSON: N_("sure: somebody has set it since the last start"),
    Confidence.KEPT: N_("not sure: it goes on from when the box was last on"),
}

DATA_STATES = {DataState.READ_ONLY: _DATA_READ_ONLY, DataState.ABSENT: _DATA_ABSENT}
