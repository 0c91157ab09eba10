# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching one archive; must run in a process that may die of a bad one."""

import itertools
import re
import time
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path

from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

from kiwix.search_protocol import Entry, Word
from kiwix.snippet import Segments, snippet
from kiwix.spelling import forms, mistyped, tajik_spellings

_MOST_PROBES = 128  # spellings of one word that are looked up
_MOST_SPELLINGS = 6  # of one word that take part in queries, the commonest
_MOST_QUERIES = 16  # to one archive for one search
_MOST_COUNTS = 5_000  # words whose number of entries is remembered
_MOST_TEXT = 100_000  # characters of an entry that are looked at for an excerpt

# The first heading is the title, which stands above each excerpt; a footer is the same everywhere.
_LEFT_OUT = ("script", "style", "head", "nav", "template", "h1", "footer")
_CLOSING = {
    "<!--": re.compile("-->"),
    **{f"<{name}": re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _LEFT_OUT},
}
_INVISIBLE = re.compile(rf"<!--|<(?:{'|'.join(_LEFT_OUT)})\b", re.IGNORECASE)
_INSIDE_WORDS = (
    r"(?:abbr|a|bdi|b|cite|code|em|font|i|mark|q|small|span|strong|sub|sup|s|u|wbr)\b[^<>]*>"
)
_BETWEEN_LINKS = re.compile(rf"(?<=>)<{_INSIDE_WORDS}", re.IGNORECASE)
_WITHIN_WORD = re.compile(rf"</?{_INSIDE_WORDS}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


class OpenArchive:
    """A ZIM that is open, with what was learnt about its words."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            RuntimeError: libzim cannot read it.
        """
        self._archive = Archive(path)
        self._searcher = Searcher(self._archive) if self._archive.has_fulltext_index else None
        self._suggester = SuggestionSearcher(self._archive)
        self._counts: dict[str, int] = {}

    def search(self, words: Sequence[Word], *, tajik: bool, limit: int) -> tuple[int, list[Entry]]:
        """How many entries have every word, by estimate, and the best of them."""
        searcher = self._searcher
        if searcher is None:
            return self.suggest(words, tajik=tajik, limit=limit)
        choices = [self._spellings(searcher, word, tajik=tajik) for word in words]
        estimate, ranked = 0, []
        for query in itertools.islice(itertools.product(*choices), _MOST_QUERIES):
            search = searcher.search(Query().set_query(" ".join(query)))
            matches = search.getEstimatedMatches()
            if matches:
                estimate += matches
                ranked.append(list(search.getResults(0, limit)))
        paths = _interleaved(ranked, limit)
        return (estimate if len(paths) >= limit else len(paths)), self._entries(paths)

    def suggest(self, words: Sequence[Word], *, tajik: bool, limit: int) -> tuple[int, list[Entry]]:
        """Entries whose title has every word, of which the last may be unfinished."""
        choices = [
            tuple(itertools.islice(_spelled(word, tajik), _MOST_SPELLINGS)) for word in words
        ]
        ranked = []
        for query in itertools.islice(itertools.product(*choices), _MOST_QUERIES):
            found = self._suggester.suggest(" ".join(query)).getResults(0, limit)
            ranked.append(list(found))
        paths = _interleaved(ranked, limit)
        return len(paths), self._entries(paths)

    def nearest(self, word: Word, *, tajik: bool, deadline: float) -> tuple[int, str]:
        """The commonest word one mistake away, after how many entries have it; or (0, "").

        Args:
            word: as for a search.
            tajik: as for a search.
            deadline: on the clock of ``time.monotonic``; there are hundreds of words to look up.
        """
        best = (0, "")
        if self._searcher is None:
            return best
        # What was typed in Latin letters is meant in Cyrillic where the archive is Tajik.
        spelling = word.spellings[1:2] or word.spellings[:1] if tajik else word.spellings[:1]
        for near in itertools.chain.from_iterable(map(mistyped, spelling)):
            if time.monotonic() >= deadline:
                return best
            for candidate in itertools.islice(tajik_spellings(near), 4) if tajik else (near,):
                count = self._estimate(self._searcher, candidate)
                if count > best[0]:  # the first of several: likeliest slips come first
                    best = (count, candidate)
        return best

    def excerpt(self, path: str, pattern: re.Pattern[str]) -> Segments:
        """What matches in the text of an entry; empty where it has no text.

        Raises:
            KeyError: there is no such entry.
        """
        item = self._archive.get_entry_by_path(path).get_item()
        if not item.mimetype.startswith("text/"):
            return ()
        source = bytes(item.content).decode("utf-8", "replace")[:_MOST_TEXT]
        return snippet(visible_text(source), pattern)

    def _entries(self, paths: Iterable[str]) -> list[Entry]:
        return [Entry(path, self._archive.get_entry_by_path(path).title) for path in paths]

    def _spellings(self, searcher: Searcher, word: Word, *, tajik: bool) -> list[str]:
        """The spellings of a word that the archive has, the commonest first."""
        candidates = _spelled(word, tajik)
        if tajik:
            candidates = itertools.chain(candidates, _inflected(word))
        found = dict.fromkeys(itertools.islice(candidates, _MOST_PROBES))
        known = [(self._count(searcher, spelling), spelling) for spelling in found]
        common = sorted((pair for pair in known if pair[0]), reverse=True)
        return [spelling for _, spelling in common[:_MOST_SPELLINGS]]

    def _count(self, searcher: Searcher, word: str) -> int:
        """How many entries have a word, by estimate."""
        if word not in self._counts:
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            self._counts[word] = self._estimate(searcher, word)
        return self._counts[word]

    @staticmethod
    def _estimate(searcher: Searcher, words: str) -> int:
        return int(searcher.search(Query().set_query(words)).getEstimatedMatches())


def visible_text(html: str) -> str:
    """The text of a page, about as a reader sees it; in time that only grows with its length."""
    pieces, at = [], 0
    for opening in _INVISIBLE.finditer(html):
        if opening.start() >= at:
            pieces.append(html[at : opening.start()])
            closing = _CLOSING[opening[0].lower()].search(html, opening.end())
            at = closing.end() if closing else len(html)
    whole = _BETWEEN_LINKS.sub(" ", " ".join([*pieces, html[at:]]))
    return unescape(_TAG.sub(" ", _WITHIN_WORD.sub("", whole)))


def _spelled(word: Word, tajik: bool) -> Iterable[str]:
    yield word.typed
    for spelling in (word.typed.lower(), *word.spellings):
        if tajik:
            yield from itertools.islice(tajik_spellings(spelling), _MOST_QUERIES)
        else:
            yield spelling


def _inflected(word: Word) -> Iterable[str]:
    """Forms of a word in all its spellings, those with the commonest endings first."""
    stems = dict.fromkeys((*word.stems, *word.spellings))
    spelled = [
        spelling for stem in stems for spelling in itertools.islice(tajik_spellings(stem), 4)
    ]
    rows = itertools.zip_longest(*map(forms, spelled))
    return (form for row in rows for form in row if form is not None)


def _interleaved(ranked: Sequence[Sequence[str]], limit: int) -> list[str]:
    """The best of each, then the second of each, and so on; each path once."""
    rows = itertools.zip_longest(*ranked)
    paths = dict.fromkeys(path for row in rows for path in row if path is not None)
    return list(itertools.islice(paths, limit))
