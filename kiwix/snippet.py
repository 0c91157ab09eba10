# SPDX-License-Identifier: GPL-3.0-or-later
"""Snippets: the stretch of a text that shows why it was found."""

import itertools
import re
import unicodedata

LENGTH = 180  # letters
_BEFORE = 40  # letters in front of the first match
_MOST_MATCHES = 60  # looked at
_SPACE = re.compile(r"\s+")

Segments = tuple[tuple[str, bool], ...]


def snippet(text: str, pattern: re.Pattern[str], length: int = LENGTH) -> Segments:
    """The stretch of ``text`` with most matches, in pieces; its beginning where none matches.

    Returns:
        Pieces of plain text in order, each with whether it matches. Never HTML: whoever shows
        them escapes them.
    """
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    found = itertools.islice(pattern.finditer(text), _MOST_MATCHES)
    matches = [match.span() for match in found if match[0]]
    start, end = _window(text, matches, length)
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in matches:
        if start <= first and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:end], False))
    if start > 0:
        pieces[0] = ("…" + pieces[0][0], False)
    if end < len(text):
        pieces[-1] = (pieces[-1][0] + "…", False)
    return tuple((piece, match) for piece, match in pieces if piece)


def _window(text: str, matches: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Where the stretch begins and ends: where most different words of the query are close."""
    first, last = 0, 0
    most = 0
    for begin, end in matches:
        reach = begin + length - _BEFORE
        near = {text[a:b].casefold() for a, b in matches if begin <= a and b <= reach}
        if len(near) > most:
            first, last, most = begin, end, len(near)
    start = max(0, first - _BEFORE)
    if start > 0:
        start = text.find(" ", start, first) + 1 or start
    stop = min(len(text), start + length)
    if stop < len(text):
        space = text.rfind(" ", start, stop)
        stop = space if space > max(start, last) else stop
    return start, stop
