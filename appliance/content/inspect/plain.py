# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain text out of whatever a file says about itself."""

import html
import re
import unicodedata
from collections.abc import Iterable

import nh3

from appliance.language import normal_language

TITLE_LIMIT = 300
DESCRIPTION_LIMIT = 4000
_AUTHORS_LIMIT = 20
_LANGUAGES_LIMIT = 20
# Persian and Arabic spelling needs the (non-)joiners; all other invisible characters can deceive.
_KEPT_FORMAT = frozenset("\u200c\u200d")
_DATE = re.compile(r"(\d{4})(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?")
_TAGGED = re.compile(r"<[/!a-zA-Z]|&[#a-zA-Z]")


def plain(text: str, limit: int) -> str:
    """Text for people: no tags, no entities, no control or direction characters, one line.

    Args:
        text: from a file; nothing about it is trusted.
        limit: most characters; what is longer ends with an ellipsis.
    """
    text = text[: limit * 20]
    if _TAGGED.search(text):
        # A tag parts words, so a space comes in its place; nh3 reads HTML just as browsers do.
        text = html.unescape(nh3.clean(text.replace("<", " <"), tags=set()))
    return shortened(visible(text), limit)


def visible(text: str) -> str:
    """One line without characters that cannot be seen, in Unicode's composed form."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():  # most are
        text = "".join(
            " " if char.isspace() else char
            for char in text
            if char in _KEPT_FORMAT or char.isspace() or unicodedata.category(char)[0] != "C"
        )
    return " ".join(text.split())


def shortened(text: str, limit: int) -> str:
    """At most so many characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def authors(names: Iterable[str]) -> tuple[str, ...]:
    """Names as plain text, each once, without the empty ones."""
    cleaned = (plain(name, TITLE_LIMIT) for name in names)
    return tuple(dict.fromkeys(filter(None, cleaned)))[:_AUTHORS_LIMIT]


def languages(codes: Iterable[str]) -> tuple[str, ...]:
    """Normal codes, each once; ``tgk,rus`` in one string counts as two."""
    parts = (part for code in codes for part in re.split(r"[,;]", code[:1000]))
    return tuple(dict.fromkeys(filter(None, map(normal_language, parts))))[:_LANGUAGES_LIMIT]


def date(text: str) -> str:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` from the beginning of ISO 8601, or empty."""
    found = _DATE.match(text.strip())
    return "-".join(filter(None, found.groups())) if found else ""
