# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking the search process; whatever has become of it, the asker goes on."""

import logging
import socket
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kiwix.search_protocol import (
    CorrectReply,
    CorrectRequest,
    ExcerptReply,
    ExcerptRequest,
    FoundReply,
    Request,
    SearchRequest,
    SuggestRequest,
    Target,
    Word,
)
from kiwix.snippet import Segments

logger = logging.getLogger("kiwix.search")

SEARCH_SECONDS = 1.5
SUGGEST_SECONDS = 0.5
CORRECT_SECONDS = 0.4
_ON_THE_WAY = 0.2  # seconds kept for the answer to travel and be read


class SearchClient:
    """The searches inside archives; safe in many threads."""

    def __init__(self, path: Path) -> None:
        """Ask at the socket ``path``, which need not be there."""
        self._path = path

    def search(self, words: Sequence[Word], archives: Sequence[Target], limit: int) -> FoundReply:
        """Entries that have every word; archives that gave no answer in time are ``missing``."""
        if not words or not archives:
            return FoundReply()
        deadline = time.monotonic() + SEARCH_SECONDS
        request = SearchRequest(tuple(words), tuple(archives), limit, deadline - _ON_THE_WAY)
        return self._found(request, deadline)

    def suggest(self, words: Sequence[Word], archives: Sequence[Target], limit: int) -> FoundReply:
        """Entries whose title has every word; the last word may be unfinished."""
        if not words or not archives:
            return FoundReply()
        deadline = time.monotonic() + SUGGEST_SECONDS
        request = SuggestRequest(tuple(words), tuple(archives), limit, deadline - _ON_THE_WAY)
        return self._found(request, deadline)

    def excerpts(self, pattern: str, entries: Sequence[tuple[str, str]]) -> tuple[Segments, ...]:
        """What matches in each of these entries, (archive, path); empty where that is unknown."""
        nothing: tuple[Segments, ...] = ((),) * len(entries)
        if not entries:
            return nothing
        deadline = time.monotonic() + SEARCH_SECONDS
        request = ExcerptRequest(pattern, tuple(entries), deadline - _ON_THE_WAY)
        line = self._ask(request, deadline)
        try:
            excerpts = msgspec.json.decode(line, type=ExcerptReply).excerpts
        except msgspec.MsgspecError:
            return nothing
        return excerpts if len(excerpts) == len(entries) else nothing

    def nearest(self, word: Word, archives: Sequence[Target]) -> str:
        """A word of these archives that is one mistake away, or empty."""
        if not archives:
            return ""
        deadline = time.monotonic() + CORRECT_SECONDS
        request = CorrectRequest(word, tuple(archives), deadline - _ON_THE_WAY)
        try:
            return msgspec.json.decode(self._ask(request, deadline), type=CorrectReply).word
        except msgspec.MsgspecError:
            return ""

    def _found(self, request: SearchRequest | SuggestRequest, deadline: float) -> FoundReply:
        try:
            return msgspec.json.decode(self._ask(request, deadline), type=FoundReply)
        except msgspec.MsgspecError:
            return FoundReply(missing=tuple(target.id for target in request.archives))

    def _ask(self, request: Request, deadline: float) -> bytes:
        """The line that is answered; empty or cut short where something went wrong."""
        answer = bytearray()
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(max(deadline - time.monotonic(), 0.01))
                connection.connect(str(self._path))
                connection.sendall(msgspec.json.encode(request) + b"\n")
                while piece := connection.recv(1 << 16):
                    answer += piece
                    connection.settimeout(max(deadline - time.monotonic(), 0.01))
        except OSError as exc:
            logger.warning("no search inside archives: %s", exc)
        return bytes(answer)
