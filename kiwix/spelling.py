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
_CYRILLIC_LETTERS = "аеиоуыэюябвгджзклмнпрстфхцчшщь"
_LATIN_LETTERS = "aeiouybcdfghjklmnpqrstvwxz"

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


def mistyped(word: str) -> Iterator[str]:
    """The words from which one slip of the finger makes ``word``: likeliest slips first.

    Args:
        word: in small letters without marks, all Cyrillic or all Latin.
    """
    letters = _CYRILLIC_LETTERS if _CYRILLIC.match(word) else _LATIN_LETTERS
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + letter + b[1:] for a, b in cuts if b for letter in letters if letter != b[0])
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b for a, b in cuts for letter in letters)


def forms(stem: str) -> Iterator[str]:
    """The commonest forms of a Cyrillic stem; none of a stem in other letters."""
    if _CYRILLIC.match(stem):
        yield from (stem + ending for ending in _ENDINGS)
