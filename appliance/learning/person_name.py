# SPDX-License-Identifier: GPL-3.0-or-later
"""What a name of a person or of a class has to be like."""

import unicodedata

from appliance.errors import ApplianceError

MOST_LETTERS = 60
# Control, surrogate, private, unassigned, and lines and paragraphs of their own.
_HARMFUL = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Marks that make text run the other way: a name could be shown as another one with them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class UnfitNameError(ApplianceError):
    """Nothing that could be a name: empty, too long, or no letter or figure in it."""


class NameTakenError(ApplianceError):
    """Another has this name, or one that reads the same."""


def checked_name(typed: str) -> str:
    """A name on one line, composed as most keyboards do, without spaces around it.

    Raises:
        UnfitNameError: it is no name.
    """
    name = " ".join(unicodedata.normalize("NFC", typed[: 10 * MOST_LETTERS]).split())
    harmful = any(unicodedata.category(one) in _HARMFUL or one in _TURNING for one in name)
    if harmful or len(name) > MOST_LETTERS or not any(one.isalnum() for one in name):
        raise UnfitNameError(name)
    return name
