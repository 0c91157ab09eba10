# SPDX-License-Identifier: GPL-3.0-or-later
"""A number as people type it."""

import math
import re
import unicodedata

LONGEST = 40

_WHOLE = 1e15  # up to there a float holds every whole number

_MINUS = dict.fromkeys(map(ord, "−–—‒﹣－"), "-")
# What stands between thousands and says nothing: spaces of any width, apostrophes, U+066C.
_BETWEEN = dict.fromkeys(map(ord, " \t\u00a0\u2007\u2009\u202f'’\u066c"))
_MARKS = {**_MINUS, **_BETWEEN, 0x066B: ","}  # U+066B: the Arabic decimal comma
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SCIENTIFIC = re.compile(_DECIMAL.pattern + r"(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_FRACTION = re.compile(r"([+-]?[0-9]+)/([0-9]+)")
_SPACED_FRACTION = re.compile(r"([+-]?)([0-9]+)\s+([0-9]+)\s*/\s*([0-9]+)")


def western(text: str) -> str:
    """The text with every digit, Persian and Arabic ones too, as one of ``0`` to ``9``."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def decimal(text: str) -> float | None:
    """The value of digits with a decimal comma or point; None for anything else.

    ``1 000,5``, ``1.000,5`` and ``1,000.5`` are the same; a lone comma is a decimal comma.
    """
    plain = _plain(text)
    return float(plain) if _DECIMAL.fullmatch(plain) else None


def number(text: str) -> float | None:
    """As ``decimal``, and also ``3e5``, ``1/2`` and ``1 1/2``."""
    if mixed := _SPACED_FRACTION.fullmatch(western(text.strip()[:LONGEST]).translate(_MINUS)):
        sign, whole, over, under = mixed.groups()
        part = _quotient(int(over), int(under))
        return None if part is None else (int(whole) + part) * (-1 if sign == "-" else 1)
    plain = _plain(text)
    if fraction := _FRACTION.fullmatch(plain):
        return _quotient(int(fraction[1]), int(fraction[2]))
    if not _SCIENTIFIC.fullmatch(plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def written(value: float) -> str:
    """A number as short as it can be, with a decimal point; ``number`` reads the same value."""
    return str(int(value)) if abs(value) < _WHOLE and value == int(value) else repr(value)


def midway(low: float, high: float) -> tuple[float, float]:
    """The middle of a range and how far its ends are from it, without a tail of digits."""
    return float(f"{(low + high) / 2:.12g}"), float(f"{abs(high - low) / 2:.12g}")


def _quotient(over: int, under: int) -> float | None:
    return over / under if under else None


def _plain(text: str) -> str:
    """Without what stands between thousands, and with a decimal point."""
    if len(text.strip()) > LONGEST:
        return ""
    plain = western(text.strip()).translate(_MARKS)
    decimal_mark = max(plain.rfind(","), plain.rfind("."))
    if decimal_mark < 0:
        return plain
    mark, other = plain[decimal_mark], "." if plain[decimal_mark] == "," else ","
    plain = plain.replace(other, "")
    if plain.count(mark) > 1:  # 1,000,000
        return plain.replace(mark, "")
    return plain.replace(mark, ".")
