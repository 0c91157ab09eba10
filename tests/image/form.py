# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of a page, as a browser without script would send them."""

from html.parser import HTMLParser

import msgspec


class Form(msgspec.Struct):
    """A form.

    Attributes:
        action: where it goes; empty is the page itself.
        fields: what it would send untouched.
    """

    action: str
    fields: dict[str, str]


def forms(page: str) -> list[Form]:
    """All forms of a page in their order."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.found.append(Form(given.get("action", ""), {}))
        if not self._inside:
            return
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name:
            if kind not in {"checkbox", "radio"} or "checked" in given:
                self.found[-1].fields[name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.found[-1].fields):
            self.found[-1].fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
