# SPDX-License-Identifier: GPL-3.0-or-later
"""Text, title and language of an HTML or XHTML page."""

import codecs
import re
from html.parser import HTMLParser

from appliance.content.inspect.plain import DESCRIPTION_LIMIT, TITLE_LIMIT, plain

_UNSEEN = frozenset({"script", "style", "template", "title", "noscript"})
_INLINE = re.compile(
    r"a|abbr|acronym|b|bd[io]|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|r[pt]|ruby|s|samp|small"
    r"|span|strike|strong|su[bp]|tt|u|var|wbr"
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}encoding=|<meta[^>]{0,200}charset=)\s*["']?([\w.:-]{1,40})""", re.I
)
_DECLARED_WITHIN = 2048
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Page(HTMLParser):
    """A page that was read.

    Attributes:
        title: of the document, else its first heading; plain text.
        language: as its root element says, as written.
        description: from its ``meta`` elements; plain text.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.description = ""
        self.author = ""
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._title: list[str] = []
        self._heading: list[str] = []
        self._in_heading = ""
        self._titled = False
        self.feed(text)
        self.close()

    @property
    def text(self) -> str:
        """What a reader sees, blocks apart."""
        return "".join(self._words)

    @property
    def title(self) -> str:
        """The title, or the first heading."""
        return plain("".join(self._title), TITLE_LIMIT) or self.heading

    @property
    def heading(self) -> str:
        """The first heading."""
        return plain("".join(self._heading), TITLE_LIMIT)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look for the language and the metadata; note what is not to be seen."""
        values = {name: value or "" for name, value in attrs}
        if tag in ("html", "body"):
            self.language = self.language or values.get("lang") or values.get("xml:lang", "")
        elif tag == "meta":
            self._meta(values.get("name", "").lower(), values.get("content", ""))
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _HEADINGS and not self._heading:
            self._in_heading = tag
        if not _INLINE.fullmatch(tag):
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        self._titled = self._titled or (tag == "title" and bool(self._title))
        if tag == self._in_heading:
            self._in_heading = ""
        if not _INLINE.fullmatch(tag):
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        """Put words where they belong."""
        if self._unseen == ["title"] and not self._titled:
            self._title.append(data)
        if self._unseen:
            return
        self._words.append(data)
        if self._in_heading:
            self._heading.append(data)

    def _meta(self, name: str, content: str) -> None:
        if name == "description":
            self.description = self.description or plain(content, DESCRIPTION_LIMIT)
        elif name == "author":
            self.author = self.author or plain(content, TITLE_LIMIT)
        elif name in ("language", "dc.language"):
            self.language = self.language or content


def decode_page(data: bytes) -> str:
    """The characters of a page: by its mark, its own word, UTF-8, or Windows' Cyrillic."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    names = [declared[1].decode("ascii")] if declared else []
    for encoding in (*names, "utf-8"):
        try:
            if codecs.lookup(encoding)._is_text_encoding:
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1251", "replace")
