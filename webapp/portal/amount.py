# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations and whole numbers as people write them."""

import re

_THIN_SPACE = "\N{NO-BREAK SPACE}"
# What XML leaves out, not what it takes: that would be ten times as much to compile.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
