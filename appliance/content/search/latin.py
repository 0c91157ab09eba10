# SPDX-License-Identifier: GPL-3.0-or-later
"""Tajik and Russian typed in Latin letters: which folded Cyrillic words may be meant."""

import itertools
import re

# What a Latin spelling stands for, in folded letters (so ҷ is ч, ғ is г), most likely first.
# After the romanisations in use for Tajik (BGN/PCGN 1994, ISO 9) and what phones write.
_SOUNDS: dict[str, tuple[str, ...]] = {
    **{"shch": ("щ",), "sh": ("ш",), "ch": ("ч",), "zh": ("ж",), "kh": ("х",), "gh": ("г",)},
    **{"dj": ("ч",), "ts": ("тс", "ц"), "yo": ("е",), "yu": ("ю",), "ya": ("я",), "ye": ("е",)},
    **{"a": ("а",), "b": ("б",), "c": ("к", "с"), "d": ("д",), "e": ("е", "э"), "f": ("ф",)},
    **{"g": ("г",), "h": ("х",), "i": ("и",), "j": ("ч", "ж"), "k": ("к",), "l": ("л",)},
    **{"m": ("м",), "n": ("н",), "o": ("о",), "p": ("п",), "q": ("к",), "r": ("р",), "s": ("с",)},
    **{"t": ("т",), "u": ("у",), "v": ("в",), "w": ("в",), "x": ("х",), "y": ("и", "ы")},
    **{"z": ("з",)},
}
_CHUNK = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SPELT: dict[str, tuple[str, ...]] = {
    letter: tuple(latin for latin, sounds in _SOUNDS.items() if letter in sounds)
    for letter in sorted({letter for sounds in _SOUNDS.values() for letter in sounds})
}
_LATIN_WORD = re.compile("[a-z]+")
_MOST = 8


def cyrillic(folded: str) -> tuple[str, ...]:
    """The folded Cyrillic spellings that a folded Latin word may stand for, likeliest first.

    Empty where the word is not in Latin letters; at most 8.
    """
    if not _LATIN_WORD.fullmatch(folded):
        return ()
    sounds = (_SOUNDS[chunk] for chunk in _CHUNK.findall(folded))
    return tuple(itertools.islice(map("".join, itertools.product(*sounds)), _MOST))


def spellings(letter: str) -> tuple[str, ...]:
    """How a folded Cyrillic letter is written in Latin ones; nothing for any other character."""
    return _SPELT.get(letter, ())
