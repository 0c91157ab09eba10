# SPDX-License-Identifier: GPL-3.0-or-later
"""Countries by their names, for the choice of the radio's rules."""

from functools import cache

from babel import Locale

from appliance.hotspot.country import IN_DATABASE
from appliance.hotspot.settings import UNKNOWN_COUNTRY

_FOLDED = str.maketrans("ғёӣқӯҳҷ", "геикухч")


@cache
def countries(language: str, more: str = UNKNOWN_COUNTRY) -> tuple[tuple[str, str], ...]:
    """Code and name of each that has rules of its own, in the order of an index of that language.

    Args:
        language: of the names.
        more: the code of one that shall stand among them all the same.
    """
    codes = (IN_DATABASE | {more}) - {UNKNOWN_COUNTRY}
    named = [(code, _name(code, language)) for code in codes]
    return tuple(sorted(named, key=lambda one: one[1].casefold().translate(_FOLDED)))


def country_name(code: str, language: str, world: str) -> str:
    """Of one country; ``world`` for the world's rules."""
    return world if code == UNKNOWN_COUNTRY else _name(code, language)


def _name(code: str, language: str) -> str:
    return str(Locale.parse(language).territories.get(code, code))
