# SPDX-License-Identifier: GPL-3.0-or-later
"""Countries, as far as radio goes: which the kernel knows, and what each allows on 2.4 GHz.

Read out of ``regulatory.db`` of Debian's wireless-regdb 2026.05.30: for each country the channels
of 20 MHz that an access point may open without having heard another (neither ``no-IR`` nor
``no-OFDM``). Togo has an entry without any, so it is not among them.
"""

from appliance.hotspot.settings import UNKNOWN_COUNTRY

IN_DATABASE = frozenset(
    """
    AD AE AF AI AL AM AN AR AS AT AU AW AZ BA BB BD BE BF BG BH BL BM BN BO BR BS BT BW BY BZ
    CA CF CH CI CL CN CO CR CU CX CY CZ DE DK DM DO DZ EC EE EG ES ET FI FM FO FR GB GD GE GF
    GH GI GL GP GR GT GU GY HK HN HR HT HU ID IE IL IM IN IR IS IT JM JO JP KE KH KN KP KR KW
    KY KZ LB LC LI LK LS LT LU LV MA MC MD ME MF MH MK MN MO MP MQ MR MT MU MV MW MX MY NA NG
    NI NL NO NP NZ OM PA PE PF PG PH PK PL PM PR PT PW PY QA RE RO RS RU RW SA SE SG SI SK SM
    SN SR SV SX SY TC TD TH TN TR TT TW TZ UA UG US UY UZ VA VC VE VI VN VU WF WS YE YT ZA ZW
    """.split()  # noqa: SIM905 - two hundred quotes would say no more
)
"""Countries whose rules the kernel can load."""

WITHOUT_DATABASE = frozenset(
    """
    AG AO AQ AX BI BJ BQ BV CC CD CG CK CM CV CW DJ EH ER FJ FK GA GG GM GN GQ GS GW HM IO IQ JE
    KG KI KM LA LR LY MG ML MM MS MZ NC NE NF NR NU PN PS SB SC SD SH SJ SL SO SS ST SZ TF TG TJ
    TK TL TM TO TV UM VG ZM
    """.split()  # noqa: SIM905 - likewise
)
"""The other codes of ISO 3166-1; there the radio keeps to the rules of the whole world."""

_TO_ELEVEN = frozenset(
    ("AS", "BM", "DM", "DO", "FM", "GD", "GU", "HT", "MH", "MP", "NI", "PR", "PW", "US", "VI")
)
_LAST = 13
_LAST_EVERYWHERE = 11


def is_country(code: str) -> bool:
    """Whether these two capital letters are a country's."""
    return code in IN_DATABASE or code in WITHOUT_DATABASE


def regulatory_domain(country: str) -> str:
    """The code that the kernel can be given for a country: its own, or the world's."""
    return country if country in IN_DATABASE else UNKNOWN_COUNTRY


def last_channel(country: str) -> int:
    """The highest channel of 2.4 GHz that an access point may use there."""
    if country in _TO_ELEVEN or country not in IN_DATABASE:
        return _LAST_EVERYWHERE
    return _LAST
