# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what somebody typed is what was meant, however it was typed."""

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import normalize

from appliance.content.quiz.number import decimal, western
from appliance.content.search.fold import fold
from appliance.content.search.latin import spellings

LONGEST = 500

_OUTER = ' .,;:!?…"«»“”„()'
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_PIECES = re.compile(r"\\\*|\*+|[^*\\]+|\\")


def is_meant(accepted: str, typed: str) -> bool:
    """Whether a typed text is the accepted one.

    Small and capital letters, the letters of Tajik that a Russian keyboard lacks, a left-out ъ,
    Latin letters for Cyrillic ones, дж for ҷ, spaces, and marks around it make no difference;
    nor does 3,5 or 3.5. ``*`` in the accepted text stands for anything, ``\\*`` for an asterisk.
    """
    if not typed.strip() or len(typed) > LONGEST or len(accepted) > LONGEST:
        return False
    value = decimal(accepted)
    if value is not None and value == decimal(typed):
        return True
    return _pattern(accepted).fullmatch(plain(typed)) is not None


def example(accepted: str) -> str:
    """A text that ``is_meant`` by the accepted one, for showing to people."""
    pieces = _PIECES.findall(accepted)
    text = "".join("" if _is_wild(piece) else _literal(piece) for piece in pieces)
    return " ".join(text.split()) or ("…" if pieces else "")


def plain(text: str) -> str:
    """The text as it is compared: folded, or at least in small letters where nothing is left.

    So an answer that is no more than ъ can still be told from others.
    """
    spaced = " ".join(western(text).translate(_DASHES).split())
    bare = spaced.strip(_OUTER) or spaced
    return normalize("NFD", fold(bare) or bare.casefold())


def script_pattern(accepted: str) -> str:
    """What ``is_meant`` looks for, as JavaScript's ``RegExp`` takes it; empty: nothing is meant.

    It has to match all of a plain form. JavaScript knows no atomic groups; a group that is found
    looking ahead and then said again is one.
    """
    if len(accepted) > LONGEST:
        return ""
    return _expression(accepted, lambda number, part: rf"(?=([\s\S]*?{part}))\{number}")


@lru_cache(maxsize=512)
def _pattern(accepted: str) -> re.Pattern[str]:
    """Matches the plain form of every text that is meant, in a time that grows with its length."""
    # Atomic: of all places for what stands in between, the first is as good as any later one.
    return re.compile(_expression(accepted, lambda _, part: rf"(?>[\s\S]*?{part})"))


def _expression(accepted: str, found: Callable[[int, str], str]) -> str:
    """The pattern of an accepted text.

    Args:
        found: says that a part stands somewhere further on; it is given the part's number, from 1.
    """
    parts = [""]
    for piece in _PIECES.findall(accepted):
        if _is_wild(piece):
            parts.append("")
        else:
            parts[-1] += _literal(piece)
    if len(parts) == 1:
        return _letters(plain(parts[0]))
    parts[0], parts[-1] = parts[0].lstrip(_OUTER), parts[-1].rstrip(_OUTER)
    first, *middle, last = (_letters(_folded(part)) for part in parts)
    between = "".join(found(*each) for each in enumerate(filter(None, middle), 1))
    return rf"{first}{between}[\s\S]*{last}"


def _is_wild(piece: str) -> bool:
    return piece.startswith("*")


def _literal(piece: str) -> str:
    return piece.replace("\\*", "*")


def _folded(part: str) -> str:
    """A part beside an asterisk as it is compared; spaces at its ends count."""
    return normalize("NFD", fold(re.sub(r"\s+", " ", western(part).translate(_DASHES))))


def _letters(folded: str) -> str:
    """A pattern for these folded letters: each as it is, or in Latin ones; and дж for ҷ."""
    return "".join(map(_letter, folded.replace("дж", "ч")))


def _letter(letter: str) -> str:
    written = (letter, *spellings(letter), *(("дж",) if letter == "ч" else ()))
    return re.escape(letter) if len(written) == 1 else f"(?:{'|'.join(written)})"
