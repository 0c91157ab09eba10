# SPDX-License-Identifier: GPL-3.0-or-later
"""A query: what a person typed, in the forms that the indexes understand."""

import re

import msgspec

from appliance.content.search.fold import words
from appliance.content.search.latin import cyrillic
from appliance.content.search.stem import stems
from appliance.content.search.terms import LONGEST, STEM, plain

MOST_LETTERS = 200
MOST_WORDS = 8
_SHORT = 2  # letters; so short a word must match whole, or it would match everything

# Folded words that say nothing about what is looked for, in Tajik, Russian and English.
_STOP_WORDS = frozenset(
    [
        "ва",
        "дар",
        "аз",
        "ба",
        "бо",
        "барои",
        "ки",
        "то",
        "ин",
        "он",
        "е",
        "чи",
        "и",
        "в",
        "во",
        "на",
        "с",
        "со",
        "по",
        "о",
        "об",
        "от",
        "для",
        "к",
        "ко",
        "из",
        "у",
        "за",
        "как",
        "что",
        "это",
        "не",
        "а",
        "но",
        "или",
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "in",
        "on",
        "to",
        "for",
        "is",
        "are",
        "how",
        "what",
    ]
)
# Spellings that folding takes for one letter, for finding them in the text as it was written.
_WRITTEN = {"к": "кқ", "г": "гғ", "х": "хҳ", "ч": "чҷ", "и": "иӣй", "у": "уӯў", "е": "её"}
_SILENT = "[ъьЪЬ'’\u00ad\u0301]*"
_TELLING = 5  # letters from which a guessed spelling is likely to be the right one
_ENDING = 4  # letters that a stem may have lost


class Word(msgspec.Struct, frozen=True):
    """One word of a query.

    Attributes:
        typed: as it was written.
        spellings: folded, the one that was typed first; these words match.
        stems: folded; a word that has one of these stems matches.
        whole: no more letters may follow.
    """

    typed: str
    spellings: tuple[str, ...]
    stems: tuple[str, ...]
    whole: bool

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The spellings that longer words may begin with.

        Not the short ones that were guessed from Latin letters: "cat" is no "категория".
        """
        if self.whole:
            return ()
        guessed = (spelling for spelling in self.spellings[1:] if len(spelling) >= _TELLING)
        return (self.spellings[0], *guessed)

    @property
    def expression(self) -> str:
        """This word in the query language of FTS5; holds nothing but quoted words."""
        # The word itself beside the words that begin with it: a whole match counts for more.
        found = [f'"{beginning}"*' for beginning in self.beginnings]
        found += [f'"{spelling}"' for spelling in self.spellings]
        found += [f'"{stem}"' for stem in self.stems]
        found += [f'"{STEM}{stem}"' for stem in (*self.stems, *self.spellings[1:])]
        return f"({' OR '.join(found)})"

    @property
    def pattern(self) -> str:
        """A regular expression that finds this word in text as it was written."""
        found = [_written(beginning) + r"[^\W_]*" for beginning in self.beginnings]
        found += [_written(stem) + rf"[^\W_]{{0,{_ENDING}}}" for stem in self.stems]
        found += [_written(spelling) for spelling in self.spellings]
        return rf"(?<![^\W_])(?:{'|'.join(found)})(?![^\W_])"


class Query(msgspec.Struct, frozen=True):
    """All words of a query; a hit has every one of them."""

    words: tuple[Word, ...]

    @property
    def expression(self) -> str:
        """The query in the query language of FTS5."""
        return " AND ".join(word.expression for word in self.words)

    @property
    def any_word(self) -> str:
        """An expression for rows that have at least one of the words."""
        return " OR ".join(word.expression for word in self.words)

    def describes(self, title: str) -> bool:
        """Whether a title has every word, or words that begin with it."""
        found = [plain(match[0]) for match in words(title)]
        return all(
            any(part in word.spellings or part.startswith(word.beginnings) for part in found)
            for word in self.words
        )

    @property
    def pattern(self) -> str:
        """A regular expression that finds the words in text as it was written."""
        return "|".join(word.pattern for word in self.words)


def parse(text: str, *, typing: bool = False) -> Query:
    """What a person typed; whatever it is, the result is a valid query (perhaps of no words).

    Args:
        text: as typed.
        typing: the last word is not finished, so even its first letter may begin a word.
    """
    found = [match[0] for match in words(text[:MOST_LETTERS])][:MOST_WORDS]
    known = [word for word in map(_word, found) if word is not None]
    telling = [word for word in known if word.spellings[0] not in _STOP_WORDS]
    if typing and known:
        unfinished = msgspec.structs.replace(known[-1], whole=False)
        telling = [word for word in telling if word is not known[-1]] + [unfinished]
    return Query(tuple(telling or known))


def _word(typed: str) -> Word | None:
    folded = plain(typed)
    if not folded or len(folded) > LONGEST:
        return None
    spellings = [folded, *cyrillic(folded)]
    if "дж" in folded:  # how Russian writes the sound of ҷ
        spellings.append(folded.replace("дж", "ч"))
    found = stems(typed, tajik=True).union(
        *(stems(spelling, tajik=True) for spelling in spellings[1:])
    )
    return Word(
        typed=typed,
        spellings=tuple(dict.fromkeys(spellings)),
        stems=tuple(sorted(found)),
        whole=folded.isdecimal() or len(folded) <= _SHORT,
    )


def _written(folded: str) -> str:
    return _SILENT.join(_CLASSES.get(letter) or _either_case(letter) for letter in folded) + _SILENT


def _either_case(letters: str) -> str:
    # Spelt out, because a pattern that ignores case takes ten times as long to compile.
    return f"[{re.escape(letters)}{re.escape(letters.upper())}]"


_CLASSES = {letter: _either_case(letters) for letter, letters in _WRITTEN.items()}
