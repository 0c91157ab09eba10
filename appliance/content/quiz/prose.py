# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of a question: plain text with line breaks, out of HTML or whatever else."""

import re
import unicodedata
from html.parser import HTMLParser

from appliance.content.inspect.plain import shortened, visible

_LONGEST_SOURCE = 200_000
_UNSEEN = frozenset({"script", "style", "template", "title", "noscript", "head"})
_BREAKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "pre", "blockquote", "hr", "section"}
    | {f"h{level}" for level in range(1, 7)}
)
_RAISED = {"sup": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")}
_RAISED["sub"] = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_HTML = re.compile(r"<[/!a-zA-Z]|&(?:[a-zA-Z]{2,10}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_GAP = re.compile(r"\[\[(\d+)\]\]")


class Prose(HTMLParser):
    """HTML as it is read aloud: text in lines, with the pictures that stand in it.

    Attributes:
        pictures: addresses of its pictures, as written, in order.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures: list[str] = []
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._raised: list[str] = []
        self.feed(html[:_LONGEST_SOURCE])
        self.close()

    @property
    def text(self) -> str:
        """What a reader sees, with line breaks where blocks end."""
        return "".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line, note a picture."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BREAKS:
            self._words.append("\n• " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self._words.append(" ")
        elif tag in _RAISED:
            self._raised.append(tag)
        elif tag == "img":
            values = {name: value or "" for name, value in attrs}
            self.pictures.append(values.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        """Break the line."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in self._raised:
            self._raised.remove(tag)
        elif tag in _BREAKS:
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; what stands high or low as such characters, where there are any."""
        if self._unseen:
            return
        inline = re.sub(r"\s+", " ", data)
        if self._raised:
            raised = inline.translate(_RAISED[self._raised[-1]])
            inline = raised if not re.search(r"[0-9]", raised) else inline
        self._words.append(inline)


def words_of(text: str, *, html: bool | None = None) -> str:
    """Text as it was meant: without tags and entities if it is HTML, its lines as they are.

    Args:
        text: from a file; nothing about it is trusted.
        html: whether it is; None: if it looks like it.
    """
    if html or (html is None and _HTML.search(text)):
        return Prose(text).text
    return text


def lines(text: str, limit: int) -> str:
    """Several lines without what cannot be seen, without empty ones; at most so many characters.

    What looks like the mark of a gap, ``[[1]]``, is one only where a reader puts it afterwards.
    """
    shown = (visible(line) for line in text[: limit * 4].splitlines())
    joined = "\n".join(filter(None, shown))
    return _GAP.sub(r"[\1]", shortened(unicodedata.normalize("NFC", joined), limit))


def line(text: str, limit: int) -> str:
    """The same in one line."""
    return lines(" ".join(text[: limit * 4].split()), limit)
