# SPDX-License-Identifier: GPL-3.0-or-later
"""Stems: what the forms of one word have in common."""

import re
import threading

import Stemmer

from appliance.content.search.fold import fold

_TAJIK_LETTERS = re.compile("[ғӣқӯҳҷ]")
_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")
# Folded endings of the Tajik noun: plural, direct object, izofat, "our", "your". Longest first.
_TAJIK_ENDINGS = ("хоямон", "хоятон", "хояшон", "хоро", "хои", "хо", "ро", "он", "и")
_SHORTEST = 3


class _Stemmers(threading.local):
    """Snowball's stemmers, of which no two threads may share one."""

    def __init__(self) -> None:
        self.russian = Stemmer.Stemmer("russian")
        self.english = Stemmer.Stemmer("english")


_STEMMERS = _Stemmers()


def stems(word: str, *, tajik: bool = False) -> frozenset[str]:
    """The folded stems of one word; empty where none differs from the folded word.

    The script decides: Snowball's Russian for Cyrillic, its English for Latin; words with Tajik
    letters lose a Tajik ending instead.

    Args:
        word: as written, unfolded.
        tajik: the word may be Tajik even though it has none of the six Tajik letters.
    """
    small = word.casefold()
    folded = fold(word)
    found = set()
    if _TAJIK_LETTERS.search(small):
        found.add(_without_tajik_ending(folded))
    elif _CYRILLIC.search(small):
        found.add(fold(_STEMMERS.russian.stemWord(small.replace("ё", "е"))))
        if tajik:
            found.add(_without_tajik_ending(folded))
    elif _LATIN.search(small):
        found.add(fold(_STEMMERS.english.stemWord(folded)))
    return frozenset(stem for stem in found if stem and stem != folded)


def _without_tajik_ending(folded: str) -> str:
    for ending in _TAJIK_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            return folded.removesuffix(ending)
    return folded
