# SPDX-License-Identifier: GPL-3.0-or-later
"""The spellings under which a word may stand in an archive.

libzim takes marks off letters (ё й ӣ ӯ) when it indexes and when it searches, but қ ғ ҳ ҷ are
letters of their own to it; and its Xapian has stemmers for Russian and English, none for Tajik
(``removeAccents`` in libzim's ``src/tools.cpp``; tried with python-libzim 3.6).
"""

import itertools
import re
from collections.abc import Iterator

_TAJIK = {"к": "қ", "г": "ғ", "х": "ҳ", "ч": "ҷ"}
_CYRILLIC = re.compile("[а-я]")

# The commonest endings of nouns and adjectives, as libzim folds them; Tajik, then Russian.
_ENDINGS = (
    *("", "и", "ҳо", "ҳои", "ро", "он", "у", "ҳоро"),
    *("а", "е", "ы", "ов", "ам", "ах", "ом", "ами", "я", "ю", "еи", "ои", "ям", "ях", "ем"),
)


def tajik_spellings(word: str) -> Iterator[str]:
    """The word, and the words that a Russian keyboard types like it; likeliest first.

    A word that has a letter twice mostly means the same letter twice, so those come first.
    """
    letters = sorted(set(word) & set(_TAJIK))
    seen = set()
    for choice in itertools.product((False, True), repeat=len(letters)):
        table = {ord(k): _TAJIK[k] for k, change in zip(letters, choice, strict=True) if change}
        spelling = word.translate(table)
        seen.add(spelling)
        yield spelling
    every = itertools.product(*((letter, *_TAJIK.get(letter, "")) for letter in word))
    yield from (spelling for spelling in map("".join, every) if spelling not in seen)


def forms(stem: str) -> Iterator[str]:
    """The commonest forms of a Cyrillic stem; none of a stem in other letters."""
    if _CYRILLIC.match(stem):
        yield from (stem + ending for ending in _ENDINGS)
