# SPDX-License-Identifier: GPL-3.0-or-later
"""Markdown made into the tree of a page.

CommonMark with tables and strikethrough (https://spec.commonmark.org; GitHub's tables). HTML in it
stays the letters that it is.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from appliance.content.embedded import SOUNDS, stored_name
from appliance.content.page import Element, Node, Page, Tag

_TAGS: Mapping[str, Tag] = {
    "paragraph": "p",
    "hardbreak": "br",
    "hr": "hr",
    "blockquote": "blockquote",
    "em": "em",
    "strong": "strong",
    "s": "s",
    "bullet_list": "ul",
    "list_item": "li",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}
_DEEPEST_HEADING = 6


class Markdown:
    """A page that was parsed.

    Attributes:
        title: its first heading of the first level, in words; it is not in the tree.
        page: the rest.
        lost: paths of pictures and sounds that it shows and that are not there.
    """

    def __init__(self, text: str, files: Iterable[str]) -> None:
        """Parse it; ``files`` are the names of the pictures and sounds that came with it."""
        parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
        self._files = {name.casefold(): name for name in files}
        self._special: Mapping[str, Callable[[SyntaxTreeNode], Page]] = {
            "text": lambda node: (node.content,),
            "softbreak": lambda node: ("\n",),
            "code_inline": lambda node: (Element("code", (node.content,)),),
            "fence": _code,
            "code_block": _code,
            "heading": self._heading,
            "image": self._image,
            "link": self._link,
            "ordered_list": self._list,
        }
        self.title = ""
        self.lost: list[str] = []
        self.page: Page = self._all(SyntaxTreeNode(parser.parse(text)).children)

    def _all(self, nodes: Iterable[SyntaxTreeNode]) -> Page:
        made: list[Node] = []
        for node in nodes:
            for part in self._made(node):
                if isinstance(part, str) and made and isinstance(made[-1], str):
                    made[-1] += part
                else:
                    made.append(part)
        return tuple(made)

    def _made(self, node: SyntaxTreeNode) -> Page:
        if node.type in _TAGS and not node.hidden:
            return (Element(_TAGS[node.type], self._all(node.children)),)
        special = self._special.get(node.type)
        return special(node) if special else self._all(node.children)

    def _list(self, node: SyntaxTreeNode) -> Page:
        start = int(node.attrs.get("start", 1))
        return (Element("ol", self._all(node.children), start=start),)

    def _heading(self, node: SyntaxTreeNode) -> Page:
        level = int(node.tag[1])
        inside = self._all(node.children)
        if level == 1 and not self.title:
            self.title = " ".join("".join(_letters(inside)).split())
            if self.title:
                return ()
        tag = cast(Tag, f"h{min(_DEEPEST_HEADING, max(2, level))}")
        return (Element(tag, inside),)

    def _image(self, node: SyntaxTreeNode) -> Page:
        reference = str(node.attrs.get("src", ""))
        text = node.content
        name = self._files.get(stored_name(reference).casefold())
        if name is None:
            self.lost.append(reference)
            return (Element("em", (text,)),) if text else ()
        is_sound = any(name.lower().endswith(suffix) for suffix in SOUNDS)
        return (Element("audio" if is_sound else "img", file=name, text=text),)

    def _link(self, node: SyntaxTreeNode) -> Page:
        """What is linked to is somewhere else: its words stay, and an address to write down."""
        address = str(node.attrs.get("href", ""))
        inside = self._all(node.children)
        if address.startswith(("http://", "https://")) and "".join(_letters(inside)) != address:
            return (*inside, f" ({address})")
        return inside


def _code(node: SyntaxTreeNode) -> Page:
    return (Element("pre", (node.content,)),)


def _letters(page: Page) -> Iterable[str]:
    for node in page:
        if isinstance(node, str):
            yield node
        else:
            yield from _letters(node.inside)
