# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search process is asked and answers: one JSON line each way, then the end."""

import msgspec

from kiwix.snippet import Segments

LONGEST_LINE = 1 << 20  # bytes


class Word(msgspec.Struct, frozen=True):
    """One word to find.

    Attributes:
        typed: as written.
        spellings: other spellings of it, in small letters without marks.
        stems: what its forms have in common, likewise.
    """

    typed: str
    spellings: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()


class Target(msgspec.Struct, frozen=True):
    """An archive to search.

    Attributes:
        id: of the item; the archive is ``<store>/items/<id>/files/<id>.zim``.
        tajik: it may hold Tajik, so try the spellings and forms that libzim does not know.
    """

    id: str
    tajik: bool = False


class SearchRequest(msgspec.Struct, frozen=True, tag="search"):
    """Find entries that have every word.

    Attributes:
        limit: entries of each archive at most.
        deadline: on the clock of ``time.monotonic``, which all processes share; what has not been
            searched by then is left out.
    """

    words: tuple[Word, ...]
    archives: tuple[Target, ...]
    limit: int
    deadline: float


class SuggestRequest(msgspec.Struct, frozen=True, tag="suggest"):
    """Find entries by the beginning of their title; otherwise like ``SearchRequest``."""

    words: tuple[Word, ...]
    archives: tuple[Target, ...]
    limit: int
    deadline: float


class ExcerptRequest(msgspec.Struct, frozen=True, tag="excerpts"):
    """Show what matches in the text of some entries.

    Attributes:
        pattern: a regular expression.
        entries: (id of the archive, path of the entry).
    """

    pattern: str
    entries: tuple[tuple[str, str], ...]
    deadline: float


class CorrectRequest(msgspec.Struct, frozen=True, tag="correct"):
    """Find the word that somebody mistyped; otherwise like ``SearchRequest``."""

    word: Word
    archives: tuple[Target, ...]
    deadline: float


Request = SearchRequest | SuggestRequest | ExcerptRequest | CorrectRequest


class Entry(msgspec.Struct, frozen=True):
    """An entry that was found."""

    path: str
    title: str


class Found(msgspec.Struct, frozen=True):
    """What one archive has, best first; ``estimate`` counts all of it."""

    id: str
    estimate: int
    entries: tuple[Entry, ...]


class FoundReply(msgspec.Struct, frozen=True):
    """The answer to a search or suggestion, in the order of the request.

    Attributes:
        missing: archives for which there was no time.
        refused: archives that cannot be searched, now or later: gone, damaged or set aside.
    """

    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class ExcerptReply(msgspec.Struct, frozen=True):
    """The answer to ``ExcerptRequest``: one excerpt for each entry; empty where there is none."""

    excerpts: tuple[Segments, ...] = ()


class CorrectReply(msgspec.Struct, frozen=True):
    """The answer to ``CorrectRequest``: a word that is one mistake away, or empty."""

    word: str = ""
