# SPDX-License-Identifier: GPL-3.0-or-later
"""A page as a tree of harmless elements; ``page.json`` of an item of the kind page holds it.

Whatever decodes to this can be shown: there is no tag, no attribute and no address outside of what
is named here.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Union

import msgspec

from appliance.errors import RefusalError

FILE_NAME = "page.json"
MOST_BYTES = 16_000_000

Tag = Literal[
    "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s",
    "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "img", "audio",
]  # fmt: skip
FileName = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^([^/\\\x00-\x1f]+)?$")]

_DOTS = re.compile(r"\.+")


class Element(msgspec.Struct, frozen=True, omit_defaults=True):
    """An element with what is in it.

    Attributes:
        file: of ``img`` and ``audio``: name of the file in ``files/`` of the item.
        text: of those: what it shows or says, for those who cannot see or hear it.
        start: of ``ol``: its first number.
    """

    tag: Tag
    inside: "tuple[Node, ...]" = ()
    file: FileName = ""
    text: str = ""
    start: Annotated[int, msgspec.Meta(ge=0, le=999_999_999)] = 1


Node = Union[str, Element]  # noqa: UP007 - msgspec resolves the name while Element is being made
Page = tuple[Node, ...]


def read_page(content: bytes) -> Page:
    """The page that a file holds.

    Raises:
        RefusalError: damaged.
    """
    try:
        return msgspec.json.decode(content, type=Page)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise RefusalError("damaged") from exc


def words(page: Page) -> str:
    """What a page says, blocks apart."""
    return "".join(_words(page)).strip()


def _words(nodes: Page) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield "" if node.tag in ("em", "strong", "s", "code") else "\n"
            yield node.text
            yield from _words(node.inside)


def is_file_name(name: str) -> bool:
    """Whether a picture may be called so."""
    return bool(name) and not _DOTS.fullmatch(name)
