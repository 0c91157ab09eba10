# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes, durations and numbers as people write them in Tajik and Russian."""

import re
from collections.abc import Callable

_THIN_SPACE = "\N{NO-BREAK SPACE}"
_STEP = 1024
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def N_(message: str) -> str:
    """Mark a message for extraction where it is not translated yet."""
    return message


UNITS = (N_("B"), N_("KB"), N_("MB"), N_("GB"), N_("TB"))


def size(size: int, gettext: Callable[[str], str]) -> str:
    """Bytes in the largest unit that leaves at least one, as in ``1,4 MB``."""
    amount = float(size)
    unit = 0
    while amount >= _STEP and unit < len(UNITS) - 1:
        amount /= _STEP
        unit += 1
    digits = f"{amount:.1f}" if unit > 1 and amount < 10 else f"{amount:.0f}"  # noqa: PLR2004 - one digit before the comma
    return digits.removesuffix(".0").replace(".", ",") + _THIN_SPACE + gettext(UNITS[unit])


def duration(seconds: float) -> str:
    """Seconds as a clock shows them: ``3:07`` or ``1:02:45``."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def number(number: int) -> str:
    """A whole number in groups of three, with spaces that do not break."""
    return f"{number:,}".replace(",", _THIN_SPACE)


def xml_text(text: str) -> str:
    """Text without the characters that XML 1.0 forbids even in escaped form."""
    return _NOT_XML.sub("", text)
