# SPDX-License-Identifier: GPL-3.0-or-later
"""Terms: what stands in the index for a text."""

import re
from functools import lru_cache

from appliance.content.search.fold import fold, words
from appliance.content.search.stem import stems

# Stems stand beside the words, behind a letter of the private use area, which FTS5's unicode61
# takes for a part of a word: "вод" as the stem of "вода" is not the beginning of "водород".
STEM = "\ue000"
SHORTEST = 4  # letters of a word worth correcting, or offering as a correction
LONGEST = 40  # letters; longer "words" are checksums and addresses

_NO_LETTER = re.compile(r"[\W_]+")


def terms(text: str, *, tajik: bool) -> str:
    """The folded words of a text and their stems, with spaces between, as FTS5 shall index them.

    Args:
        text: as people read it.
        tajik: its words may be Tajik even where they have none of the six Tajik letters.
    """
    return " ".join(filter(None, (_terms_of(match[0], tajik) for match in words(text))))


def spelled_words(text: str) -> set[tuple[str, str]]:
    """The words of a text that are worth offering to somebody who mistyped: (folded, written)."""
    found = {match[0].lower() for match in words(text)}
    pairs = ((_plain(word), word) for word in found if word.isalpha())
    return {(folded, word) for folded, word in pairs if SHORTEST <= len(folded) <= LONGEST}


def plain(word: str) -> str:
    """One word folded, and nothing in it that FTS5 would divide or take for its own syntax."""
    return _NO_LETTER.sub("", fold(word)).replace(STEM, "")


_plain = lru_cache(maxsize=10_000)(plain)


@lru_cache(maxsize=10_000)
def _terms_of(word: str, tajik: bool) -> str:
    folded = plain(word)
    if not folded or len(folded) > LONGEST:
        return ""
    return " ".join([folded, *(STEM + stem for stem in sorted(stems(word, tajik=tajik)))])
