# SPDX-License-Identifier: GPL-3.0-or-later
"""What every text that somebody types has to be like."""

import unicodedata

from wtforms import Field, Form
from wtforms.validators import ValidationError

from appliance.language import N_

_UNPRINTABLE = N_("There are letters in it that cannot be shown.")
_HARMFUL = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Marks that make text run the other way: a name could be shown as another one with them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def trimmed(text: str | None) -> str:
    """A single line without spaces around it, composed as most keyboards do."""
    return unicodedata.normalize("NFC", " ".join((text or "").split(" "))).strip()


def no_control_characters(_: Form, field: Field) -> None:
    """Refuse what no keyboard types.

    Raises:
        ValidationError: there is a character that is not text.
    """
    if any(unicodedata.category(letter) in _HARMFUL or letter in _TURNING for letter in field.data):
        raise ValidationError(_UNPRINTABLE)
